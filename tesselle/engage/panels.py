"""The comments' place on the page of a delivery."""

from django.http import HttpRequest

from tesselle.engage.selectors import are_reviews, conversation_of
from tesselle.engage.services import can_be_discussed
from tesselle.ledger.models import Delivery, Purpose
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
