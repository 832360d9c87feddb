"""What one account did, as far as its public can see: what it published, and whom it answered when.

Worked out from what a simulated network holds. Nothing in it is ever taken back: an answer that was given was
read, whatever became of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tesselle.simulation.posts import SimPost

STEPS = 100_000_000
"""What somebody says for the n-th time after having been answered is numbered n times this above what they said
first."""


class Answer(NamedTuple):
    """`id`: of the answer on its network; "" where it is no post of its own."""

    at: datetime
    id: str


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """`account`: its id. `posts`: those that ever were public, the oldest first. `answers`: by the thing they stand
    below (a post, or the account's messages) and the number of what was said first, the oldest first.
    `hears_messages`: whether messages can be read and answered there at all."""

    account: str
    posts: tuple[SimPost, ...] = ()
    answers: Mapping[str, Mapping[str, tuple[Answer, ...]]] = field(default_factory=dict)
    hears_messages: bool = False

    def below(self, thing: str) -> Mapping[str, tuple[Answer, ...]]:
        return self.answers.get(thing, {})


def begun_by(line: str) -> tuple[str, str] | None:
    """Of a line of the audience's: what it stands below, and the number of the line that began the exchange. None:
    not one of theirs."""
    above, tilde, number = line.rpartition("~")
    if not tilde:
        return None
    if number.isdecimal():
        return above, str(int(number) % STEPS)
    week, dash, place = number.partition("-")
    return (above, f"{week}-{place.partition('-')[0]}") if dash else None


def recorded(
    account: str, posts: Iterable[SimPost], reviews: Iterable[tuple[str, datetime]], *, hears_messages: bool
) -> Record:
    """`posts`: all that the account ever put there, answers included. `reviews`: which lines it answered otherwise
    than by a post, and when."""
    own = {post.id: post for post in posts}
    found: dict[str, dict[str, list[Answer]]] = {}

    def note(line: str, answer: Answer) -> None:
        while line in own and own[line].parent_id:  # an answer of ours to one of ours
            line = own[line].parent_id
        if (begun := begun_by(line)) is not None:
            found.setdefault(begun[0], {}).setdefault(begun[1], []).append(answer)

    for post in own.values():
        if post.parent_id and not post.draft:
            note(post.parent_id, Answer(post.created_at, post.id))
    for line, at in reviews:
        note(line, Answer(at, ""))
    return Record(
        account=account,
        posts=tuple(sorted((one for one in own.values() if one.record), key=lambda one: one.visible_at)),
        answers={
            thing: {number: tuple(sorted(given)) for number, given in threads.items()}
            for thing, threads in found.items()
        },
        hears_messages=hears_messages,
    )
