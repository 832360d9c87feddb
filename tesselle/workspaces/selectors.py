"""What this person belongs to."""

from tesselle.workspaces.models import Member, User


def memberships(user: User) -> list[Member]:
    """By name of the workspace."""
    return list(
        Member.objects.filter(user=user).select_related("workspace").order_by("workspace__name", "id")
    )
