"""Choosing a world before anything happened in it, and committing a conclusion about it."""

import secrets

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.ledger.models import Delivery
from tesselle.sandbox.lessons import LESSONS, SURPRISE
from tesselle.sandbox.models import Conclusion, SeededWorld
from tesselle.sandbox.worlds import look
from tesselle.workspaces.models import User, Workspace

LONGEST = 2000


def world_called(choice: str) -> str:
    """The world of that name; one by chance for a surprise.

    Raises:
        RuleError: there is none.
    """
    if choice == SURPRISE:
        return secrets.choice(sorted(LESSONS))
    if choice not in LESSONS:
        raise RuleError(N_("There is no such world. Choose one of the list."))
    return choice


def is_untouched(workspace: Workspace) -> bool:
    """Whether nothing was published and nobody has concluded: the world may still be another."""
    return not (
        Delivery.objects.filter(workspace=workspace, accepted_at__isnull=False).exists()
        or Conclusion.objects.filter(workspace=workspace).exists()
        or hasattr(workspace, "scenario_run")
    )


@transaction.atomic
def choose_world(*, workspace: Workspace, choice: str, by: User) -> None:
    """Raises RuleError when something was published in it already, or there is no such world."""
    world = world_called(choice)
    look(workspace.pk)
    seeded = SeededWorld.objects.select_for_update().get(workspace=workspace)
    if not is_untouched(workspace):
        raise RuleError(
            N_("Something has happened in this world already, so it stays as it is. Begin anew for another.")
        )
    seeded.world = world
    seeded.save(update_fields=["world"])
    _tell("practice.world_chosen", workspace, by)


@transaction.atomic
def conclude(*, workspace: Workspace, guess: str, words: str, by: User) -> Conclusion:
    """Once for each person; the first one stands.

    Raises:
        RuleError: no words, or no such world.
    """
    words = words.strip()
    if guess not in LESSONS:
        raise RuleError(N_("There is no such world. Choose one of the list."))
    if not words:
        raise RuleError(N_("Say what tells you so: a conclusion without its reasons teaches nothing."))
    made, is_new = Conclusion.objects.get_or_create(
        workspace=workspace,
        person=by,
        defaults={"guess": guess, "words": words[:LONGEST], "at": workspace.now()},
    )
    if is_new:
        _tell("practice.concluded", workspace, by)
    return made


def _tell(verb: str, workspace: Workspace, by: User) -> None:
    """Never which world: the journal is read by who still looks for it."""
    record(
        verb,
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
    )
