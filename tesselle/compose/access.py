"""Posts of this member's workspace, or 404."""

from django.shortcuts import get_object_or_404

from tesselle.compose.models import Idea, Post
from tesselle.workspaces.models import Member


def post_of(member: Member, post_id: int) -> Post:
    return get_object_or_404(
        Post.objects.select_related("current__author", "workspace"),
        pk=post_id,
        workspace_id=member.workspace_id,
        deleted_at=None,
    )


def idea_of(member: Member, idea_id: int) -> Idea:
    """One that became no post yet, put away or not."""
    return get_object_or_404(Idea, pk=idea_id, workspace_id=member.workspace_id, post=None)
