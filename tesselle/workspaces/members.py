"""Who belongs to a workspace, and as what. A workspace always keeps an owner."""

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.workspaces.models import Member, Role, User, Workspace
from tesselle.workspaces.telling import tell


@transaction.atomic
def change_role(member: Member, *, role: str, by: User) -> None:
    """Raises RuleError: the last owner would be gone."""
    _keep_an_owner(member, leaving=role != Role.OWNER)
    before = member.role
    if before == role:
        return
    Member.objects.filter(pk=member.pk).update(role=role)
    member.role = role
    tell("member.role_changed", member.workspace, by, person=str(member.user), role=role, before=before)


@transaction.atomic
def remove(member: Member, *, by: User) -> None:
    """Raises RuleError: the last owner would be gone."""
    _keep_an_owner(member, leaving=True)
    Member.objects.filter(pk=member.pk).delete()
    verb = "member.left" if by.pk == member.user_id else "member.removed"
    tell(verb, member.workspace, by, person=str(member.user), role=member.role)


def _keep_an_owner(member: Member, *, leaving: bool) -> None:
    # Two owners who demote each other at the same time: the workspace's row decides who is first.
    Workspace.objects.select_for_update().get(pk=member.workspace_id)
    member.refresh_from_db(fields=["role"])
    others = Member.objects.filter(workspace=member.workspace_id, role=Role.OWNER).exclude(pk=member.pk)
    if leaving and member.role == Role.OWNER and not others.exists():
        raise RuleError(Message(_LAST_OWNER, {"person": str(member.user)}))


_LAST_OWNER = N_(
    "%(person)s is the only owner, and a workspace needs one. Make somebody else an owner first, or delete "
    "the workspace."
)
