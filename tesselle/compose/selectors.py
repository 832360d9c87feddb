"""Reading posts, always within a workspace."""

from django.db.models import QuerySet

from tesselle.compose.models import Post
from tesselle.workspaces.models import Workspace


def drafts(workspace: Workspace) -> QuerySet[Post]:
    """Posts that nothing was planned of, the newest first."""
    return (
        Post.objects.filter(workspace=workspace, deleted_at=None, deliveries__isnull=True)
        .select_related("current__author")
        .prefetch_related("current__variants__channel")
        .order_by("-created_at", "-id")
    )
