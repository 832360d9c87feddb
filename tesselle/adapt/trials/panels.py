"""On the page of a delivery: which arm of which experiment it is."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from tesselle.adapt.models import Pair
from tesselle.adapt.trials.pages import arm_words
from tesselle.ledger.models import Delivery
from tesselle.web.panels import Content


def arm_of_delivery(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    pair = (
        Pair.objects.filter(Q(delivery_a=delivery) | Q(delivery_b=delivery))
        .select_related("experiment")
        .first()
    )
    if pair is None:
        return None
    arm = "a" if pair.delivery_a_id == delivery.pk else "b"
    context = {
        "arm": arm.upper(),
        "words": arm_words(pair.experiment, arm),
        "number": pair.number,
        "url": reverse("adapt:experiment", args=[pair.experiment_id]),
        "is_void": bool(pair.void),
    }
    return Content("adapt/_arm.html", context)
