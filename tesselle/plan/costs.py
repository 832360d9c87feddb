"""What networks bill: for a post before it is planned, and for a channel's month."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from tesselle.channels.models import Channel
from tesselle.compose.desk import Desk
from tesselle.connectors.costs import Bill, bill_for
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery
from tesselle.networks import cards, plugin
from tesselle.plan import when
from tesselle.plan.standing import AWAITING, left_already, own_post
from tesselle.web.money import PRICE_DIGITS, money
from tesselle.web.panels import Content

NOT_BILLED = (DeliveryState.CANCELLED, DeliveryState.REFUSED, DeliveryState.MISSED)
"""Networks bill what they took; what will surely not go out costs nothing."""


@dataclass(frozen=True, slots=True)
class CostShown:
    """`month`: what the channel's deliveries of that month come to, planned ones included. `budget`: what it
    may spend a month, where this post makes it more."""

    channel: str
    amount: str
    month: str
    month_name: str
    budget: str = ""


def bill_of(channel: Channel, purpose: str, content: object) -> Bill | None:
    """None where nothing is billed."""
    connector, account = plugin(channel.network).connector, channel.account()
    steps = connector.steps(purpose, content, account)  # type: ignore[arg-type]  # a Content
    return bill_for(plugin(channel.network).card, steps, content)  # type: ignore[arg-type]


def month_of(instant: datetime) -> tuple[datetime, datetime]:
    """The first instant of the month, and of the next, in the instant's own zone."""
    start = instant.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    follows = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    return start, follows


def month_bills(channels: Iterable[Channel], now: datetime) -> dict[int, Decimal]:
    """By channel: this month's sum. Only channels whose network bills are looked at: one query."""
    billing = {card.slug for card in cards() if card.costs}
    asked = [channel for channel in channels if channel.network in billing]
    if not asked:
        return {}
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for delivery, amount in billed(asked, *month_of(localtime(now))):
        sums[delivery.channel_id] += amount
    return {channel.pk: sums[channel.pk] for channel in asked}


def billed(channels: Iterable[Channel], start: datetime, end: datetime) -> Iterator[tuple[Delivery, Decimal]]:
    """What goes out on them between two instants, in its order, and what each comes to."""
    rows = Delivery.objects.filter(channel__in=list(channels), due_at__gte=start, due_at__lt=end)
    for delivery in (
        rows.exclude(state__in=NOT_BILLED).select_related("channel", "variant").order_by("due_at", "id")
    ):
        bill = bill_of(delivery.channel, delivery.purpose, delivery.content)
        yield delivery, bill.amount if bill is not None else Decimal(0)


def cost_of_post(request: HttpRequest, *, desk: Desk) -> Content | None:
    """Beside the planning of a post: what it will cost, on the channels where it costs, in the month of its day."""
    ids = [place.channel.pk for place in desk.chosen if place.card.costs]
    if not ids:
        return None
    own = own_post(request.POST, desk)
    gone = left_already(desk, own)
    instants = when.instants(when.asked(request, desk), desk, ids)
    at = {pk: instant.astimezone(desk.workspace.tz) for pk, instant in instants.items()}
    sums = _sums_at(desk, at, own)
    shown = [_shown(desk, pk, at[pk], sums[pk], is_gone=pk in gone) for pk in ids]
    return Content("plan/_costs.html", {"costs": shown})


def cost_again(request: HttpRequest, *, desk: Desk) -> Content | None:
    """The same in the answer to each change: an address makes a post dearer, another day has another month."""
    content = cost_of_post(request, desk=desk)
    return content and Content(content.template, {**content.context, "is_again": True})


@dataclass(slots=True)
class _Sum:
    """What a channel's month comes to, and how much of it planning the post anew calls off."""

    month: Decimal = Decimal(0)
    called_off: Decimal = Decimal(0)


def _sums_at(desk: Desk, at: Mapping[int, datetime], own: int) -> Mapping[int, _Sum]:
    """One query for each month that is meant, mostly one."""
    found: dict[int, _Sum] = {pk: _Sum() for pk in at}
    for start, end in {month_of(instant) for instant in at.values()}:
        there = [desk.places[pk].channel for pk, instant in at.items() if start <= instant < end]
        for delivery, amount in billed(there, start, end):
            found[delivery.channel_id].month += amount
            if own and delivery.post_id == own and delivery.state in AWAITING:
                found[delivery.channel_id].called_off += amount
    return found


def _shown(desk: Desk, pk: int, at: datetime, sums: _Sum, *, is_gone: bool) -> CostShown:
    channel = desk.places[pk].channel
    bill = bill_of(channel, "post", desk.content(pk)) or Bill(Decimal(0), "")
    budget, more = channel.month_budget, Decimal(0) if is_gone else bill.amount
    is_passed = budget is not None and sums.month - sums.called_off + more > budget
    return CostShown(
        channel.named,
        price(channel, bill.amount),
        price(channel, sums.month),
        date_format(at, "F Y"),
        price(channel, budget) if budget is not None and is_passed else "",
    )


def cost_of_channel(_request: HttpRequest, *, channel: Channel) -> Content | None:
    """On a channel's page: what this month comes to."""
    now = channel.workspace.now()
    months = month_bills([channel], now)
    if channel.pk not in months:
        return None
    values = {
        "amount": price(channel, months[channel.pk]),
        "month": date_format(localtime(now), "F Y"),
        "budget": price(channel, channel.month_budget) if channel.month_budget is not None else "",
        "is_over": channel.month_budget is not None and months[channel.pk] > channel.month_budget,
    }
    return Content("plan/_month_cost.html", values)


def price(channel: Channel, amount: Decimal) -> str:
    """In the network's own currency."""
    return money(amount, plugin(channel.network).card.costs[0].currency, finest=PRICE_DIGITS)
