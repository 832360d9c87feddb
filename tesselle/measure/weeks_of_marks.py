"""The marks of whole weeks, remembered by each process as long as nothing of them changes.

A year of a busy company is ten thousand marks, and hardly one of last month's changes. The database keeps a
stamp for the marks of each week (of UTC, from Monday), and another one whenever any of them comes, changes or goes, in
the same transaction (`migrations/0014_weeks_of_marks.py`). So a page asks for the stamps of its weeks, and reads
the weeks that it does not hold under these stamps.
"""

import json
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, chain
from threading import Lock
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from tesselle.domain.indicators import BASE_METRIC, Base
from tesselle.measure.rollups import latest_by
from tesselle.workspaces.models import Workspace

KEPT = 600
"""Weeks that a process remembers: five years at two ages. Of a company with 50,000 posts a year some 100 kB each."""

By = Literal["", "channel", "pillar", "campaign"]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of some posts that belong together: what can be added up, and the values, in order, of which one
    wants the middle. `total` of the interactions; `impressions`: how many tell them, and their sum."""

    marked: int
    interactions: Sequence[int]
    total: int
    rates: Sequence[float]
    reach: Sequence[int]
    impressions: tuple[int, int]
    read_at: int
    late: int

    @classmethod
    def joined(cls, parts: Sequence["Part"]) -> "Part":
        if len(parts) == 1:
            return parts[0]
        return cls(
            marked=sum([one.marked for one in parts]),
            interactions=sorted(chain.from_iterable([one.interactions for one in parts])),
            total=sum([one.total for one in parts]),
            rates=sorted(chain.from_iterable([one.rates for one in parts])),
            reach=sorted(chain.from_iterable([one.reach for one in parts])),
            impressions=(
                sum([one.impressions[0] for one in parts]),
                sum([one.impressions[1] for one in parts]),
            ),
            read_at=max([one.read_at for one in parts]),
            late=sum([one.late for one in parts]),
        )


@dataclass(frozen=True, eq=False)
class Week:
    """Its marks in the order of publication; columns, each with a value or None for every mark. Instants in
    microseconds of the epoch. Equal to itself only: another reading is another week."""

    published: Sequence[int]
    channel: Sequence[int]
    pillar: Sequence[int | None]
    campaign: Sequence[int | None]
    interactions: Sequence[int | None]
    impressions: Sequence[int | None]
    reach: Sequence[int | None]
    followers: Sequence[int | None]
    read: Sequence[int]
    late: Sequence[bool]
    _remembered: dict[Any, Any] = field(default_factory=dict, repr=False)

    def of(self, channels: frozenset[int]) -> "Week":
        """Without the marks of other channels."""
        found = self._remembered.get(channels)
        if found is None:
            rows = [row for row, channel in enumerate(self.channel) if channel in channels]
            found = self if len(rows) == len(self.channel) else self._only(rows)
            self._remembered[channels] = found
        return found

    def _only(self, rows: Sequence[int]) -> "Week":
        columns: list[Any] = [[column[row] for row in rows] for column in self._columns]
        return Week(*columns)

    @property
    def _columns(self) -> tuple[Sequence[Any], ...]:
        return (
            *(self.published, self.channel, self.pillar, self.campaign, self.interactions),
            *(self.impressions, self.reach, self.followers, self.read, self.late),
        )

    def between(self, since: int, until: int) -> range:
        """The rows of that stretch."""
        return range(bisect_left(self.published, since), bisect_left(self.published, until))

    def parts(self, by: By, base: Base) -> "Parts":
        """Of all its posts, by what they are told apart; '' not at all, under None."""
        found: Parts | None = self._remembered.get((by, base))
        if found is None:
            found = self._remembered[by, base] = self.parts_of(range(len(self.published)), by, base)
        return found

    def parts_of(self, rows: range, by: By, base: Base) -> "Parts":
        if not by:
            return {None: self._part(rows, base)} if rows else {}
        told: Sequence[int | None] = getattr(self, by)
        groups: dict[int | None, list[int]] = {}
        for row in rows:
            groups.setdefault(told[row], []).append(row)
        return {key: self._part(some, base) for key, some in groups.items()}

    def _part(self, rows: Sequence[int], base: Base) -> Part:
        interactions, per = self.interactions, getattr(self, BASE_METRIC[base].value)
        told = sorted([one for row in rows if (one := interactions[row]) is not None])
        impressions = [one for row in rows if (one := self.impressions[row]) is not None]
        return Part(
            marked=len(rows),
            interactions=told,
            total=sum(told),
            rates=sorted(
                [one / of for row in rows if (one := interactions[row]) is not None and (of := per[row])]
            ),
            reach=sorted([one for row in rows if (one := self.reach[row]) is not None]),
            impressions=(len(impressions), sum(impressions)),
            read_at=max([self.read[row] for row in rows]),
            late=sum([self.late[row] for row in rows]),
        )

    def counted(self, since: int, until: int) -> tuple[int, int, int]:
        """Posts of that stretch, how many of them tell their interactions, and the sum of these."""
        rows = self.between(since, until)
        found = self._remembered.get("sums")
        if found is None:
            told = (one is not None for one in self.interactions)
            found = (
                [0, *accumulate(told)],
                [0, *accumulate(one or 0 for one in self.interactions)],
            )
            self._remembered["sums"] = found
        tellers, sums = found
        first, end = rows.start, rows.stop
        return len(rows), tellers[end] - tellers[first], sums[end] - sums[first]


Parts = Mapping[int | None, Part]

_STAMPS = """
SELECT week, stamp FROM measure_markweek
WHERE workspace_id = %s AND age_days = %s AND week >= %s AND week <= %s ORDER BY week
"""
_MICROS = "(extract(epoch FROM {}) * 1000000)::bigint"
_READ = f"""
SELECT week, {
    ", ".join(
        f"to_json(array_agg({column}))::text"
        for column in (
            "published",
            "channel_id",
            "pillar_id",
            "campaign_id",
            "interactions",
            "impressions",
            "reach",
            "followers",
            "read",
            "late",
        )
    )
}
FROM (
  SELECT week, m.*, {_MICROS.format("published_at")} AS published, {_MICROS.format("read_at")} AS read,
         read_at > published_at + %(late)s AS late
  FROM unnest(%(weeks)s::date[]) week
  CROSS JOIN (SELECT id FROM channels_channel WHERE workspace_id = %(workspace)s) c
  CROSS JOIN LATERAL (
    SELECT published_at, channel_id, pillar_id, campaign_id, interactions, impressions, reach, followers, read_at
    FROM measure_mark WHERE channel_id = c.id AND age_days = %(age)s
      AND published_at >= week::timestamp AT TIME ZONE 'UTC'
      AND published_at < (week + 7)::timestamp AT TIME ZONE 'UTC') m
  ORDER BY week, published_at) x
GROUP BY week
"""  # noqa: S608 - our own words

_kept: OrderedDict[UUID, Week] = OrderedDict()
_lock = Lock()


def weeks_between(workspace: Workspace, age_days: int, since: datetime, until: datetime) -> list[Week]:
    """Those with marks that the stretch touches, in order; each is whole."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMPS, [workspace.pk, age_days, _monday(since), _monday(until)])
        stamps: dict[date, UUID] = dict(cursor.fetchall())
    with _lock:
        held = {week: _held(stamp) for week, stamp in stamps.items()}
    missing = [week for week, found in held.items() if found is None]
    read = dict(_read(workspace, age_days, missing)) if missing else {}
    with _lock:
        for week, fresh in read.items():
            _kept[stamps[week]] = fresh
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return [one for week in stamps if (one := held[week] or read.get(week)) is not None]


def _held(stamp: UUID) -> Week | None:
    found = _kept.get(stamp)
    if found is not None:
        _kept.move_to_end(stamp)
    return found


def _read(workspace: Workspace, age_days: int, weeks: list[date]) -> Iterable[tuple[date, Week]]:
    values: dict[str, Any] = {
        "workspace": workspace.pk,
        "age": age_days,
        "weeks": weeks,
        "late": latest_by(age_days),
    }
    with connection.cursor() as cursor:
        cursor.execute(_READ, values)
        rows = cursor.fetchall()
    return ((week, Week(*map(json.loads, columns))) for week, *columns in rows)


def _monday(instant: datetime) -> date:
    day = instant.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def micros(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def instant_of(count: int) -> datetime:
    return _EPOCH + timedelta(microseconds=count)
