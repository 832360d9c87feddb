"""What the pages of figures show, computed; the templates only place it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.indicators import AGES, Base
from tesselle.measure import numbers, selectors
from tesselle.measure.adding_up import summaries, weeks
from tesselle.measure.charting import Chart, followers_chart, posts_chart, weeks_chart
from tesselle.measure.explaining import Change, Explained, against, of_posts, sources
from tesselle.measure.indicators import DICTIONARY, RATE, Indicator
from tesselle.measure.models import Mark
from tesselle.measure.selectors import NOTHING, SPANS, Published, Span, Summed, Window
from tesselle.measure.weeks_of_marks import By
from tesselle.web.addresses import address_of
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

PERIODS = (28, 90, 365)
MOST_POSTS = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few links: `is_chosen` marks where one is."""

    label: str
    url: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What both dashboards begin with. `span`: the days whose posts are shown, in words."""

    span: str
    periods: tuple[Choice, ...]
    ages: tuple[Choice, ...]
    young: str
    missed: str
    lacking: str


@dataclass(frozen=True, slots=True)
class ChannelLine:
    id: int
    name: str
    network: str
    network_name: str
    posts: str
    interactions: str
    rate: str
    followers: str
    growth: str
    url: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """`ratio`: against the channel's own median of 90 days."""

    delivery_id: int
    url: str
    title: str
    published_at: datetime
    interactions: str
    rate: str
    reach: str
    ratio: str


@dataclass(frozen=True, slots=True)
class Overview:
    frame: Frame
    figures: tuple[Explained, ...]
    chart: Chart | None
    channels: tuple[ChannelLine, ...]
    base: Base


@dataclass(frozen=True, slots=True)
class ChannelPage:
    channel: Channel
    name: str
    network_name: str
    frame: Frame
    figures: tuple[Explained, ...]
    charts: tuple[Chart, ...]
    posts: tuple[PostLine, ...]
    base: Base


def overview(workspace: Workspace, channels: Sequence[Channel], window: Window, base: Base) -> Overview:
    ids = [channel.pk for channel in channels]
    wanted: Mapping[By, Sequence[Span]] = {"": SPANS, "channel": ("now",)}
    added = summaries(workspace, ids, window, base, wanted)
    found = {**added[""], **added["channel"]}
    grown = selectors.growth(ids, window.since.astimezone(workspace.tz).date())
    out = selectors.published(workspace, window)
    return Overview(
        frame=frame(workspace, window, found.get(("now", None), NOTHING), out, reverse("measure:overview")),
        figures=figures(_spans(found, None), window, base, [channel.network for channel in channels], out),
        chart=weeks_chart(weeks(workspace, ids, window)),
        channels=tuple(
            _channel_line(one, found.get(("now", one.pk), NOTHING), grown.get(one.pk), window)
            for one in channels
        ),
        base=base,
    )


def channel_page(workspace: Workspace, channel: Channel, window: Window, base: Base) -> ChannelPage:
    spans = _spans(selectors.summary([channel.pk], window, base, by_channel=()), None)
    since = min(window.since, window.quarter).astimezone(workspace.tz).date()
    days = selectors.follower_days(channel, since)
    out = selectors.published(workspace, window, channel)
    marks = selectors.latest_marks(channel, window, MOST_POSTS)
    median = spans["quarter"].median_interactions
    own = _followers(days, channel)
    charts = (posts_chart(marks, median, workspace.tz), followers_chart(days))
    return ChannelPage(
        channel=channel,
        name=channel.display_name or channel.handle,
        network_name=network_name(channel.network),
        frame=frame(workspace, window, spans["now"], out, reverse("measure:channel", args=[channel.pk])),
        figures=(*figures(spans, window, base, [channel.network], out), own),
        charts=tuple(chart for chart in charts if chart is not None),
        posts=tuple(_post_line(mark, median, base) for mark in marks),
        base=base,
    )


def _spans(found: Mapping[tuple[str, int | None], Summed], channel: int | None) -> dict[str, Summed]:
    return {span: found.get((span, channel), NOTHING) for span in ("now", "before", "quarter")}


def frame(workspace: Workspace, window: Window, now: Summed, out: Published, url: str) -> Frame:
    style = pgettext("date format", "j F Y")
    first, last = (written(one.astimezone(workspace.tz), style) for one in (window.since, window.until))
    young = ngettext(
        "%(n)s younger post follows once it is %(age)s old.",
        "%(n)s younger posts follow once they are %(age)s old.",
        out.young,
    )
    missed = ngettext("%(n)s planned post did not go out.", "%(n)s planned posts did not go out.", out.missed)
    return Frame(
        span=_("Posts of %(first)s to %(last)s, each at the age of %(age)s")
        % {"first": first, "last": last, "age": age_words(window.age_days)},
        periods=tuple(
            Choice(period_words(days), f"{url}?days={days}&age={window.age_days}", days == window.days)
            for days in PERIODS
        ),
        ages=tuple(
            Choice(age_words(age), f"{url}?days={window.days}&age={age}", age == window.age_days)
            for age in AGES
        ),
        young=young % {"n": out.young, "age": age_words(window.age_days)} if out.young else "",
        missed=missed % {"n": out.missed} if out.missed else "",
        lacking=" ".join(_lacking(now, out)),
    )


def age_words(days: int) -> str:
    if days == 1:
        return _("24 hours")
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def period_words(days: int) -> str:
    return _("a year") if days == 365 else ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def figures(
    spans: Mapping[str, Summed], window: Window, base: Base, networks: Sequence[str], out: Published
) -> tuple[Explained, ...]:
    now, before, quarter = spans["now"], spans["before"], spans["quarter"]
    than_before, than_usual = _("against the period before"), _("against your median of 90 days")
    lacking = _lacking(now, out)
    interactions, rate = DICTIONARY["interactions"], RATE[base]
    return (
        _posts(now, before, out, than_before, lacking),
        _sum(interactions, now.interactions, now.with_interactions, before, than_before, networks, now),
        _median(
            interactions,
            (now.median_interactions, now.with_interactions),
            [
                (quarter.median_interactions, quarter.with_interactions, than_usual),
                (before.median_interactions, before.with_interactions, than_before),
            ],
            networks,
            now,
        ),
        _median(
            rate,
            (now.median_rate, now.with_rate),
            [
                (quarter.median_rate, quarter.with_rate, than_usual),
                (before.median_rate, before.with_rate, than_before),
            ],
            networks,
            now,
        ),
        _median(
            DICTIONARY["reach"],
            (now.median_reach, now.with_reach),
            [(quarter.median_reach, quarter.with_reach, than_usual)],
            networks,
            now,
        ),
    )


def _lacking(now: Summed, out: Published) -> tuple[str, ...]:
    without = max(0, out.in_period - now.marked)
    return (*_late(now), *_unread(without))


def _late(now: Summed) -> tuple[str, ...]:
    if not now.late:
        return ()
    said = ngettext(
        "The figures of %(n)s post come from an export, and were read later than at that age.",
        "The figures of %(n)s posts come from an export, and were read later than at that age.",
        now.late,
    )
    return (said % {"n": now.late},)


def _unread(without: int) -> tuple[str, ...]:
    if not without:
        return ()
    return (
        ngettext(
            "%(n)s post was not read at that age: its network tells no figures, or could not be asked.",
            "%(n)s posts were not read at that age: their network tells no figures, or could not be asked.",
            without,
        )
        % {"n": without},
    )


def _posts(
    now: Summed, before: Summed, out: Published, than_before: str, lacking: tuple[str, ...]
) -> Explained:
    change = against(float(out.in_period), float(before.marked), than_before, out.in_period, before.marked)
    return Explained(
        key="posts",
        name=_("Posts that went out"),
        value=numbers.count(out.in_period),
        formula=_("posts on a channel, one for each channel they went out on"),
        missing=lacking,
        changes=(change,) if change is not None and not lacking else (),
        read_at=now.read_at,
    )


def _sum(
    indicator: Indicator,
    value: int | None,
    posts: int,
    before: Summed,
    than_before: str,
    networks: Sequence[str],
    now: Summed,
) -> Explained:
    change = against(value, before.interactions, than_before, posts, before.with_interactions)
    return Explained(
        key=f"sum-{indicator.slug}",
        name=indicator.name,
        value=numbers.written(value, indicator.unit),
        formula=str(indicator.worded),
        worked=_("the sum over %(posts)s") % {"posts": of_posts(posts)} if posts else "",
        why=_("No post of this period tells it"),
        note=indicator.note,
        variants=indicator.variants,
        told=sources(indicator, networks),
        read_at=now.read_at,
        missing=_untold(now.marked - posts),
        changes=(change,) if change else (),
    )


def _median(
    indicator: Indicator,
    own: tuple[float | None, int],
    others: Sequence[tuple[float | None, int, str]],
    networks: Sequence[str],
    now: Summed,
) -> Explained:
    value, posts = own
    changes = [against(value, other, words, posts, count) for other, count, words in others]
    return Explained(
        key=f"median-{indicator.slug}",
        name=_("%(name)s, median of a post") % {"name": indicator.name},
        value=numbers.written(value, indicator.unit),
        formula=str(indicator.worded),
        worked=_("the middle one of %(posts)s: half have more, half have less") % {"posts": of_posts(posts)}
        if posts
        else "",
        why=_("No post of this period tells it"),
        note=indicator.note,
        variants=indicator.variants,
        told=sources(indicator, networks),
        read_at=now.read_at,
        missing=_untold(now.marked - posts),
        changes=tuple(change for change in changes if change is not None),
    )


def _untold(count: int) -> tuple[str, ...]:
    if count <= 0:
        return ()
    return (
        ngettext(
            "%(n)s post is not in it: its network does not tell all that is needed. That is not zero.",
            "%(n)s posts are not in it: their networks do not tell all that is needed. That is not zero.",
            count,
        )
        % {"n": count},
    )


def _followers(days: Sequence[tuple[object, int]], channel: Channel) -> Explained:
    first, last = (days[0][1], days[-1][1]) if days else (None, None)
    rate = (last - first) / first if first and last is not None else None
    changes = (
        (Change(numbers.change(rate), _("since the beginning of the curve")),) if rate is not None else ()
    )
    return Explained(
        key="followers",
        name=pgettext("metric", "Followers"),
        value=numbers.written(last, "count"),
        formula=_("as the network tells them, once a day"),
        worked=f"({numbers.count(last)} − {numbers.count(first)}) ÷ {numbers.count(first)} = "
        f"{numbers.change(rate)}"
        if rate is not None and first is not None and last is not None
        else "",
        why=_("This network does not tell it, or was not asked yet"),
        changes=changes if len(days) > 1 else (),
    )


def _channel_line(
    channel: Channel, summed: Summed, grown: selectors.Growth | None, window: Window
) -> ChannelLine:
    rate = grown.rate if grown is not None and grown.first_day != grown.last_day else None
    address = address_of("measure:channel", "channel_id")(channel.pk)
    return ChannelLine(
        id=channel.pk,
        name=channel.display_name or channel.handle,
        network=channel.network,
        network_name=network_name(channel.network),
        posts=numbers.count(summed.marked) if summed.marked else "",
        interactions=numbers.written(summed.median_interactions, "count"),
        rate=numbers.written(summed.median_rate, "share"),
        followers=numbers.count(grown.last) if grown is not None else "",
        growth=numbers.change(rate) if rate is not None else "",
        url=f"{address}?days={window.days}&age={window.age_days}",
    )


def _post_line(mark: Mark, median: float | None, base: Base) -> PostLine:
    delivery = mark.series.delivery
    assert delivery is not None
    per = {Base.FOLLOWERS: mark.followers, Base.REACH: mark.reach, Base.VIEWS: mark.impressions}[base]
    rate = mark.interactions / per if mark.interactions is not None and per else None
    change = against(mark.interactions, median, "", 1, selectors.FEWEST)
    return PostLine(
        delivery_id=delivery.pk,
        url=reverse("publish:delivery", args=[delivery.pk]),
        title=(delivery.post.name if delivery.post else "") or pgettext("post", "Untitled"),
        published_at=mark.published_at,
        interactions=numbers.written(mark.interactions, "count"),
        rate=numbers.written(rate, "share"),
        reach=numbers.written(mark.reach, "count"),
        ratio=change.text if change is not None else "",
    )
