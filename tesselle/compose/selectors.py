"""Reading posts, always within a workspace."""

from django.apps import apps
from django.db.models import Exists, OuterRef, QuerySet

from tesselle.compose.models import Post
from tesselle.workspaces.models import Workspace


def drafts(workspace: Workspace) -> QuerySet[Post]:
    """Posts that nothing was planned of, the newest first."""
    deliveries = apps.get_model("ledger", "Delivery")  # of a floor above
    planned = deliveries.objects.filter(post=OuterRef("pk"))
    return (
        Post.objects.filter(~Exists(planned), workspace=workspace, deleted_at=None)
        .select_related("current__author")
        .prefetch_related("current__variants__channel")
        .order_by("-created_at", "-id")
    )
