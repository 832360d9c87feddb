"""A question about the person's own figures that is answered by reading them, not by trying.

It names no post and no number: both are found on the pages of the posts. Whoever was wrong is asked another one, so
that trying all choices leads nowhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.academy.testing.figures import ReadPost
from tesselle.domain.metrics import Metric

INTERACTIONS = "interactions"
ASKED_FOR = (
    INTERACTIONS,
    Metric.IMPRESSIONS.value,
    Metric.REACH.value,
    Metric.REACTIONS.value,
    Metric.COMMENTS.value,
    Metric.SHARES.value,
    Metric.SAVES.value,
)
HARD_TO_GUESS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """Which post has the highest (or the lowest) of a figure, and how much it is. `posts`: those that answer it."""

    figure: str
    is_highest: bool
    posts: frozenset[int]
    number: int

    @property
    def key(self) -> str:
        return f"{self.figure}-{'highest' if self.is_highest else 'lowest'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """`question`: the key of the one that was answered."""

    question: str
    delivery: int
    number: int


def questions_of(posts: Sequence[ReadPost]) -> list[Question]:
    """In the order in which they are asked: the highest first. A number that is easily guessed is asked for only
    where there is no other."""
    ways = [(figure, is_highest) for is_highest in (True, False) for figure in ASKED_FOR]
    found = [one for figure, is_highest in ways if (one := _question(posts, figure, is_highest)) is not None]
    return [one for one in found if one.number >= HARD_TO_GUESS] or found


def drawn(posts: Sequence[ReadPost], missed: Sequence[str]) -> Question | None:
    """The one that was missed least often. None: there is nothing to compare."""
    return min(questions_of(posts), key=lambda one: missed.count(one.key), default=None)


def _question(posts: Sequence[ReadPost], figure: str, is_highest: bool) -> Question | None:
    values = {post.delivery_id: value for post in posts if (value := _value(post, figure)) is not None}
    if len(values) < 2 or len(set(values.values())) < 2:
        return None
    number = (max if is_highest else min)(values.values())
    return Question(figure, is_highest, frozenset(one for one in values if values[one] == number), number)


def _value(post: ReadPost, figure: str) -> int | None:
    return post.interactions if figure == INTERACTIONS else post.figures.get(figure)
