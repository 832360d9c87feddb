"""Asking the members: by a button, when a post is planned where a yes is needed, and again after an edit."""

from django.db import transaction

from tesselle.compose.models import Post, Revision
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.review.models import Asking
from tesselle.review.rules import settle
from tesselle.workspaces.models import User


@transaction.atomic
def ask_members(post: Post, *, by: User | None) -> bool:
    """Of the post as it stands; False when it was asked already.

    Raises:
        RuleError: nothing is written yet.
    """
    revision = Revision.objects.select_related("post").filter(pk=post.current_id or 0).first()
    if revision is None:
        raise RuleError(_NOTHING)
    _asking, is_new = Asking.objects.get_or_create(revision=revision, defaults={"by": by})
    if is_new:
        record(
            "review.members_asked",
            workspace_id=post.workspace_id,
            actor_id=by.pk if by else None,
            actor_name=str(by) if by else "",
            subject_kind="post",
            subject_id=post.pk,
        )
    settle(revision)
    return is_new


def ask_again(revision: Revision) -> None:
    """An edit of what was asked about, or approved, asks once more: the yes was for other words."""
    before = (
        Revision.objects.filter(post=revision.post_id, number__lt=revision.number).order_by("-number").first()
    )
    if before is None:
        return
    if before.approved_at is not None or Asking.objects.filter(revision=before).exists():
        ask_members(Post.objects.get(pk=revision.post_id), by=revision.author)
    before.wanted.all().delete()


_NOTHING = N_("There is nothing to approve yet: write something first.")
