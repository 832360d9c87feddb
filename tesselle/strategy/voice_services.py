"""Writing down readers, rhythm and line."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from tesselle.journal.services import record
from tesselle.strategy.models import Cadence, EditorialLine, Persona
from tesselle.workspaces.models import User, Workspace


@transaction.atomic
def keep_persona(persona: Persona, *, by: User) -> None:
    verb = "persona.changed" if persona.pk else "persona.added"
    persona.save()
    _tell(verb, persona.workspace, by, persona)


@transaction.atomic
def retire_persona(persona: Persona, *, by: User, back: bool = False) -> None:
    """Put away, or with `back` brought again."""
    persona.retired_at = None if back else timezone.now()
    persona.save(update_fields=["retired_at"])
    _tell("persona.restored" if back else "persona.retired", persona.workspace, by, persona)


@transaction.atomic
def keep_line(line: EditorialLine, *, by: User) -> None:
    line.changed_at = timezone.now()
    line.save()
    _tell("line.changed", line.workspace, by)


@transaction.atomic
def keep_cadences(workspace: Workspace, wanted: Mapping[int, tuple[int, str] | None], *, by: User) -> None:
    """By channel; None takes it away."""
    for channel_id, rhythm in wanted.items():
        if rhythm is None:
            Cadence.objects.filter(channel_id=channel_id).delete()
        else:
            Cadence.objects.update_or_create(
                channel_id=channel_id, defaults={"times": rhythm[0], "per": rhythm[1]}
            )
    _tell("cadence.changed", workspace, by)


def _tell(verb: str, workspace: Workspace, by: User, persona: Persona | None = None) -> None:
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="persona" if persona else "workspace",
        subject_id=persona.pk if persona else workspace.pk,
        name=str(persona or workspace),
    )
