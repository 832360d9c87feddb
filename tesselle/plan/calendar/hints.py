"""Hints in place: what will be refused, silence on a channel, days without anything, more than a network takes."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext, ngettext, pgettext

from tesselle.domain.lifecycle import DeliveryState
from tesselle.networks import card
from tesselle.plan.allowances import beyond
from tesselle.plan.calendar.agreed import Refusal, refusals_to_come
from tesselle.plan.calendar.asked import View
from tesselle.plan.calendar.festive import DayNote
from tesselle.plan.calendar.shown import Shown
from tesselle.plan.overspending import overspending
from tesselle.plan.selectors import ChannelRow
from tesselle.plan.spent import spent
from tesselle.web.addresses import address
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

SILENT = timedelta(days=10)
"""A channel without a post for so long, past or ahead, is told of."""

LOOKS_BACK, LOOKS_AHEAD = timedelta(days=90), timedelta(days=30)
GAP_DAYS = 5
AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Hint:
    icon: str
    text: str
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class Silence:
    """A channel, the days since its last post (None: none in sight) and until its next (None: none planned)."""

    channel: ChannelRow
    since: int | None
    until: int | None

    @property
    def is_long(self) -> bool:
        silent = SILENT.days
        if self.since is None:
            return self.until is None
        return self.since >= silent if self.until is None else self.since + self.until >= silent * 2


def hints_of(shown: Shown) -> list[Hint]:
    """What will be refused, the longest silences, days without anything; a few only."""
    found = _of_consents(shown)
    found += [_of_silence(one, shown) for one in silences(shown.workspace, shown.channels)]
    if not shown.asked.is_narrowed and shown.asked.view in (View.MONTH, View.WEEK, View.LIST):
        found += [_of_gap(gap) for gap in gaps(shown.asked.days, shown.stretch.busy, shown.asked.today)]
    return found[:AT_MOST]


def _of_consents(shown: Shown) -> list[Hint]:
    """Names of customers: for those who write only."""
    if not shown.may_write or not shown.setting.has_ending_consents:
        return []
    return [_of_consent(one, shown.workspace) for one in refusals_to_come(shown.workspace)]


def _of_consent(refusal: Refusal, workspace: Workspace) -> Hint:
    day = refusal.due_at.astimezone(workspace.tz).date()
    text = gettext("On %(day)s “%(post)s” will be refused: %(who)s does not agree to its picture.") % {
        "day": written(day, pgettext("date format", "j F")),
        "post": refusal.name,
        "who": refusal.who,
    }
    return Hint("refused", text, refusal.url, gettext("Take another picture"))


def silences(workspace: Workspace, channels: Mapping[int, ChannelRow]) -> list[Silence]:
    now = workspace.now()
    values: dict[str, Any] = {
        "channels": [pk for pk, channel in channels.items() if not channel.is_removed],
        "out": [DeliveryState.LIVE, DeliveryState.SENT, DeliveryState.PROCESSING],
        "ahead": [DeliveryState.PLANNED, DeliveryState.QUEUED],
        "now": now,
        "begin": now - LOOKS_BACK,
        "end": now + LOOKS_AHEAD,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SPANS, values)
        rows: list[tuple[int, datetime | None, datetime | None]] = cursor.fetchall()
    found = [
        Silence(channels[pk], _days(now, last), _days(coming, now) if coming else None)
        for pk, last, coming in rows
    ]
    return sorted((one for one in found if one.is_long), key=lambda one: -(one.since or 0))


_SPANS = """
SELECT one.id, last.due_at, next.due_at FROM unnest(%(channels)s::bigint[]) one(id)
LEFT JOIN LATERAL (
  SELECT d.due_at FROM ledger_delivery d WHERE d.channel_id = one.id AND d.purpose = 'post'
    AND d.state || '' = ANY(%(out)s) AND d.due_at >= %(begin)s AND d.due_at <= %(now)s
  ORDER BY d.due_at DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (
  SELECT d.due_at FROM ledger_delivery d WHERE d.channel_id = one.id AND d.purpose = 'post'
    AND d.state || '' = ANY(%(ahead)s) AND d.due_at > %(now)s AND d.due_at < %(end)s
  ORDER BY d.due_at LIMIT 1) next ON true
WHERE last.due_at IS NOT NULL OR next.due_at IS NOT NULL
   OR EXISTS (SELECT FROM ledger_delivery d WHERE d.channel_id = one.id AND d.purpose = 'post'
                AND d.due_at >= %(begin)s AND d.due_at < %(end)s)
"""
"""Of each channel with posts there, when its last one went out and when its next one comes: two looks into
`delivery_of_channel`, however many posts there are. A state with nothing appended: else all that is planned
would be read by its state, for each channel."""


def _days(later: datetime, earlier: datetime | None) -> int | None:
    return (later - earlier).days if earlier is not None else None


def _of_silence(silence: Silence, shown: Shown) -> Hint:
    days, name = silence.since or 0, silence.channel.name
    network = card(silence.channel.network).name if _is_known(silence.channel.network) else ""
    values = {"days": days, "channel": name, "network": network}
    if silence.since is None:
        text = gettext("Nothing on %(network)s (%(channel)s) for three months, and nothing planned.") % values
    elif silence.until is None:
        text = (
            ngettext(
                "No post on %(network)s (%(channel)s) for %(days)s day, and none planned.",
                "No post on %(network)s (%(channel)s) for %(days)s days, and none planned.",
                days,
            )
            % values
        )
    else:
        text = ngettext(
            "No post on %(network)s (%(channel)s) for %(days)s day; the next comes in %(until)s days.",
            "No post on %(network)s (%(channel)s) for %(days)s days; the next comes in %(until)s days.",
            days,
        ) % {**values, "until": silence.until}
    url = f"{address('compose:new')}?channels={silence.channel.id}" if shown.may_write else ""
    return Hint("hourglass", text, url, gettext("Write one"))


def _is_known(slug: str) -> bool:
    try:
        card(slug)
    except LookupError:  # a network that this release no longer has
        return False
    return True


def gaps(days: Sequence[date], busy: Set[date], today: date) -> list[tuple[date, date]]:
    """Stretches of days to come on which nothing goes out at all."""
    found: list[tuple[date, date]] = []
    begun: date | None = None
    for day in [*(day for day in days if day >= today), None]:
        if day is not None and day not in busy:
            begun = begun or day
            last = day
        elif begun is not None:
            if (last - begun).days + 1 >= GAP_DAYS:
                found.append((begun, last))
            begun = None
    return found


def _of_gap(gap: tuple[date, date]) -> Hint:
    first, last = gap
    style = pgettext("date format", "j F")
    text = gettext("Nothing goes out from %(first)s to %(last)s.") % {
        "first": written(first, style),
        "last": written(last, style),
    }
    return Hint(
        "calendar", text, f"{address('compose:new')}?plan-date={first.isoformat()}", gettext("Write one")
    )


def quotas(shown: Shown) -> dict[date, list[DayNote]]:
    """Days on which more is planned than a network takes in a day, on one channel or through one application."""
    found: dict[date, list[DayNote]] = {}
    to_come = shown.stretch.to_come
    gone = spent(shown.workspace, shown.channels, {day for day, _ in to_come})
    for one in beyond(shown.channels, to_come, gone):
        found.setdefault(one.day, []).append(DayNote("quota", one.text))
    return found


def overspent(shown: Shown) -> dict[date, list[DayNote]]:
    """The days on which a channel passes what it may spend in a month."""
    asked = shown.asked
    found = overspending(shown.workspace, shown.channels, asked.first, asked.last)
    return {day: [DayNote("quota", text) for text in texts] for day, texts in found.items()}
