"""Reading posts, always within a workspace."""

from django.db.models import QuerySet

from tesselle.compose.models import Post, Variant
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery
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
    last = _last_post.rows({SOME_ID: member.workspace_id, ANOTHER_ID: member.user_id})
    rows = _its_channels.rows({SOME_ID: last[0][0]}) if last and last[0][0] else []
    return tuple(channel for (channel,) in rows)


_last_post = KeptQuery(
    lambda: (
        Post.objects.filter(workspace=SOME_ID, created_by=ANOTHER_ID, deleted_at=None)
        .order_by("-id")
        .values_list("current_id")[:1]
    ),
    is_planned_once=True,
)
_its_channels = KeptQuery(
    lambda: (
        Variant.objects.filter(revision_id=SOME_ID, channel__removed_at=None)
        .order_by("id")
        .values_list("channel_id")
    ),
    is_planned_once=True,
)
