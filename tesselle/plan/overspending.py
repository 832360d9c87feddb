"""Where what is planned comes to more than a channel may spend in a month."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext

from tesselle.channels.models import Channel
from tesselle.plan.costs import billed, month_of, price
from tesselle.plan.selectors import ChannelRow, midnight
from tesselle.workspaces.models import Workspace


def overspending(
    workspace: Workspace, channels: Mapping[int, ChannelRow], first: date, last: date
) -> dict[date, list[str]]:
    """A sentence on the day whose post passes the month's budget. Asks nothing where no channel has one."""
    asked = [pk for pk, row in channels.items() if row.is_limited and not row.is_removed]
    if not asked:
        return {}
    limited = Channel.objects.filter(pk__in=asked).select_related("workspace")
    found: dict[date, list[str]] = defaultdict(list)
    for start, end in _months(workspace, first, last):
        for day, channel, total in _passing(limited, start, end):
            if first <= day <= last:
                found[day].append(_sentence(channel, total, start))
    return found


def _months(workspace: Workspace, first: date, last: date) -> Iterable[tuple[datetime, datetime]]:
    """Each month that the days touch, on the workspace's clock."""
    day = first
    while day <= last:
        start, end = month_of(midnight(day, workspace.tz).astimezone(workspace.tz))
        yield start, end
        day = end.date()


def _passing(
    channels: Iterable[Channel], start: datetime, end: datetime
) -> Iterable[tuple[date, Channel, Decimal]]:
    """The day whose delivery passes a channel's budget, and what the whole month comes to."""
    by_pk = {channel.pk: channel for channel in channels}
    totals: dict[int, Decimal] = defaultdict(Decimal)
    passed: dict[int, date] = {}
    for delivery, amount in billed(by_pk.values(), start, end):
        channel = by_pk[delivery.channel_id]
        totals[channel.pk] += amount
        if totals[channel.pk] > (channel.month_budget or Decimal(0)):
            passed.setdefault(channel.pk, delivery.due_at.astimezone(start.tzinfo).date())
    return [(day, by_pk[pk], totals[pk]) for pk, day in passed.items()]


def _sentence(channel: Channel, total: Decimal, start: datetime) -> str:
    words = gettext("%(channel)s: %(month)s comes to %(total)s, more than its budget of %(budget)s")
    return words % {
        "channel": channel.named,
        "month": date_format(start, "F Y"),
        "total": price(channel, total),
        "budget": price(channel, channel.month_budget or Decimal(0)),
    }
