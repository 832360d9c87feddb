"""A time for each row: the next posting time that most of its channels have, else one a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from tesselle.domain.local_time import resolve
from tesselle.domain.slots import WeeklySlot, next_free
from tesselle.plan.models import PostingSlot
from tesselle.plan.pictures.batch import Batch, Row
from tesselle.plan.selectors import midnight
from tesselle.plan.slots import fitting, slots_of, taken_times
from tesselle.plan.when import PROPOSED, after_the_last
from tesselle.workspaces.models import User

_STYLE = "%Y-%m-%dT%H:%M"
_DAY = timedelta(days=1)


def with_times(batch: Batch, *, by: User) -> Batch:
    """Rows whose time was typed keep it; every other is given one behind those before it."""
    every = tuple(batch.desk.places)
    after = _after(batch)
    proposing = _Proposing(
        batch, after, slots_of(every), taken_times(batch.workspace, list(every), after), by
    )
    return replace(batch, rows=tuple(proposing.row(row) for row in batch.rows))


def _after(batch: Batch) -> datetime:
    now = batch.workspace.now()
    if batch.first is None:
        return now
    return max(now, midnight(batch.first, batch.workspace.tz) - timedelta(seconds=1))


class _Proposing:
    """Goes through the rows in order; what it has given away is taken."""

    def __init__(
        self,
        batch: Batch,
        after: datetime,
        slots: Mapping[int, Sequence[PostingSlot]],
        taken: Mapping[int, Sequence[datetime]],
        by: User,
    ) -> None:
        self._batch, self._after, self._slots, self._taken = batch, after, slots, taken
        self._zone = batch.workspace.zone
        typed = [row.local for row in batch.rows if row.is_own_time]
        self._given = [local for local in typed if local is not None]
        self._daily = self._beginning(by)

    def row(self, row: Row) -> Row:
        if row.is_own_time:
            return row
        local = self._next(row)
        self._given.append(local)
        return replace(row, when=f"{local:{_STYLE}}", proposed=f"{local:{_STYLE}}")

    def _next(self, row: Row) -> datetime:
        channels = self._batch.channels_of(row) or tuple(self._slots)
        weekly = _shared(self._slots, channels, self._batch.pillar_of(row))
        if not weekly:
            return self._next_day()
        taken = [at for pk in channels for at in self._taken.get(pk, ())]
        taken += [resolve(local, self._zone) for local in self._given]
        coming = next_free(weekly, self._zone, self._after, taken)
        is_laid = self._batch.first is not None and not self._given
        if coming is None or (is_laid and coming.local.date() != self._batch.first):
            return self._next_day()  # what was laid on a day begins on that day
        return coming.local

    def _next_day(self) -> datetime:
        """The hour stays; a day that has one of these posts already is passed over."""
        used = {local.date() for local in self._given}
        while self._daily.date() in used:
            self._daily += _DAY
        return self._daily

    def _beginning(self, by: User) -> datetime:
        workspace, first = self._batch.workspace, self._batch.first
        now = workspace.now().astimezone(workspace.tz).replace(tzinfo=None)
        if first is not None:
            local = datetime.combine(first, time.fromisoformat(PROPOSED))
            return local if local > now else _full_hour(now)
        last = after_the_last(workspace, by)
        if last:
            return datetime.fromisoformat(f"{last['plan-date']}T{last['plan-time']}")
        tomorrow: date = now.date() + _DAY
        return datetime.combine(tomorrow, time.fromisoformat(PROPOSED))


def _full_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _shared(
    slots: Mapping[int, Sequence[PostingSlot]], channels: Iterable[int], pillar: int
) -> list[WeeklySlot]:
    """Of the weekly times of these channels those that most of them have: one post, one time."""
    counted = Counter(slot.weekly for pk in channels for slot in fitting(slots.get(pk, ()), pillar))
    most = max(counted.values(), default=0)
    return [weekly for weekly, count in counted.items() if count == most]
