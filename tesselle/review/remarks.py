"""Comments as the pages show them, each with what it is pinned to."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tesselle.compose.models import Post
from tesselle.review.models import Comment
from tesselle.web.kept_query import SOME_ID, KeptQuery

MOST_SIGNS = 120
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Picture:
    id: int
    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Remark:
    """`picture`: with the place in percents. `is_gone`: the words or the picture are no longer there."""

    comment: Comment
    passage: str
    picture: Picture | None
    across: int
    down: int
    is_gone: bool

    @property
    def is_open(self) -> bool:
        return self.comment.resolved_at is None


def passages_of(texts: Iterable[str]) -> tuple[str, ...]:
    """The sentences of a text, to choose one without a pointer."""
    pieces = (" ".join(piece.split())[:400] for text in texts for piece in _ENDS.split(text))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))


def remarks_of(
    post: Post, passages: Sequence[str], pictures: Sequence[Picture], *, for_strangers: bool
) -> tuple[Remark, ...]:
    """The open ones first, then those dealt with; `for_strangers`: only what is said outside."""
    found = _comments(for_strangers).records({SOME_ID: post.pk})
    text, shown = _plain(" ".join(passages)), {picture.id: picture for picture in pictures}
    remarks = [_remark(one, text, shown.get(one.asset_id or 0)) for one in found]
    return tuple(sorted(remarks, key=lambda one: not one.is_open))


@cache
def _comments(for_strangers: bool) -> KeptQuery[Comment]:
    rows = Comment.objects.filter(post=SOME_ID).select_related("resolved_by").order_by("pk")
    return KeptQuery(lambda: rows.filter(is_inside=False) if for_strangers else rows, is_planned_once=True)


def _plain(words: str) -> str:
    """A browser hands a selection over with spaces of its own."""
    return " ".join(words.split())


def _remark(comment: Comment, text: str, picture: Picture | None) -> Remark:
    is_gone = (
        _plain(comment.passage) not in text if comment.passage else comment.across is not None and not picture
    )
    return Remark(
        comment,
        comment.passage,
        picture,
        round(100 * (comment.across or 0)),
        round(100 * (comment.down or 0)),
        is_gone,
    )
