"""Posts of a workspace added up over long stretches, from its remembered weeks (`weeks_of_marks.py`)."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tesselle.domain.indicators import Base
from tesselle.measure import selectors
from tesselle.measure.medians import median
from tesselle.measure.selectors import Span, Stretch, Summed, Window
from tesselle.measure.weeks_of_marks import By, Part, Parts, Week, instant_of, micros, weeks_between
from tesselle.plan.selectors import midnight
from tesselle.workspaces.models import Workspace

TOGETHER = 16
"""Stretches that a process remembers put together: what a page of figures and its neighbour ask. Of a company
with 50,000 posts a year each is some 2 MB."""

Found = Mapping[tuple[str, int | None], Summed]
"""By span and channel, pillar or campaign; None: all together, or posts without any."""


def summaries(
    workspace: Workspace,
    channel_ids: Iterable[int],
    stretch: Stretch,
    base: Base,
    wanted: Mapping[By, Sequence[Span]],
) -> Mapping[By, Found]:
    """`wanted`: by what the posts are told apart, and in which spans. What has no posts is not in it."""
    limits: Mapping[Span, tuple[datetime, datetime]] = {
        "now": (stretch.since, stretch.until),
        "before": (stretch.before, stretch.since),
        "quarter": (stretch.quarter, stretch.until),
    }
    channels = frozenset(channel_ids)
    first = min(since for since, _until in limits.values())
    weeks = [one.of(channels) for one in weeks_between(workspace, stretch.age_days, first, stretch.until)]
    return {
        by: {
            (span, of): one for span in spans for of, one in _summed_by(weeks, limits[span], by, base).items()
        }
        for by, spans in wanted.items()
    }


def _summed_by(
    weeks: Sequence[Week], limits: tuple[datetime, datetime], by: By, base: Base
) -> Mapping[int | None, Summed]:
    """From the weeks that lie within as they were put together before, and from those at both ends."""
    since, until = map(micros, limits)
    whole: list[Week] = []
    groups: dict[int | None, list[Part]] = {}
    for week in weeks:
        rows = week.between(since, until)
        if len(rows) == len(week.published):
            whole.append(week)
        else:
            _add(groups, week.parts_of(rows, by, base))
    _add(groups, _together(tuple(whole), by, base))
    return {of: summed(parts) for of, parts in groups.items()}


def _add(groups: dict[int | None, list[Part]], parts: Parts) -> None:
    for of, part in parts.items():
        groups.setdefault(of, []).append(part)


@lru_cache(maxsize=TOGETHER)
def _together(weeks: tuple[Week, ...], by: By, base: Base) -> Parts:
    groups: dict[int | None, list[Part]] = {}
    for week in weeks:
        _add(groups, week.parts(by, base))
    return {of: Part.joined(parts) for of, parts in groups.items()}


def summed(parts: Sequence[Part]) -> Summed:
    interactions, rates, reach = (
        [one.interactions for one in parts],
        [one.rates for one in parts],
        [one.reach for one in parts],
    )
    with_interactions = sum(map(len, interactions))
    with_impressions, impressions = (
        sum(column) for column in zip(*[one.impressions for one in parts], strict=True)
    )
    return Summed(
        marked=sum([one.marked for one in parts]),
        with_interactions=with_interactions,
        interactions=sum([one.total for one in parts]) if with_interactions else None,
        median_interactions=median(interactions),
        with_rate=sum(map(len, rates)),
        median_rate=median(rates),
        with_impressions=with_impressions,
        impressions=impressions if with_impressions else None,
        with_reach=sum(map(len, reach)),
        median_reach=median(reach),
        read_at=instant_of(max([one.read_at for one in parts])),
        late=sum([one.late for one in parts]),
    )


def weeks(workspace: Workspace, channel_ids: Iterable[int], window: Window) -> list[selectors.Week]:
    """The period's weeks, at least twelve, in order; weeks without posts are not among them."""
    since = min(window.since, window.until - timedelta(weeks=12))
    channels = frozenset(channel_ids)
    days = mondays(since, window.until, workspace.tz)
    begins = [max(micros(midnight(day, workspace.tz)), micros(since)) for day in days]
    ends = [*begins[1:], micros(window.until)]
    sums = [(0, 0, 0)] * len(days)
    for week in weeks_between(workspace, window.age_days, since, window.until):
        mine = week.of(channels)
        if not mine.published:
            continue
        # Ours begin on the workspace's Mondays: each of UTC lies in two of them.
        place = max(0, bisect_right(begins, mine.published[0]) - 1)
        while place < len(begins) and begins[place] <= mine.published[-1]:
            (posts, told, total), more = sums[place], mine.counted(begins[place], ends[place])
            sums[place] = posts + more[0], told + more[1], total + more[2]
            place += 1
    return [
        selectors.Week(day, posts, total if told else None)
        for day, (posts, told, total) in zip(days, sums, strict=True)
        if posts
    ]


def mondays(since: datetime, until: datetime, zone: ZoneInfo) -> list[date]:
    """Of the weeks that the stretch touches, in that zone."""
    first, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    monday = first - timedelta(days=first.weekday())
    return [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
