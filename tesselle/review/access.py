"""A link of this member's workspace, or 404; who may answer for a post."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from tesselle.compose.access import post_of
from tesselle.compose.models import Post
from tesselle.domain.approving import Voice
from tesselle.review.models import Comment, ReviewLink
from tesselle.review.rules import fitting
from tesselle.review.standing import Standing
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


def link_of(member: Member, link_id: int) -> ReviewLink:
    return get_object_or_404(
        ReviewLink.objects.select_related("workspace"), pk=link_id, workspace_id=member.workspace_id
    )


def may_answer(member: Member, post: Post) -> bool:
    """Who manages, and whoever a channel's rule asks."""
    return may(member, Right.MANAGE) or fitting(post, member)


def counts(standing: Standing, voice: Voice) -> bool:
    """Whether this one's yes would bring a channel's rule on, now or when its turn comes. Without a rule anybody's
    is kept who may answer."""
    stages = [stage for rule in standing.rules for stage in rule.progress.stages]
    return not stages or any(stage.demand.fits(voice) for stage in stages)


def answering(request: HttpRequest, post_id: int) -> tuple[Member, Post]:
    """Raises Http404 for a stranger, PermissionDenied for a member whose word is not asked for."""
    member = member_of(request)
    found = post_of(member, post_id)
    if not may_answer(member, found):
        raise PermissionDenied
    return member, found


def comment_of(member: Member, comment_id: int) -> Comment:
    return get_object_or_404(
        Comment.objects.select_related("post__workspace"),
        pk=comment_id,
        post__workspace_id=member.workspace_id,
        post__deleted_at=None,
    )
