"""Which rows are a workspace's: every table of ours whose foreign keys lead to it."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from tesselle.journal.models import Entry
from tesselle.ledger.models import Delivery
from tesselle.workspaces.models import User, Workspace


def rows_of(workspace: Workspace) -> Iterator[QuerySet[Model]]:
    """One query per table, people first; the journal last.

    What is somebody's own (a path, an unsaved copy, a notice) stays behind with whoever left.
    """
    people = User.objects.filter(memberships__workspace=workspace)
    yield people.order_by("pk")
    yield Workspace.objects.filter(pk=workspace.pk)
    for model in owned_models():
        wanted = Q(**{path_to(model, Workspace): workspace.pk})
        if person := path_to(model, User):
            wanted &= Q(**{f"{person}__in": people.values("pk")})
        yield model._default_manager.filter(wanted).order_by("pk")
    deliveries = Delivery.objects.filter(workspace=workspace).values("pk")
    of_deliveries = Q(subject_kind="delivery", subject_id__in=deliveries)
    yield Entry.objects.filter(Q(workspace_id=workspace.pk) | of_deliveries).order_by("pk")


def owned_models() -> list[type[Model]]:
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("tesselle.") and model is not Workspace and path_to(model, Workspace)
    ]


def path_to(model: type[Model], goal: type[Model], seen: tuple[type[Model], ...] = ()) -> str:
    """A query path over obligatory foreign keys, such as `series__channel__workspace`; "" without one."""
    if model is goal:
        return ""
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is None or field.null or isinstance(target, str) or target in (*seen, model):
            continue
        if target is goal:
            return field.name
        if further := path_to(target, goal, (*seen, model)):
            return f"{field.name}__{further}"
    return ""
