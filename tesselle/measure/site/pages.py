"""Visits told by the website's own statistics, and what came of visits: tables for two pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.measure import numbers
from tesselle.measure.explaining import Explained
from tesselle.measure.site.names import channel_names, not_attributed, post_names
from tesselle.measure.site.selectors import (
    FILES,
    OURS,
    Requests,
    Told,
    requests_of,
    sources,
    told_elsewhere,
)
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

MOST_POSTS = 10
FEW = 3
"""So many lines without a request stand with the others; more are folded."""


@dataclass(frozen=True, slots=True)
class Line:
    """`each`: visits for one request; empty where none is known to have come from there."""

    name: str
    visits: str
    requests: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class SourcePart:
    """What one source told. `quiet_channels`, `quiet_posts`: of which no request was noted, folded."""

    key: str
    name: str
    span: str
    figures: tuple[Explained, ...]
    channels: tuple[Line, ...]
    posts: tuple[Line, ...]
    quiet_channels: tuple[Line, ...] = ()
    quiet_posts: tuple[Line, ...] = ()


def elsewhere_parts(workspace: Workspace, days: int) -> tuple[SourcePart, ...]:
    """What was not counted by our own links, for the page of visits."""
    first, last = _days(workspace, days)
    return _parts(told_elsewhere(workspace, first, last), None)


def result_parts(workspace: Workspace, days: int) -> tuple[SourcePart, ...]:
    """Each source with the requests of the very days that it tells of."""
    return tuple(
        part
        for told in sources(workspace, *_days(workspace, days))
        for part in _parts([told], requests_of(workspace, told.first, told.last))
    )


def _days(workspace: Workspace, days: int) -> tuple[date, date]:
    last = workspace.today()
    return last - timedelta(days=days - 1), last


def _parts(every: Sequence[Told], requests: Requests | None) -> tuple[SourcePart, ...]:
    channels = channel_names(pk for told in every for pk in told.by_channel)
    if requests is not None:
        channels = {**channels, **channel_names(requests.by_channel)}
    posts = post_names(pk for told in every for pk in told.by_post)
    return tuple(_part(told, requests, channels, posts) for told in every)


def _part(
    told: Told, requests: Requests | None, channels: Mapping[int, str], posts: Mapping[int, str]
) -> SourcePart:
    of_channels, of_posts = _channel_lines(told, requests, channels), _post_lines(told, requests, posts)
    shown, quiet = (of_channels, ()) if requests is None else _folded(of_channels)
    shown_posts, quiet_posts = (of_posts, ()) if requests is None else _folded(of_posts)
    if None in told.by_channel:
        shown = (*shown, _line(not_attributed(), told.by_channel[None], None))
    return SourcePart(
        key=told.key,
        name=told.name or source_name(told.key),
        span=span_words(told),
        figures=_figures(told, requests),
        channels=shown,
        posts=shown_posts,
        quiet_channels=quiet,
        quiet_posts=quiet_posts,
    )


def _folded(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Those with a request, and those without if they are more than a few."""
    noted = tuple(line for line in lines if line.requests)
    quiet = tuple(line for line in lines if not line.requests)
    return (noted, quiet) if len(quiet) > FEW else ((*noted, *quiet), ())


def source_name(key: str) -> str:
    return {
        OURS: pgettext("source of visits", "Our short links"),
        FILES: pgettext("source of visits", "Your files"),
    }[key]


def span_words(told: Told) -> str:
    """How much of the stretch it tells: a day without a row is not known."""
    style = pgettext("date format", "j M Y")
    said = ngettext("%(n)s day told, %(first)s", "%(n)s days told, from %(first)s to %(last)s", told.days)
    return said % {
        "n": numbers.count(told.days),
        "first": written(told.first, style),
        "last": written(told.last, style),
    }


def _figures(told: Told, requests: Requests | None) -> tuple[Explained, ...]:
    if requests is not None:
        return (_per_request(told, requests),)
    rest = told.total - told.attributed
    return (
        Explained(
            key=f"site-visits-{told.key}",
            name=pgettext("source of visits", "Visits in all"),
            value=numbers.count(told.total),
            formula=_("visits by day and mark, as the source tells them"),
            worked=_("%(known)s attributed to your channels + %(rest)s not attributed = %(total)s")
            % {
                "known": numbers.count(told.attributed),
                "rest": numbers.count(rest),
                "total": numbers.count(told.total),
            },
            note=_(
                "All who came to your website, from wherever. Never added to the visits through short links."
            ),
            variants=_("Visitors instead of visits; with or without people who refuse to be counted."),
        ),
    )


def _per_request(told: Told, requests: Requests) -> Explained:
    visits, count = told.attributed, requests.attributed
    each = _each(visits, count)
    return Explained(
        key=f"visits-per-quote-{told.key}",
        name=_("Visits per request"),
        value=each,
        formula=_("visits from your channels ÷ requests for a quote that came from your channels"),
        worked=_worked(visits, count, each),
        why=_("No request of these days is known to have come from a channel")
        if not count
        else _("No visit of these days is attributed to a channel"),
        note=_(
            "Of the days that this source tells of. Requests often come weeks after the visit; nobody knows which "
            "visit led to which request."
        ),
        variants=_("Turned round, requests ÷ visits: the conversion rate."),
    )


def _worked(visits: int, requests: int, each: str) -> str:
    if not each:
        return ""
    sign = "" if each.startswith("<") else "= "
    return f"{numbers.count(visits)} ÷ {numbers.count(requests)} {sign}{each}"


def _each(visits: int, requests: int) -> str:
    """One decimal below ten: a visit for three requests is not nothing."""
    if not visits or not requests:
        return ""
    each = visits / requests
    if each < 0.05:  # it would be written as zero
        return f"< {numbers.count(0.1)}"
    return numbers.count(round(each, 1) if each < 10 else round(each))


def _channel_lines(told: Told, requests: Requests | None, names: Mapping[int, str]) -> tuple[Line, ...]:
    came = requests.by_channel if requests is not None else {}
    known = [pk for pk in {*told.by_channel, *came} if pk is not None]
    ordered = sorted(known, key=lambda pk: (-told.by_channel.get(pk, 0), pk))
    return tuple(_line(names.get(pk, "?"), told.by_channel.get(pk), came.get(pk)) for pk in ordered)


def _post_lines(told: Told, requests: Requests | None, names: Mapping[int, str]) -> tuple[Line, ...]:
    came = requests.by_post if requests is not None else {}
    ordered = sorted(told.by_post, key=lambda pk: (-told.by_post[pk], pk))[:MOST_POSTS]
    return tuple(_line(names.get(pk, "?"), told.by_post[pk], came.get(pk)) for pk in ordered)


def _line(name: str, visits: int | None, requests: int | None) -> Line:
    return Line(
        name=name,
        visits=numbers.count(visits) if visits is not None else "",
        requests=numbers.count(requests) if requests else "",
        each=_each(visits or 0, requests or 0),
    )
