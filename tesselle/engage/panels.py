"""What people write, on the pages of a delivery and of a channel."""

from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.engage.access import may_read
from tesselle.engage.noticing import is_billed
from tesselle.engage.places import Place, below, of_account
from tesselle.engage.selectors import waiting_at
from tesselle.engage.switching import listens
from tesselle.engage.words import WORDS
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import card
from tesselle.web.money import PRICE_DIGITS, money
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def replies_panel(request: HttpRequest, *, delivery: Delivery) -> Content | None:
    """A button, and how many wait: words are read when a person wants to know them."""
    place = below(delivery)
    return None if place is None else Content("engage/_panel.html", {"shown": [_shown(place)]})


def account_panel(request: HttpRequest, *, channel: Channel) -> Content | None:
    """On a channel's page: what people write to the whole account."""
    member: Member | None = getattr(request, "member", None)
    if member is None:
        return None
    places = [place for place in of_account(channel) if may_read(member, place)]
    return Content("engage/_panel.html", {"shown": [_shown(place) for place in places]}) if places else None


def _shown(place: Place) -> dict[str, object]:
    return {
        "kind": place.kind.value,
        "words": WORDS[place.kind],
        "url": place.address(),
        "waiting": waiting_at(place),
    }


def listening_panel(request: HttpRequest, *, channel: Channel) -> Content | None:
    """On a channel's page: whether new comments are looked for, where that costs."""
    member: Member | None = getattr(request, "member", None)
    cost = card(channel.network).comment_cost
    if member is None or cost is None or not is_billed(channel.network):
        return None
    context = {
        "channel": channel,
        "network": card(channel.network).name,
        "is_on": listens(channel),
        "price": money(cost.amount, cost.currency, finest=PRICE_DIGITS),
        "may_manage": may(member, Right.MANAGE),
    }
    return Content("engage/_listening.html", context)


def answered_panel(request: HttpRequest, *, delivery: Delivery) -> Content | None:
    """On the page of an answer: what is kept of whom it answered, and how it is erased."""
    member: Member | None = getattr(request, "member", None)
    if delivery.purpose != Purpose.ANSWER or member is None:
        return None
    context = {
        "delivery": delivery,
        "is_kept": bool((delivery.target or {}).get("id")),
        "may_erase": may(member, Right.OWN),
    }
    return Content("engage/_answered.html", context)
