"""What the calendar shows: one post going out at one time, on however many channels."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tesselle.domain.lifecycle import TO_COME, DeliveryState
from tesselle.web.light_rows import instant

APART = timedelta(minutes=30)
"""Two posts on one channel that are nearer than this hide each other."""

GROUPS: dict[str, frozenset[DeliveryState]] = {
    "planned": frozenset({DeliveryState.PLANNED}),
    "under_way": frozenset(
        {
            DeliveryState.QUEUED,
            DeliveryState.SENDING,
            DeliveryState.PROCESSING,
            DeliveryState.WAITING,
            DeliveryState.SETTLING,
        }
    ),
    "out": frozenset({DeliveryState.LIVE, DeliveryState.SENT}),
    "needs": frozenset(
        {
            DeliveryState.BLOCKED,
            DeliveryState.REFUSED,
            DeliveryState.UNKNOWN,
            DeliveryState.MISSED,
            DeliveryState.PARTIAL,
        }
    ),
    "over": frozenset({DeliveryState.CANCELLED, DeliveryState.REMOVED}),
}
"""Columns of the board, and what the state filter offers."""

_GROUP_OF = {state.value: name for name, states in GROUPS.items() for state in states}
_URGENT = ("needs", "under_way", "planned", "out", "over")


class Going(NamedTuple):
    """One delivery, as light as a month of them must be. `local_at`, `zone`: where it was planned for the
    clock of another place. `calls`: what it takes of its network's allowance."""

    id: int
    at: datetime
    state: str
    channel_id: int
    post_id: int
    pillar_id: int
    local_at: str
    zone: str
    calls: int = 1


class Outing(NamedTuple):
    goings: tuple[Going, ...]
    day: date
    clashes: bool = False

    @property
    def first(self) -> Going:
        return self.goings[0]

    @property
    def at(self) -> datetime:
        return self.first.at

    @property
    def group(self) -> str:
        """That of its most urgent delivery."""
        if len(self.goings) == 1:
            return _GROUP_OF[self.goings[0].state]
        return min((_GROUP_OF[going.state] for going in self.goings), key=_URGENT.index)

    @property
    def state(self) -> str:
        if len(self.goings) == 1:
            return self.goings[0].state
        return next(going.state for going in self.goings if _GROUP_OF[going.state] == self.group)

    @property
    def to_come(self) -> tuple[Going, ...]:
        return tuple(going for going in self.goings if going.state in TO_COME)

    @property
    def movable(self) -> tuple[int, ...]:
        return tuple(going.id for going in self.goings if going.state == DeliveryState.PLANNED)


def group_of(state: str) -> str:
    return _GROUP_OF[state]


def outings(goings: Iterable[Going], zone: ZoneInfo) -> list[Outing]:
    """In their order; deliveries of one post at one instant are one outing."""
    rows = list(goings)
    clashing = clashes(rows)
    together: dict[tuple[int, datetime], list[Going]] = {}
    for going in rows:
        together.setdefault((going.post_id, going.at), []).append(going)
    return [
        Outing(
            tuple(some),
            at.astimezone(zone).date(),
            bool(clashing) and any(going.id in clashing for going in some),
        )
        for (_, at), some in together.items()
    ]


def clashes(goings: Iterable[Going]) -> frozenset[int]:
    """Those planned within half an hour of another on their channel; `goings` are in order of time."""
    found: set[int] = set()
    last: dict[int, Going] = {}
    for going in goings:
        if _GROUP_OF[going.state] == "over":
            continue
        before = last.get(going.channel_id)
        if before is not None and going.at - before.at < APART:
            found |= {one.id for one in (before, going) if one.state == DeliveryState.PLANNED}
        last[going.channel_id] = going
    return frozenset(found)


class Stretch:
    """The outings of some days in order of time, and what is counted over all of them, once."""

    def __init__(self, outings: Iterable[Outing]) -> None:
        self.outings = tuple(outings)

    @cached_property
    def by_day(self) -> Mapping[date, tuple[Outing, ...]]:
        found: dict[date, list[Outing]] = {}
        for outing in self.outings:
            found.setdefault(outing.day, []).append(outing)
        return {day: tuple(some) for day, some in found.items()}

    @cached_property
    def busy(self) -> frozenset[date]:
        """The days on which anything goes out or went out."""
        return frozenset(outing.day for outing in self.outings if outing.group != "over")

    @cached_property
    def to_come(self) -> Mapping[tuple[date, int], int]:
        """How many calls of its network a channel still makes on a day."""
        found: Counter[tuple[date, int]] = Counter()
        for outing in self.outings:
            for going in outing.to_come:
                found[outing.day, going.channel_id] += going.calls
        return found

    @cached_property
    def alone(self) -> frozenset[int]:
        """Channels to which something goes that goes to no other."""
        return frozenset(
            outing.first.channel_id
            for outing in self.outings
            if len(outing.goings) == 1 or len({going.channel_id for going in outing.goings}) == 1
        )


@lru_cache(maxsize=16)
def told(text: str, zone: ZoneInfo) -> Stretch:
    """Of rows as the database told them (`reading`). The same rows make the same outings, so that a month is
    put together once for as long as nothing of it changes."""
    rows = json.loads(text)
    rows.sort(key=itemgetter(0, 1))
    return Stretch(outings([Going(pk, instant(micros), *rest) for micros, pk, *rest in rows], zone))
