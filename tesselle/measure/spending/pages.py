"""What the page of costs shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.measure import numbers
from tesselle.measure.explaining import Change, Explained
from tesselle.measure.models import Spending
from tesselle.measure.pages import PERIODS, Choice, period_words
from tesselle.measure.spending.forms import RateForm, SpendingForm
from tesselle.measure.spending.pricing import Pricing, pricing_of
from tesselle.measure.spending.selectors import Gained, Spent, accounts
from tesselle.strategy.models import Campaign
from tesselle.web.dates import written
from tesselle.workspaces.models import Member

MOST_LINES = 50


@dataclass(frozen=True, slots=True)
class CostLine:
    """`per_quote` empty: no request is known to have come from there, or it is what was noted for all: that brought
    more than the requests of unknown origin beside it."""

    name: str
    time: str
    money: str
    cost: str
    quotes: str
    per_quote: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    id: int
    day: date
    purpose: str
    time: str
    money: str
    concerns: str
    note: str


@dataclass(frozen=True, slots=True)
class CostsPage:
    currency: str
    periods: tuple[Choice, ...]
    figures: tuple[Explained, ...]
    tables: tuple[tuple[str, tuple[CostLine, ...]], ...]
    lines: tuple[EntryLine, ...]
    form: SpendingForm | None
    rate_form: RateForm | None


def costs_page(member: Member, days: int, form: SpendingForm | None, rate_form: RateForm | None) -> CostsPage:
    workspace = member.workspace
    last = workspace.today()
    first = last - timedelta(days=days - 1)
    before = (first - timedelta(days=days), first - timedelta(days=1))
    now, earlier = accounts(workspace, first, last), accounts(workspace, *before)
    pricing = pricing_of(workspace)
    rows = Spending.objects.filter(workspace=workspace).select_related("post", "campaign", "channel")
    return CostsPage(
        currency=workspace.currency,
        periods=tuple(
            Choice(period_words(one), f"{reverse('measure:costs')}?days={one}", one == days)
            for one in PERIODS
        ),
        figures=_figures(now.all_spent, now.all_gained, earlier.all_spent, earlier.all_gained, pricing),
        tables=tuple(
            (title, lines)
            for title, key, names in (
                (_("By month"), "month", _months),
                (_("By channel"), "channel", _channels),
                (_("By campaign"), "campaign", _campaigns),
            )
            if len(lines := _lines(now.spent[key], now.gained[key], names, pricing))
        ),
        lines=tuple(_entry(one, pricing) for one in rows.order_by("-day", "-pk")[:MOST_LINES]),
        form=form,
        rate_form=rate_form,
    )


def _figures(
    spent: Spent, gained: Gained, spent_before: Spent, gained_before: Gained, pricing: Pricing
) -> tuple[Explained, ...]:
    rate = pricing.rate
    cost, before = spent.cost(rate), spent_before.cost(rate)
    without_rate = (
        (_("An hour has no price yet: time is not in the costs."),) if not rate and spent.minutes else ()
    )
    nothing = _("Nothing was noted")
    worked = (
        f"{pricing.money(spent.amount)} + {hours(spent.minutes)} × {pricing.money(rate)} = {pricing.money(cost)}"
        if rate and spent.minutes
        else ""
    )
    return (
        Explained(
            key="time",
            name=pgettext("spending", "Time spent"),
            value=hours(spent.minutes) if spent.minutes else "",
            formula=_("as it was noted"),
            why=nothing,
            changes=_changes(Decimal(spent.minutes), Decimal(spent_before.minutes)),
        ),
        Explained(
            key="cost",
            name=pgettext("spending", "Costs"),
            value=pricing.money(cost) if cost else "",
            formula=_("money + hours × the price of an hour"),
            worked=worked,
            why=nothing,
            missing=without_rate,
            changes=_changes(cost, before),
        ),
        _per(
            "cost_per_quote",
            _("Cost of a request for a quote"),
            _Paid(cost, gained.quotes),
            _Paid(before, gained_before.quotes),
            pricing,
            without_rate,
        ),
        _per(
            "cost_per_job",
            _("Cost of a signed job"),
            _Paid(cost, gained.jobs),
            _Paid(before, gained_before.jobs),
            pricing,
            without_rate,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Paid:
    cost: Decimal
    count: int

    @property
    def each(self) -> Decimal | None:
        return self.cost / self.count if self.cost and self.count else None


def _per(
    key: str, name: str, now: _Paid, before: _Paid, pricing: Pricing, missing: tuple[str, ...]
) -> Explained:
    value = now.each
    return Explained(
        key=key,
        name=name,
        value=pricing.money(value) if value is not None else "",
        formula=_("costs of the period ÷ those noted in the period"),
        worked=f"{pricing.money(now.cost)} ÷ {numbers.count(now.count)} = {pricing.money(value)}"
        if value is not None
        else "",
        why=_("None was noted in this period") if not now.count else _("Nothing was noted as spent"),
        note=_(
            "All costs over all that came, wherever it came from. Jobs often come weeks after the posts they "
            "came from."
        ),
        variants=_("Without the hours; only what came from social networks."),
        missing=missing,
        changes=_changes(value or Decimal(0), before.each or Decimal(0)),
    )


def _changes(value: Decimal, before: Decimal) -> tuple[Change, ...]:
    if not value or not before:
        return ()
    return (Change(numbers.change(float(value / before) - 1), _("against the period before")),)


def _lines(
    spent: Mapping[Any, Spent],
    gained: Mapping[Any, Gained],
    names: Callable[[list[Any]], Mapping[Any, str]],
    pricing: Pricing,
) -> tuple[CostLine, ...]:
    keys = [*spent, *(key for key in gained if key not in spent)]
    if not any(key is not None for key in keys):
        return ()
    known, shared = names(keys), pgettext("spending", "for all")
    ordered = sorted(keys, key=lambda key: (key is None, str(key)))
    return tuple(
        _line(
            known.get(key) or shared,
            spent.get(key, Spent()),
            gained.get(key, Gained()),
            pricing,
            is_shared=key is None,
        )
        for key in ordered
    )


def _line(name: str, spent: Spent, gained: Gained, pricing: Pricing, *, is_shared: bool) -> CostLine:
    cost = spent.cost(pricing.rate)
    has_share = bool(cost and gained.quotes) and not is_shared
    return CostLine(
        name=name,
        time=hours(spent.minutes) if spent.minutes else "",
        money=pricing.money(spent.amount) if spent.amount else "",
        cost=pricing.money(cost) if cost else "",
        quotes=numbers.count(gained.quotes) if gained.quotes else "",
        per_quote=pricing.money(cost / gained.quotes) if has_share else "",
    )


def _months(keys: list[Any]) -> dict[Any, str]:
    style = pgettext("date format", "F Y")
    return {key: written(key, style) for key in keys if isinstance(key, date)}


def _channels(keys: list[Any]) -> dict[Any, str]:
    found = Channel.objects.in_bulk([key for key in keys if key])
    return {
        pk: f"{one.display_name or one.handle} ({network_name(one.network)})" for pk, one in found.items()
    }


def _campaigns(keys: list[Any]) -> dict[Any, str]:
    return {pk: one.name for pk, one in Campaign.objects.in_bulk([key for key in keys if key]).items()}


def _entry(one: Spending, pricing: Pricing) -> EntryLine:
    concerns = filter(
        None,
        (
            one.post.name if one.post else "",
            one.campaign.name if one.campaign else "",
            one.channel.named if one.channel else "",
        ),
    )
    return EntryLine(
        id=one.pk,
        day=one.day,
        purpose=one.get_purpose_display(),
        time=hours(one.minutes) if one.minutes else "",
        money=pricing.money(one.amount) if one.amount else "",
        concerns=", ".join(concerns),
        note=one.note,
    )


def hours(minutes: int) -> str:
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    return _("%(hours)s h %(minutes)02d") % {"hours": numbers.count(minutes // 60), "minutes": minutes % 60}
