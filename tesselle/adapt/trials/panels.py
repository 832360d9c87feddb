"""On the page of a delivery: which arm of which experiment it is."""

from urllib.parse import urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.trials.pages import arm_words
from tesselle.learn import words
from tesselle.learn.models import Finding
from tesselle.ledger.models import Delivery
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.web.panels import Content
from tesselle.workspaces.access import Right, may, member_of


def arm_of_delivery(_request: HttpRequest, *, delivery: Delivery) -> Content | None:
    pair = next(iter(_pair.records({SOME_ID: delivery.pk})), None)
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


_pair = KeptQuery(
    lambda: Pair.objects.filter(Q(delivery_a=SOME_ID) | Q(delivery_b=SOME_ID)).select_related("experiment")[
        :1
    ],
    is_planned_once=True,
)


def try_it_out(request: HttpRequest, *, finding: Finding) -> Content | None:
    """From an idea, or from two things that cannot be told apart, to the experiment that would tell."""
    is_open = finding.certainty == "worth_testing" or finding.twin_factor
    if not is_open or not may(member_of(request), Right.PLAN):
        return None
    factor, arm = _as_arm(finding)
    query = urlencode({"factor": factor, "a": arm, "channel": finding.channel_id or ""})
    return Content("adapt/_try.html", {"url": f"{reverse('adapt:new_experiment')}?{query}"})


def _as_arm(finding: Finding) -> tuple[str, str]:
    if finding.factor == "format":
        return Experiment.Factor.FORMAT.value, finding.level
    if finding.factor == "hour":
        return Experiment.Factor.SLOT.value, f"{int(finding.level):02}:00"
    return Experiment.Factor.WORDING.value, words.subject(finding.factor, finding.level)
