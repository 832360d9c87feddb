"""The comments' place on the page of a delivery."""

from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.engage.noticing import is_billed
from tesselle.engage.selectors import are_reviews, conversation_of
from tesselle.engage.services import can_be_discussed
from tesselle.engage.switching import listens
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import card
from tesselle.web.money import PRICE_DIGITS, money
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member


def replies_panel(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    """A button, and how many wait: words are read when a person wants to know them."""
    if not can_be_discussed(delivery):
        return None
    conversation = conversation_of(delivery)
    context = {
        "delivery": delivery,
        "are_reviews": are_reviews(delivery),
        "waiting": conversation.heard.filter(state="open").count() if conversation is not None else 0,
    }
    return Content("engage/_panel.html", context)


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
