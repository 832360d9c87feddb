"""By pillar and by campaign: how many posts, how they did, and what came of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Literal

from django.db.models import Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.domain.indicators import AGES, Base
from tesselle.links import selectors as links
from tesselle.measure import numbers
from tesselle.measure.adding_up import summaries
from tesselle.measure.charting import Cell, Chart, Column
from tesselle.measure.explaining import Change, against
from tesselle.measure.models import BusinessResult
from tesselle.measure.pages import PERIODS, Choice, age_words, period_words
from tesselle.measure.selectors import NOTHING, SPANS, Span, Summed, Window
from tesselle.measure.weeks_of_marks import By
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.kept_query import SOME_DAY, SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace

Kind = Literal["pillar", "campaign"]


@dataclass(frozen=True, slots=True)
class AimLine:
    """`share` of all posts with figures; `target`: what the strategy means it to have."""

    name: str
    posts: str
    share: str
    target: str
    interactions: str
    rate: str
    changes: tuple[Change, ...]
    visits: str
    quotes: str


@dataclass(frozen=True, slots=True)
class AimTable:
    kind: Kind
    title: str
    lines: tuple[AimLine, ...]
    has_targets: bool


@dataclass(frozen=True, slots=True)
class AimsPage:
    periods: tuple[Choice, ...]
    ages: tuple[Choice, ...]
    base: Base
    chart: Chart | None
    tables: tuple[AimTable, ...]


def aims_page(workspace: Workspace, window: Window, base: Base) -> AimsPage:
    channels = [pk for (pk,) in _channels.rows({SOME_ID: workspace.pk})]
    url = reverse("measure:aims")
    wanted: Mapping[By, Sequence[Span]] = {"pillar": SPANS, "campaign": SPANS}
    found = summaries(workspace, channels, window, base, wanted)
    pillars, campaigns = found["pillar"], found["campaign"]
    names = {row.pk: row for row in _pillars.records({SOME_ID: workspace.pk})}
    return AimsPage(
        periods=tuple(
            Choice(period_words(days), f"{url}?days={days}&age={window.age_days}", days == window.days)
            for days in PERIODS
        ),
        ages=tuple(
            Choice(age_words(age), f"{url}?days={window.days}&age={age}", age == window.age_days)
            for age in AGES
        ),
        base=base,
        chart=_shares_chart(pillars, names),
        tables=(
            AimTable("pillar", _("By pillar"), _lines(workspace, "pillar", pillars, names, window), True),
            AimTable(
                "campaign",
                _("By campaign"),
                _lines(workspace, "campaign", campaigns, _campaigns(workspace), window),
                False,
            ),
        ),
    )


def _campaigns(workspace: Workspace) -> dict[int, Campaign]:
    return {row.pk: row for row in _all_campaigns.records({SOME_ID: workspace.pk})}


_channels = KeptQuery(
    lambda: Channel.objects.filter(workspace=SOME_ID, removed_at=None).values_list("pk"), is_planned_once=True
)
_pillars = KeptQuery(lambda: Pillar.objects.filter(workspace=SOME_ID).order_by("pk"), is_planned_once=True)
_all_campaigns = KeptQuery(lambda: Campaign.objects.filter(workspace=SOME_ID), is_planned_once=True)


def _lines(
    workspace: Workspace,
    kind: Kind,
    found: Mapping[tuple[str, int | None], Summed],
    names: Mapping[int, Pillar] | Mapping[int, Campaign],
    window: Window,
) -> tuple[AimLine, ...]:
    """Those with posts, and pillars in use without any: that they have none is told."""
    first, last = (at.astimezone(workspace.tz).date() for at in (window.since, window.now))
    visits = links.by_aim(workspace, kind, first, last)
    quotes = _quotes(workspace, kind, window)
    total = sum(one.marked for (span, _aim), one in found.items() if span == "now")
    with_posts = [aim for span, aim in found if span == "now"]
    silent = [pk for pk, one in names.items() if isinstance(one, Pillar) and not one.retired_at]
    keys = sorted(
        {*with_posts, *silent},
        key=lambda aim: (aim is None, -found.get(("now", aim), NOTHING).marked, aim or 0),
    )
    none = pgettext("pillar", "without a pillar") if kind == "pillar" else _("without a campaign")
    return tuple(
        _line(
            str(names.get(aim or 0) or none),
            {span: found.get((span, aim), NOTHING) for span in ("now", "before", "quarter")},
            total,
            names.get(aim) if aim is not None else None,
            visits.get(aim or 0),
            quotes.get(aim or 0),
        )
        for aim in keys
    )


def _quotes(workspace: Workspace, kind: Kind, window: Window) -> Mapping[int, int]:
    since = (window.since - timedelta(days=1)).date()
    rows = _quotes_by(kind).rows({SOME_ID: workspace.pk, SOME_DAY: since})
    return {aim: int(count) for aim, count in rows}


@cache
def _quotes_by(kind: Kind) -> KeptQuery[BusinessResult]:
    return KeptQuery(
        lambda: (
            BusinessResult.objects.filter(
                Q(**{f"post__{kind}__isnull": False}),
                workspace=SOME_ID,
                kind=BusinessResult.Kind.QUOTE,
                day__gte=SOME_DAY,
            )
            .order_by()
            .values(f"post__{kind}_id")
            .annotate(n=Sum("count"))
            .values_list(f"post__{kind}_id", "n")
        )
    )


def _line(
    name: str,
    spans: Mapping[str, Summed],
    total: int,
    aimed: Pillar | Campaign | None,
    visits: int | None,
    quotes: int | None,
) -> AimLine:
    now, before, quarter = spans["now"], spans["before"], spans["quarter"]
    changes = (
        against(
            now.median_interactions,
            other.median_interactions,
            words,
            now.with_interactions,
            other.with_interactions,
        )
        for other, words in (
            (before, _("against the period before")),
            (quarter, _("against its median of 90 days")),
        )
    )
    target = aimed.target_percent if isinstance(aimed, Pillar) else None
    return AimLine(
        name=name,
        posts=numbers.count(now.marked),
        share=numbers.share(now.marked / total) if total else "",
        target=numbers.share(target / 100) if target else "",
        interactions=numbers.written(now.median_interactions, "count"),
        rate=numbers.written(now.median_rate, "share"),
        changes=tuple(change for change in changes if change is not None),
        visits=numbers.count(visits) if visits else "",
        quotes=numbers.count(quotes) if quotes else "",
    )


def _shares_chart(
    found: Mapping[tuple[str, int | None], Summed], names: Mapping[int, Pillar]
) -> Chart | None:
    total = sum(one.marked for (span, _aim), one in found.items() if span == "now")
    shown = [one for one in names.values() if one.retired_at is None]
    if not total or len(shown) < 2:
        return None
    shares = {one.pk: found.get(("now", one.pk), NOTHING).marked / total for one in shown}
    off = sum(abs(shares[one.pk] - one.target_percent / 100) for one in shown if one.target_percent)
    says = (
        _("The mix is %(off)s away from the one you mean to have (0 = as meant).")
        % {"off": numbers.share(off / 2)}
        if any(one.target_percent for one in shown)
        else _("No pillar has a meant share yet: the strategy page sets it.")
    )
    return Chart(
        spec="shares.vl.json",
        title=_("Share of posts by pillar, and the meant one"),
        says=says,
        columns=(
            Column("pillar", _("Pillar"), "text"),
            Column("share", _("Share of posts")),
            Column("target", _("Meant share")),
        ),
        rows=tuple(
            (
                Cell(one.name, one.name),
                Cell(f"{shares[one.pk]:.4f}", numbers.share(shares[one.pk])),
                Cell(f"{one.target_percent / 100:.4f}", numbers.share(one.target_percent / 100))
                if one.target_percent
                else Cell("", "–"),
            )
            for one in shown
        ),
        axes=(_("Share of posts"), ""),
    )
