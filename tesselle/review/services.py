"""A yes, or what is to be changed: said of one revision, in the page or by a link."""

from django.db import transaction

from tesselle.compose.models import Post, Revision
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.review.commenting import Pin, pin_answer
from tesselle.review.models import Answer, ReviewLink
from tesselle.review.rules import settle
from tesselle.review.signals import answered
from tesselle.workspaces.models import Member, User

Verdict = Answer.Verdict


class ChangedMeanwhileError(RuleError):
    """What was seen is no longer what would go out."""

    def __init__(self) -> None:
        super().__init__(_CHANGED)


@transaction.atomic
def answer(
    post: Post,
    *,
    revision_id: int,
    verdict: str,
    comment: str = "",
    pin: Pin | None = None,
    by: User | None = None,
    link: ReviewLink | None = None,
) -> Answer:
    """Of the revision that was looked at. The last yes that a channel's rule asks for lets it go there;
    “change this” takes the earlier yeses back, as long as it has not left. `pin`: where that is.

    Raises:
        ChangedMeanwhileError: it was edited since then; nothing is decided.
        RuleError: what is to be changed was not said.
    """
    locked = Post.objects.select_for_update().get(pk=post.pk)
    if locked.current_id != revision_id or locked.deleted_at is not None:
        raise ChangedMeanwhileError
    comment = comment.strip()
    if verdict == Verdict.CHANGE and not comment:
        raise RuleError(_SAY_WHAT)
    is_yes = verdict == Verdict.YES
    revision = Revision.objects.select_related("post").get(pk=revision_id)
    remark = None
    if pin is not None and pin.is_anywhere and not is_yes:
        remark = pin_answer(locked, comment, pin, by=by, link=link)
    said = Answer.objects.create(
        revision=revision,
        verdict=verdict,
        comment=comment,
        who=link.name if link is not None else str(by),
        role=_role_of(by, locked) if by else "",
        link=link,
        by=by,
        remark=remark,
    )
    settle(revision)
    record(
        "review.approved" if is_yes else "review.changes_asked",
        workspace_id=locked.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=said.who,
        subject_kind="post",
        subject_id=post.pk,
        by_link=link is not None,
    )
    answered.send(sender=Answer, answer=said)
    return said


def _role_of(person: User, post: Post) -> str:
    member = Member.objects.filter(workspace=post.workspace_id, user=person).first()
    return member.role if member else ""


_CHANGED = N_("It was changed while you were looking at it. Look at it once more, then answer.")
_SAY_WHAT = N_("Say in a few words what is to be changed.")
