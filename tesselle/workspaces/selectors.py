"""What this person belongs to, and who belongs to a workspace."""

from django.db.models import QuerySet
from django.utils import timezone

from tesselle.workspaces.models import Invitation, Member, Role, User, Workspace


def open_memberships(user: User) -> QuerySet[Member]:
    """Of workspaces that nobody has deleted."""
    return Member.objects.filter(user=user, workspace__deleted_at=None).select_related("workspace")


def memberships(user: User) -> list[Member]:
    """By name of the workspace."""
    return list(open_memberships(user).order_by("workspace__name", "id"))


def current_membership(user: User, chosen: int | None) -> Member | None:
    """The membership of the workspace chosen last, else of the first one joined."""
    if user.joined is not None:
        known = {member.workspace_id: member for member in reversed(user.joined)}
        return known.get(chosen or 0) or (user.joined[0] if user.joined else None)
    mine = open_memberships(user)
    member = mine.filter(workspace_id=chosen).first() if chosen else None
    return member or mine.order_by("joined_at", "id").first()


def deleted_of(user: User) -> list[Workspace]:
    """What this person owned and may still bring back."""
    return list(
        Workspace.objects.filter(
            members__user=user, members__role=Role.OWNER, deleted_at__isnull=False
        ).order_by("name", "id")
    )


def members_of(workspace: Workspace) -> list[Member]:
    """The owners first, then by name."""
    found = Member.objects.filter(workspace=workspace).select_related("user")
    order = {role: place for place, role in enumerate(Role.values)}
    return sorted(found, key=lambda member: (order[member.role], str(member.user).casefold(), member.pk))


def open_invitations(workspace: Workspace) -> list[Invitation]:
    """Newest first; an expired one is listed until it is revoked or replaced."""
    return list(
        Invitation.objects.filter(workspace=workspace, accepted_at=None, revoked_at=None)
        .select_related("invited_by")
        .order_by("-id")
    )


def invitations_for(addresses: list[str]) -> list[Invitation]:
    """What may still be accepted by whoever owns one of these addresses."""
    return list(
        Invitation.objects.filter(
            email__in=[address.lower() for address in addresses],
            accepted_at=None,
            revoked_at=None,
            expires_at__gt=timezone.now(),
            workspace__deleted_at=None,
        )
        .select_related("workspace", "invited_by")
        .order_by("-id")
    )
