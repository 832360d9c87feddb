"""Writing down aims, changing them, retiring them."""

from django.db import transaction
from django.utils import timezone

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.strategy.models import KINDS, Aimed
from tesselle.workspaces.models import User


def kind_of(aimed: Aimed) -> str:
    return next(kind for kind, model in KINDS.items() if isinstance(aimed, model))


@transaction.atomic
def keep(aimed: Aimed, *, by: User) -> None:
    """New or changed."""
    verb = "changed" if aimed.pk else "added"
    if not aimed.pk:
        aimed.created_at = aimed.workspace.now()
    aimed.save()
    _tell(verb, aimed, by)


@transaction.atomic
def retire(aimed: Aimed, *, by: User) -> None:
    """Offered no more; posts that have it keep it."""
    aimed.retired_at = timezone.now()
    aimed.save(update_fields=["retired_at"])
    _tell("retired", aimed, by)


@transaction.atomic
def bring_back(aimed: Aimed, *, by: User) -> None:
    """The undo of retiring.

    Raises:
        RuleError: another has taken its name meanwhile.
    """
    field = "sentence" if kind_of(aimed) == "objective" else "name"
    same = {field: str(aimed), "workspace_id": aimed.workspace_id, "retired_at": None}
    if type(aimed)._default_manager.filter(**same).exists():
        raise RuleError(_NAME_TAKEN)
    aimed.retired_at = None
    aimed.save(update_fields=["retired_at"])
    _tell("restored", aimed, by)


def _tell(verb: str, aimed: Aimed, by: User) -> None:
    record(
        f"{kind_of(aimed)}.{verb}",
        workspace_id=aimed.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind=kind_of(aimed),
        subject_id=aimed.pk,
        name=str(aimed),
    )


_NAME_TAKEN = N_("Another has this name meanwhile. Rename that one first, then try again.")
