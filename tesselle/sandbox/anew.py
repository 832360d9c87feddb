"""A new world in place of one: its clock never runs back, so beginning anew is another workspace."""

from django.db import transaction

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock.services import stop
from tesselle.sandbox.discovering.services import choose_world
from tesselle.workspaces.models import Member, User, Workspace
from tesselle.workspaces.services import create_workspace, delete_workspace


@transaction.atomic
def begin_anew(*, workspace: Workspace, by: User, world: str = "ordinary") -> Workspace:
    """Another practice workspace with the same name, people and networks, at today's date and with another
    public; the old one is deleted, and can be brought back as any deleted workspace.

    `world`: which one to begin, or a surprise.

    Raises:
        RuleError: not a practice workspace, or no such world.
    """
    if not workspace.is_practice:
        raise RuleError(N_("Only a practice workspace can begin anew."))
    fresh = create_workspace(
        name=workspace.name,
        zone=workspace.zone,
        language=workspace.language,
        currency=workspace.currency,
        world_kind=Workspace.WorldKind.PRACTICE,
        by=by,
    )
    choose_world(workspace=fresh, choice=world, by=by)
    others = workspace.members.exclude(user=by)
    Member.objects.bulk_create(Member(workspace=fresh, user=one.user, role=one.role) for one in others)
    for network in _networks(workspace):
        connect_simulated(workspace=fresh, network=network, by=by)
    stop(workspace=workspace, by=by)
    delete_workspace(workspace, by=by)
    record(
        "practice.begun_anew",
        workspace_id=fresh.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=fresh.pk,
        name=workspace.name,
    )
    return fresh


def _networks(workspace: Workspace) -> list[str]:
    """One account each, in the order they were first connected."""
    found = Channel.objects.filter(workspace=workspace, removed_at=None).order_by("pk")
    return list(dict.fromkeys(found.values_list("network", flat=True)))
