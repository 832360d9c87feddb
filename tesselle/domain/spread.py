"""Spreading posts over days: which goes when, so that subjects alternate as their shares say."""

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that waits for a day. `subject` 0: none in particular."""

    id: int
    subject: int = 0


def days_on(first: date, weekdays: Collection[int], weeks: int) -> Iterator[date]:
    """The days from `first` on that fall on those weekdays (Monday is 0), for so many weeks."""
    days = (first + timedelta(days=number) for number in range(weeks * 7))
    return (day for day in days if day.weekday() in weekdays)


def mixed(posts: Sequence[Waiting], shares: Mapping[int, float]) -> list[Waiting]:
    """All of them, each subject in its own order; next comes the subject that is furthest behind its share.

    Shares need not add up to one. A subject without a share has the mean of the others'.
    """
    queues: dict[int, deque[Waiting]] = {}
    for post in posts:
        queues.setdefault(post.subject, deque()).append(post)
    weights = _weights(queues, shares)
    placed = dict.fromkeys(queues, 0)
    found: list[Waiting] = []
    while queues:
        total = sum(weights[subject] for subject in queues)
        among = sum(placed[subject] for subject in queues) + 1
        behind = {subject: weights[subject] / total * among - placed[subject] for subject in queues}
        # Of several, the first in the given order: a dict keeps it, and max takes the first.
        subject = max(behind, key=lambda one: behind[one])
        found.append(queues[subject].popleft())
        placed[subject] += 1
        if not queues[subject]:
            del queues[subject]
    return found


def _weights(subjects: Collection[int], shares: Mapping[int, float]) -> dict[int, float]:
    told = [shares[one] for one in subjects if shares.get(one, 0) > 0]
    mean = sum(told) / len(told) if told else 1.0
    return {one: shares[one] if shares.get(one, 0) > 0 else mean for one in subjects}
