"""Keeping own events, and whose holidays are shown."""

from django.db import transaction

from tesselle.journal.services import record
from tesselle.plan.models import Event, FestivePlace
from tesselle.workspaces.models import User, Workspace


@transaction.atomic
def choose_place(workspace: Workspace, country: str, region: str, *, by: User) -> None:
    """Both empty: no holidays are shown."""
    FestivePlace.objects.update_or_create(
        workspace=workspace, defaults={"country": country, "region": region}
    )
    place = "-".join(part for part in (country, region) if part) or "-"
    _tell("holidays.chosen", workspace.pk, by, place=place)


@transaction.atomic
def add_event(event: Event, *, by: User) -> None:
    event.save()
    _tell("event.added", event.workspace_id, by, name=event.name)


@transaction.atomic
def remove_event(event: Event, *, by: User) -> None:
    event.delete()
    _tell("event.removed", event.workspace_id, by, name=event.name)


def _tell(verb: str, workspace_id: int, by: User, **params: str) -> None:
    record(
        verb,
        workspace_id=workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace_id,
        **params,
    )
