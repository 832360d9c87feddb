"""What came of it: figures at one age, against what is usual; of a campaign also its objective."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.documents.document import Table
from tesselle.domain.indicators import Base
from tesselle.measure import numbers, selectors
from tesselle.measure.adding_up import summaries
from tesselle.measure.choice import base_of
from tesselle.measure.explaining import Change, against
from tesselle.measure.indicators import RATE
from tesselle.measure.selectors import NOTHING, Span, Summed
from tesselle.report.document import Section
from tesselle.report.scope import Scope, campaign_of
from tesselle.report.sections.objective import objective_sentences
from tesselle.report.selectors import best_post
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class _Measured:
    """`found`: by span and channel, None for all of them."""

    found: Mapping[tuple[str, int | None], Summed]
    channels: Sequence[Channel]
    base: Base

    def now(self, channel: Channel | None = None) -> Summed:
        return self.found.get(("now", channel.pk if channel else None), NOTHING)

    def before(self, channel: Channel | None = None) -> Summed:
        return self.found.get(("before", channel.pk if channel else None), NOTHING)


def came(workspace: Workspace, scope: Scope, channels: Sequence[Channel]) -> Section:
    campaign, base = campaign_of(scope), base_of(workspace)
    pks = [channel.pk for channel in channels]
    if campaign is None:
        added = summaries(workspace, pks, scope, base, {"": ("now", "before"), "channel": ("now",)})
        found = {**added[""], **added["channel"]}
    else:
        spans: tuple[Span, ...] = ("now", "before")
        found = selectors.summary(pks, scope, base, campaign.pk, whole=spans, by_channel=spans)
    measured = _Measured(found, channels, base)
    sentences = [
        *_counted(workspace, scope, measured),
        *(objective_sentences(campaign) if campaign is not None else ()),
    ]
    source = reverse("measure:aims") if campaign is not None else reverse("measure:overview")
    return Section(_("What came of it"), tuple(sentences), _table(measured, campaign), source=source)


def _counted(workspace: Workspace, scope: Scope, measured: _Measured) -> list[str]:
    now = measured.now()
    if not now.with_interactions or now.interactions is None:
        return [
            _("No post of this month has figures at the age of seven days yet.")
            if campaign_of(scope) is None
            else _("No post of this campaign has figures at the age of seven days yet.")
        ]
    return [
        *(_by_channel(measured) if campaign_of(scope) is not None else _in_all(measured)),
        *_best(workspace, scope),
    ]


def _best(workspace: Workspace, scope: Scope) -> list[str]:
    one = best_post(workspace, scope)
    if one is None:
        return []
    sentence = _("The most came to “%(title)s”: %(n)s interactions.")
    return [sentence % {"title": one.title, "n": numbers.count(one.interactions)}]


def _in_all(measured: _Measured) -> list[str]:
    now = measured.now()
    sentence = ngettext(
        "%(n)s post was measured: %(interactions)s interactions.",
        "%(n)s posts were measured: %(interactions)s interactions in all, half of the posts have "
        "%(median)s or more.",
        now.with_interactions,
    ) % {
        "n": numbers.count(now.with_interactions),
        "interactions": numbers.count(now.interactions or 0),
        "median": numbers.written(now.median_interactions, "count"),
    }
    return [sentence, *_since_last_month(measured)]


def _since_last_month(measured: _Measured) -> list[str]:
    """With how little that may mean."""
    change = _change(measured, None)
    if change is None:
        return []
    sentence = _("Against the month before, the median changed by %(change)s.") % {"change": change.text}
    if change.is_thin:
        sentence += " " + _("With so few posts that is mostly luck.")
    return [sentence]


def _by_channel(measured: _Measured) -> list[str]:
    """Each channel against itself: networks count differently, so that a median of all says nothing."""
    now = measured.now()
    in_all = ngettext(
        "%(n)s post of it was measured: %(interactions)s interactions.",
        "%(n)s posts of it were measured: %(interactions)s interactions in all.",
        now.with_interactions,
    ) % {"n": numbers.count(now.with_interactions), "interactions": numbers.count(now.interactions or 0)}
    changes = [(one, _change(measured, one)) for one in measured.channels]
    sentences = [in_all]
    sentences += [
        _("On %(channel)s the median is %(change)s against your other posts of the 90 days before.")
        % {"channel": named(channel), "change": change.text}
        for channel, change in changes
        if change is not None and not change.is_thin
    ]
    if any(change is not None and change.is_thin for _channel, change in changes):
        sentences.append(
            _(
                "Channels with fewer than six posts on either side stand in the table only: there it is mostly luck."
            )
        )
    if all(change is None for _channel, change in changes):
        sentences.append(_("There are no other posts of the 90 days before to compare them with."))
    return sentences


def _change(measured: _Measured, channel: Channel | None) -> Change | None:
    now, before = measured.now(channel), measured.before(channel)
    return against(
        now.median_interactions,
        before.median_interactions,
        "",
        now.with_interactions,
        before.with_interactions,
    )


def _table(measured: _Measured, campaign: Campaign | None) -> Table | None:
    lines = [(one, mine) for one in measured.channels if (mine := measured.now(one)).marked]
    if not lines or not measured.now().with_interactions:
        return None
    rows = tuple(
        (
            named(one),
            numbers.count(mine.marked),
            numbers.written(mine.median_interactions, "count") or "–",
            *(_usual(measured, one) if campaign is not None else ()),
            numbers.written(mine.median_rate, "share") or "–",
        )
        for one, mine in lines
    )
    head = (
        pgettext("column", "Channel"),
        _("Posts measured"),
        _("Interactions, median"),
        *([_("Your other posts, median (how many)")] if campaign is not None else []),
        str(RATE[measured.base].name),
    )
    return Table(head, rows, figures=True, bars=_bars([mine.median_rate for _one, mine in lines]))


def _bars(rates: Sequence[float | None]) -> tuple[float, ...]:
    """Of rates, which are defined alike on all channels; none where there is nothing to compare."""
    known = [rate for rate in rates if rate is not None]
    if len(known) < 2 or not max(known):
        return ()
    return tuple((rate or 0.0) / max(known) for rate in rates)


def _usual(measured: _Measured, channel: Channel) -> tuple[str]:
    """Of how many posts, so that nobody leans on two."""
    before = measured.before(channel)
    median = numbers.written(before.median_interactions, "count")
    return (f"{median}\N{NO-BREAK SPACE}({numbers.count(before.with_interactions)})" if median else "–",)
