"""Who follows: each channel's followers now, gained and lost, and the newsletter's readers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.audience.models import Subscriber
from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.measure import numbers
from tesselle.measure.charting import Cell, Chart, Column
from tesselle.measure.pages import PERIODS, Choice, period_words
from tesselle.workspaces.models import Workspace

_GAINED = """
SELECT one.id, s.span, f.followers, l.followers, f.day, l.day
FROM unnest(%(channels)s::bigint[]) one(id)
CROSS JOIN (VALUES ('now', %(since)s::date, %(until)s::date), ('before', %(before)s, %(since)s),
                   ('quarter', %(quarter)s, %(until)s)) s(span, since, until)
CROSS JOIN LATERAL (SELECT day, followers FROM measure_channelday
                    WHERE channel_id = one.id AND day >= s.since AND day <= s.until ORDER BY day LIMIT 1) f
CROSS JOIN LATERAL (SELECT day, followers FROM measure_channelday
                    WHERE channel_id = one.id AND day >= s.since AND day <= s.until
                    ORDER BY day DESC LIMIT 1) l
"""
"""Two looks into the index for each channel and span, however long it is."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Followers on the first and the last day of a span that has any."""

    first: int
    last: int
    first_day: date
    last_day: date

    @property
    def gained(self) -> int | None:
        """None from a single reading: it says nothing of a change."""
        return self.last - self.first if self.first_day != self.last_day else None

    @property
    def per_30_days(self) -> float | None:
        days = (self.last_day - self.first_day).days
        return self.gained * 30 / days if self.gained is not None and days else None


@dataclass(frozen=True, slots=True)
class AudienceLine:
    name: str
    network: str
    network_name: str
    url: str
    followers: str
    gained: str
    rate: str
    before: str
    usual: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Of newsletters: `now` confirmed, `joined` and `left` in the period."""

    now: int
    joined: int
    left: int


@dataclass(frozen=True, slots=True)
class AudiencePage:
    periods: tuple[Choice, ...]
    lines: tuple[AudienceLine, ...]
    chart: Chart | None
    readers: Readers | None
    silent: tuple[str, ...]


def audience_page(workspace: Workspace, days: int) -> AudiencePage:
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None))
    today = workspace.today()
    found = _stretches([one.pk for one in channels], today, days)
    told = [one for one in channels if (one.pk, "now") in found]
    url = reverse("measure:audience")
    return AudiencePage(
        periods=tuple(Choice(period_words(one), f"{url}?days={one}", one == days) for one in PERIODS),
        lines=tuple(_line(one, found) for one in told),
        chart=_chart(told, found),
        readers=_readers(workspace, today - timedelta(days=days)),
        silent=tuple(_name(one) for one in channels if one not in told),
    )


def _stretches(ids: Sequence[int], today: date, days: int) -> Mapping[tuple[int, str], Stretch]:
    values: dict[str, Any] = {
        "channels": list(ids),
        "until": today,
        "since": today - timedelta(days=days),
        "before": today - timedelta(days=2 * days),
        "quarter": today - timedelta(days=90),
    }
    with connection.cursor() as cursor:
        cursor.execute(_GAINED, values)
        return {(channel, span): Stretch(*rest) for channel, span, *rest in cursor.fetchall()}


def _name(channel: Channel) -> str:
    return f"{channel.display_name or channel.handle} ({network_name(channel.network)})"


def _line(channel: Channel, found: Mapping[tuple[int, str], Stretch]) -> AudienceLine:
    now = found[channel.pk, "now"]
    before, quarter = found.get((channel.pk, "before")), found.get((channel.pk, "quarter"))
    usual = quarter.per_30_days if quarter is not None else None
    return AudienceLine(
        name=channel.display_name or channel.handle,
        network=channel.network,
        network_name=network_name(channel.network),
        url=reverse("measure:channel", args=[channel.pk]),
        followers=numbers.count(now.last),
        gained=_signed(now.gained),
        rate=numbers.change(now.gained / now.first) if now.gained is not None and now.first else "",
        before=_signed(before.gained if before is not None else None),
        usual=_signed(round(usual) if usual is not None else None),
    )


def _signed(value: int | None) -> str:
    if value is None:
        return ""
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    return f"{sign}{numbers.count(abs(value))}"


def _chart(channels: Sequence[Channel], found: Mapping[tuple[int, str], Stretch]) -> Chart | None:
    gained = [(one, found[one.pk, "now"].gained) for one in channels]
    known = sorted(((one, n) for one, n in gained if n is not None), key=lambda item: -item[1])
    if len(known) < 2:
        return None
    best, most = known[0]
    networks = Counter(one.network for one, _n in known)
    return Chart(
        spec="growth.vl.json",
        title=_("Followers gained in the period"),
        says=_("Most came to %(channel)s: %(count)s.") % {"channel": _name(best), "count": _signed(most)},
        columns=(
            Column("channel", pgettext("column", "Channel"), "text"),
            Column("gained", _("Followers gained")),
        ),
        rows=tuple(
            (Cell(_on_its_axis(one, networks[one.network]), _name(one)), Cell(str(n), _signed(n)))
            for one, n in known
        ),
        axes=(_("Followers gained"), ""),
    )


def _on_its_axis(channel: Channel, on_this_network: int) -> str:
    """The network's name says it: one company is called the same on all, and on a telephone the bars need the
    room. Of several accounts on one network the network comes first, since the end is cut."""
    network = network_name(channel.network)
    return network if on_this_network == 1 else f"{network} · {channel.display_name or channel.handle}"


def _readers(workspace: Workspace, since: date) -> Readers | None:
    """None without a list."""
    rows = Subscriber.objects.filter(mailing_list__workspace=workspace)
    if not rows.exists():
        return None
    return Readers(
        **rows.aggregate(
            now=Count("pk", filter=Q(state=Subscriber.State.CONFIRMED)),
            joined=Count("pk", filter=Q(confirmed_at__date__gte=since)),
            left=Count("pk", filter=Q(left_at__date__gte=since)),
        )
    )
