"""Reading posts, always within a workspace."""

from django.db.models import QuerySet

from tesselle.compose.models import Post, Variant
from tesselle.workspaces.models import Member, Workspace


def drafts(workspace: Workspace) -> QuerySet[Post]:
    """Posts that nothing was planned of, the newest first."""
    return (
        Post.objects.filter(workspace=workspace, planned=False, deleted_at=None)
        .select_related("current__author")
        .prefetch_related("current__variants__channel")
        .order_by("-created_at", "-id")
    )


def usual_channels(member: Member) -> tuple[int, ...]:
    """Where this person's last post goes: most weeks are written for the same channels."""
    last = (
        Post.objects.filter(workspace=member.workspace, created_by=member.user, deleted_at=None)
        .order_by("-id")
        .values_list("current_id", flat=True)
        .first()
    )
    rows = (
        Variant.objects.filter(revision_id=last, channel__removed_at=None) if last else Variant.objects.none()
    )
    return tuple(rows.order_by("id").values_list("channel_id", flat=True))
