"""Saying something about a post, in the workspace or by a link; dealing with it, and taking it up again."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.library.models import Asset
from tesselle.review.models import Comment, ReviewLink
from tesselle.review.signals import commented
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery
from tesselle.workspaces.models import Member, User

MOST_BY_LINK = 100
"""Of one post and one link: whoever holds it could write for ever."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Where it belongs: a passage, a point of a picture (0 to 1 from the upper left corner), or nowhere."""

    passage: str = ""
    asset_id: int = 0
    across: float = 0.5
    down: float = 0.5

    @property
    def is_anywhere(self) -> bool:
        return bool(self.passage or self.asset_id)


@transaction.atomic
def add_comment(
    post: Post,
    *,
    text: str,
    pin: Pin | None = None,
    is_inside: bool = True,
    by: User | None = None,
    link: ReviewLink | None = None,
) -> Comment:
    """A link's is never inside.

    Raises:
        RuleError: nothing was written, or far too much.
    """
    text, pin = text.strip(), pin or Pin()
    if not text:
        raise RuleError(_WRITE)
    said = _keep(post, text, pin, is_inside=is_inside and link is None, by=by, link=link)
    members = Member.objects.filter(workspace=post.workspace_id).select_related("user")
    # Nobody outside learns who belongs here by trying names.
    named = mentioned_in(text, [member.user for member in members]) if link is None else []
    said.mentioned.set(named)
    _tell("review.commented", said, by)
    commented.send(sender=Comment, comment=said, mentioned=frozenset(user.pk for user in named))
    return said


def pin_answer(post: Post, text: str, pin: Pin, *, by: User | None, link: ReviewLink | None) -> Comment:
    """The words of an answer where they belong, to be dealt with in the composer. The answer itself is what
    is told and noted, so this is not.

    Raises:
        RuleError: far too much was pinned by this link.
    """
    return _keep(post, text, pin, is_inside=False, by=by, link=link)


def _keep(
    post: Post, text: str, pin: Pin, *, is_inside: bool, by: User | None, link: ReviewLink | None
) -> Comment:
    if link is not None and Comment.objects.filter(post=post, link=link).count() >= MOST_BY_LINK:
        raise RuleError(_ENOUGH)
    # A picture of another workspace is no place to pin anything to.
    asset = Asset.objects.filter(pk=pin.asset_id, workspace_id=post.workspace_id).first()
    return Comment.objects.create(
        post=post,
        is_inside=is_inside,
        text=text,
        who=link.name if link is not None else str(by),
        by=by,
        link=link,
        passage=pin.passage,
        asset=asset,
        across=pin.across if asset else None,
        down=pin.down if asset else None,
    )


@transaction.atomic
def set_resolved(comment: Comment, is_resolved: bool, *, by: User) -> None:
    moved = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=is_resolved)
    if moved.update(
        resolved_at=timezone.now() if is_resolved else None, resolved_by=by if is_resolved else None
    ):
        _tell("review.comment_resolved" if is_resolved else "review.comment_reopened", comment, by)


def mentioned_in(text: str, people: Iterable[User]) -> list[User]:
    """Whoever is called by “@” and their name, the first word of it, or the beginning of their address."""
    return [user for user in people if any(_calls(text, name) for name in _names_of(user))]


def names_here(member: Member) -> list[str]:
    """What to write behind “@”, for the others of this workspace."""
    others = _others.records({_IN: member.workspace_id, _NOT: member.user_id})
    return [_names_of(other.user)[0] for other in others]


_IN, _NOT = SOME_ID, ANOTHER_ID
_others = KeptQuery(
    lambda: (
        Member.objects.filter(workspace=_IN).exclude(user=_NOT).select_related("user").order_by("user__name")
    ),
    is_planned_once=True,
)


def _names_of(user: User) -> list[str]:
    local = user.email.partition("@")[0]
    return [user.name.split()[0], user.name, local] if user.name.split() else [local]


def _calls(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w@])@{re.escape(name)}(?![\w-])", text, re.IGNORECASE) is not None


def _tell(verb: str, comment: Comment, by: User | None) -> None:
    record(
        verb,
        workspace_id=comment.post.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else comment.who,
        subject_kind="post",
        subject_id=comment.post_id,
    )


_WRITE = N_("Write what you want to say.")
_ENOUGH = N_("That is a lot of comments for one post. Please call whoever sent you the link.")
