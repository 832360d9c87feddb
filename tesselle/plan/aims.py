"""What a post is for, on the page of its delivery."""

from django.http import HttpRequest

from tesselle.ledger.models import Delivery
from tesselle.strategy.numbers import in_words
from tesselle.web.panels import Content


def aims_of_delivery(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    post = delivery.post
    if post is None or not (post.pillar_id or post.campaign_id or post.objective_id):
        return None
    context = {
        "pillar": post.pillar,
        "campaign": post.campaign,
        "objective": post.objective,
        "figure": in_words(post.objective) if post.objective else "",
    }
    return Content("plan/_aims.html", context)
