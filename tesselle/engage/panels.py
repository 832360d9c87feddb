"""The comments' place on the page of a delivery."""

from django.http import HttpRequest

from tesselle.engage.services import are_reviews, can_be_discussed
from tesselle.ledger.models import Delivery
from tesselle.web.panels import Content


def replies_panel(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    """A button only: networks are asked when a person wants to know."""
    if not can_be_discussed(delivery):
        return None
    return Content("engage/_panel.html", {"delivery": delivery, "are_reviews": are_reviews(delivery)})
