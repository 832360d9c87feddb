"""A report's figures as two tables for a spreadsheet: a line for each channel, a line for each post.

What is not told is empty, never zero. Units stand in the heads, so that every cell is a plain number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.indicators import BASE_METRIC, Base
from tesselle.domain.metrics import Metric
from tesselle.measure import selectors
from tesselle.measure.choice import base_of
from tesselle.measure.indicators import NAMES, RATE
from tesselle.measure.models import Mark
from tesselle.measure.selectors import NOTHING, Summed
from tesselle.report.scope import Scope, campaign_of
from tesselle.report.selectors import PostOut, followers_in, out_of, posts_out
from tesselle.workspaces.models import Workspace

Cell = str | int | float | datetime | None
_COUNTS = (
    Metric.REACTIONS,
    Metric.COMMENTS,
    Metric.SHARES,
    Metric.SAVES,
    Metric.CLICKS,
    Metric.VIDEO_VIEWS,
    Metric.IMPRESSIONS,
    Metric.REACH,
)

_NO_FIGURES: tuple[Cell, ...] = (None,) * (len(_COUNTS) + 4)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def channel_sheet(workspace: Workspace, scope: Scope) -> Sheet:
    channels = list(Channel.objects.filter(workspace=workspace).order_by("network", "handle"))
    base = base_of(workspace)
    campaign = campaign_of(scope)
    found = selectors.summary([one.pk for one in channels], scope, base, campaign.pk if campaign else None)
    out, followers = out_of(workspace, scope), followers_in(workspace, scope)
    rows = tuple(
        (
            *_names(one),
            out.sent.get(one.pk, 0),
            out.missed.get(one.pk, 0),
            *_summed(found.get(("now", one.pk), NOTHING)),
            followers.get(one.pk),
        )
        for one in channels
    )
    head = (
        pgettext("column", "Channel"),
        pgettext("column", "Network"),
        _("Went out"),
        _("Did not go out"),
        _("Posts measured"),
        pgettext("metric", "Interactions"),
        _("Interactions, median"),
        _("%(rate)s, median (%%)") % {"rate": RATE[base].name},
        pgettext("metric", "Impressions"),
        _("Reach, median"),
        _("Followers, last reading"),
    )
    return Sheet(pgettext("table", "Channels"), head, rows)


def post_sheet(workspace: Workspace, scope: Scope) -> Sheet:
    base = base_of(workspace)
    rows = tuple(_post(one, base, scope) for one in posts_out(workspace, scope))
    head = (
        pgettext("column", "Went out"),
        pgettext("column", "Channel"),
        pgettext("column", "Network"),
        pgettext("column", "Post"),
        _("Address"),
        pgettext("metric", "Followers on the day of publication"),
        pgettext("metric", "Interactions"),
        _("%(rate)s (%%)") % {"rate": RATE[base].name},
        *(str(NAMES[metric]) for metric in _COUNTS),
        _("Read"),
    )
    return Sheet(pgettext("table", "Posts"), head, rows)


def _names(channel: Channel) -> tuple[str, str]:
    return channel.display_name or channel.handle, network_name(channel.network)


def _summed(one: Summed) -> Sequence[Cell]:
    return (
        one.marked,
        one.interactions,
        one.median_interactions,
        _percent(one.median_rate),
        one.impressions,
        one.median_reach,
    )


def _post(one: PostOut, base: Base, scope: Scope) -> tuple[Cell, ...]:
    mark = one.mark
    return (
        _local(one.at, scope),
        *_names(one.channel),
        one.title,
        one.address,
        *(_figures(mark, base, scope) if mark is not None else _NO_FIGURES),
    )


def _figures(mark: Mark, base: Base, scope: Scope) -> tuple[Cell, ...]:
    divisor = getattr(mark, BASE_METRIC[base].value)
    rate = mark.interactions / divisor if divisor and mark.interactions is not None else None
    counts = (getattr(mark, metric.value) for metric in _COUNTS)
    return mark.followers, mark.interactions, _percent(rate), *counts, _local(mark.read_at, scope)


def _percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 4)


def _local(at: datetime, scope: Scope) -> datetime:
    """In the workspace's zone, without saying so: a spreadsheet knows no zones."""
    return at.astimezone(scope.zone).replace(tzinfo=None, microsecond=0)
