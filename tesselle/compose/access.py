"""Posts of this member's workspace, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from tesselle.compose.models import Idea, Post
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery
from tesselle.workspaces.models import Member

_post = KeptQuery(
    lambda: Post.objects.select_related("current__author", "workspace").filter(
        pk=SOME_ID, workspace_id=ANOTHER_ID, deleted_at=None
    ),
    is_planned_once=True,
)


def post_of(member: Member, post_id: int) -> Post:
    found = _post.records({SOME_ID: post_id, ANOTHER_ID: member.workspace_id})
    if not found:
        raise Http404
    return found[0]


def idea_of(member: Member, idea_id: int) -> Idea:
    """One that became no post yet, put away or not."""
    return get_object_or_404(Idea, pk=idea_id, workspace_id=member.workspace_id, post=None)
