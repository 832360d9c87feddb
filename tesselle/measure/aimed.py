"""What objectives can be counted in, week by week."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from statistics import median

from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.measure.indicators import DICTIONARY
from tesselle.measure.models import BusinessResult, ChannelDay, Mark
from tesselle.measure.rollups import latest_by
from tesselle.plan.selectors import midnight
from tesselle.strategy import aimable
from tesselle.strategy.aimable import Aimable, Week
from tesselle.workspaces.models import Workspace

AGE_DAYS = 7
COUNTS = ("interactions", "impressions", "clicks", "comments", "shares", "saves", "video_views")
"""Reach is not among them: it cannot be added up over posts."""

RATES = {"rate_by_followers": "followers", "rate_by_reach": "reach", "rate_by_views": "impressions"}


def register() -> None:
    """In the order in which they are offered."""
    aimable.register(
        Aimable("quote", pgettext_lazy("business result", "Requests for a quote"), "sum", _business("quote"))
    )
    aimable.register(Aimable("job", pgettext_lazy("business result", "Signed jobs"), "sum", _business("job")))
    aimable.register(Aimable("followers", pgettext_lazy("metric", "Followers"), "level", _followers))
    for slug in COUNTS:
        aimable.register(Aimable(slug, DICTIONARY[slug].name, "sum", _counts(slug)))
    for slug, per in RATES.items():
        aimable.register(Aimable(slug, DICTIONARY[slug].name, "share", _rates(per)))


def _mondays(today: date, weeks: int) -> list[date]:
    this = today - timedelta(days=today.weekday())
    return [this - timedelta(weeks=n) for n in range(weeks, 0, -1)]


def _today(workspace: Workspace) -> date:
    return workspace.now().astimezone(workspace.tz).date()


def _marks(
    workspace: Workspace, channel: Channel | None, weeks: int, column: str, per: str = ""
) -> dict[date, list[tuple[int, int]]]:
    """By Monday of publication, only weeks whose posts are all old enough; weeks without posts too."""
    last = _today(workspace) - latest_by(AGE_DAYS)
    mondays = [day for day in _mondays(_today(workspace), weeks + 2) if day + timedelta(days=7) <= last]
    if not mondays:
        return {}
    rows = Mark.objects.filter(
        channel__workspace=workspace,
        age_days=AGE_DAYS,
        published_at__gte=midnight(mondays[0], workspace.tz),
        published_at__lt=midnight(mondays[-1] + timedelta(days=7), workspace.tz),
        **{f"{column}__isnull": False},
    )
    if channel is not None:
        rows = rows.filter(channel=channel)
    found: dict[date, list[tuple[int, int]]] = {day: [] for day in mondays[-weeks:]}
    for at, value, of in rows.values_list("published_at", column, per or column):
        day = at.astimezone(workspace.tz).date()
        found.get(day - timedelta(days=day.weekday()), []).append((value, of or 0))
    return found


def _counts(column: str) -> aimable.History:
    def history(workspace: Workspace, channel: Channel | None, weeks: int) -> Sequence[Week]:
        found = _marks(workspace, channel, weeks, column)
        return _from_the_first(
            [Week(day, float(sum(value for value, _ in some))) for day, some in found.items()],
            lambda week: bool(found[week.begins]),
        )

    return history


def _rates(per: str) -> aimable.History:
    def history(workspace: Workspace, channel: Channel | None, weeks: int) -> Sequence[Week]:
        found = _marks(workspace, channel, weeks, "interactions", per)
        return [
            Week(day, median(rates) if (rates := [value / of for value, of in some if of]) else None)
            for day, some in found.items()
        ]

    return history


def _business(kind: str) -> aimable.History:
    """From the first week that anything was noted: before that nobody kept count."""

    def history(workspace: Workspace, channel: Channel | None, weeks: int) -> Sequence[Week]:
        mondays = _mondays(_today(workspace), weeks)
        rows = BusinessResult.objects.filter(workspace=workspace, kind=kind, day__gte=mondays[0])
        if channel is not None:
            rows = rows.filter(channel=channel)
        sums: dict[date, int] = {}
        for day, count in rows.values_list("day", "count"):
            monday = day - timedelta(days=day.weekday())
            sums[monday] = sums.get(monday, 0) + count
        found = [Week(day, float(sums.get(day, 0))) for day in mondays]
        return _from_the_first(found, lambda week: week.begins in sums)

    return history


def _from_the_first(weeks: list[Week], is_begun: Callable[[Week], bool]) -> list[Week]:
    first = next((number for number, week in enumerate(weeks) if is_begun(week)), len(weeks))
    return weeks[first:]


def _followers(workspace: Workspace, channel: Channel | None, weeks: int) -> Sequence[Week]:
    """The last count of each week, over the channels that tell one in every week since."""
    mondays = _mondays(_today(workspace), weeks)
    rows = ChannelDay.objects.filter(channel__workspace=workspace, day__gte=mondays[0])
    rows = rows.filter(channel=channel) if channel is not None else rows.filter(channel__removed_at=None)
    last: dict[int, dict[date, int]] = {}
    for pk, day, count in rows.order_by("day").values_list("channel_id", "day", "followers"):
        last.setdefault(pk, {})[day - timedelta(days=day.weekday())] = count
    if not last:
        return []
    begun = max(min(own) for own in last.values())
    known = dict.fromkeys(last, 0)
    found = []
    for monday in mondays:
        known.update({pk: own[monday] for pk, own in last.items() if monday in own})
        if monday >= begun:
            found.append(Week(monday, float(sum(known.values()))))
    return found
