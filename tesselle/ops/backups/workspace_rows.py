"""Which rows are a workspace's: every table of ours whose foreign keys lead to it."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import User, Workspace


def rows_of(workspace: Workspace) -> Iterator[QuerySet[Model]]:
    """One query per table, people first; the journal last."""
    yield User.objects.filter(memberships__workspace=workspace).order_by("pk")
    yield Workspace.objects.filter(pk=workspace.pk)
    for model in owned_models():
        yield model._default_manager.filter(**{path_to_workspace(model): workspace.pk}).order_by("pk")
    deliveries = Delivery.objects.filter(workspace=workspace).values("pk")
    of_deliveries = Q(subject_kind="delivery", subject_id__in=deliveries)
    yield Entry.objects.filter(Q(workspace_id=workspace.pk) | of_deliveries).order_by("pk")


def owned_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("tesselle.") and model is not Workspace and path_to_workspace(model)
    ]


def path_to_workspace(model: type[Model], seen: tuple[type[Model], ...] = ()) -> str:
    """A query path over obligatory foreign keys, such as `series__channel__workspace`; "" without one."""
    if model is Workspace:
        return ""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is None or field.null or isinstance(target, str) or target in (*seen, model):
            continue
        if target is Workspace:
            return field.name
        if further := path_to_workspace(target, (*seen, model)):
            return f"{field.name}__{further}"
    return ""
