"""A delivery to many recipients, summed up: how many got it, and the few about whom there is something to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from tesselle.audience.models import Subscriber
from tesselle.domain.lifecycle import AttemptState
from tesselle.ledger.hot.recipients import MOST_PUT_OFF
from tesselle.ledger.models import Attempt, Delivery, Step

MOST_SHOWN = 50
_UNFINISHED = frozenset({"planned", "queued", "sending", "waiting", "settling", "blocked", "partial"})


@dataclass(frozen=True, slots=True)
class Trouble:
    """One recipient who did not surely get it. `said`: the server's words."""

    address: str
    is_doubtful: bool
    said: str


@dataclass(frozen=True, slots=True)
class Mailing:
    """`others`: still to go, or, once all is done, those who had left meanwhile. `more`: troubles beyond
    the first `MOST_SHOWN`."""

    all: int
    accepted: int
    doubtful: int
    refused: int
    is_finished: bool
    troubles: Sequence[Trouble]

    @property
    def others(self) -> int:
        return self.all - self.accepted - self.doubtful - self.refused

    @property
    def more(self) -> int:
        return self.doubtful + self.refused - len(self.troubles)


def mailing_of(delivery: Delivery) -> Mailing | None:
    """None for a delivery that goes to no list, or has not left yet."""
    counts = _steps(delivery).aggregate(
        all=Count("pk"),
        accepted=Count("pk", filter=Q(remote__isnull=False)),
        doubtful=Count("pk", filter=_DOUBTFUL),
        refused=Count("pk", filter=_REFUSED),
    )
    if not counts["all"]:
        return None
    troubled = _steps(delivery).filter(_DOUBTFUL | _REFUSED).order_by(F("is_doubtful").desc(), "position")
    is_finished = delivery.state not in _UNFINISHED
    return Mailing(**counts, is_finished=is_finished, troubles=_troubles(list(troubled[:MOST_SHOWN])))


_DOUBTFUL = Q(remote__isnull=True) & Q(("is_doubtful", True))
_REFUSED = (
    Q(remote__isnull=True)
    & Q(("is_doubtful", False))
    & (Q(("is_refused", True)) | Q(("put_off__gte", MOST_PUT_OFF)))
)


def _steps(delivery: Delivery) -> QuerySet[Step]:
    """With what became of each."""
    tried = Attempt.objects.filter(step=OuterRef("pk"))
    return (
        Step.objects.filter(delivery=delivery)
        .exclude(recipient="")
        .annotate(
            is_doubtful=Exists(tried.filter(state=AttemptState.AMBIGUOUS)),
            is_refused=Exists(tried.filter(verdict__startswith="refused:")),
            put_off=Count("attempts", filter=Q(attempts__verdict="put_off")),
        )
    )


def _troubles(steps: Sequence[Step]) -> list[Trouble]:
    numbers = [step.recipient for step in steps]
    people = Subscriber.objects.filter(public_id__in=numbers).values_list("public_id", "address")
    known = {str(number): address for number, address in people}
    attempts = Attempt.objects.filter(step__in=steps).order_by("id")
    last: Mapping[int, Attempt] = {attempt.step_id: attempt for attempt in attempts}
    return [
        Trouble(
            address=known.get(step.recipient) or _("an address that was forgotten"),
            is_doubtful=bool(getattr(step, "is_doubtful")),  # noqa: B009 - annotated
            said=_said(last[step.pk].evidence) if step.pk in last else "",
        )
        for step in steps
    ]


def _said(evidence: Mapping[str, Any]) -> str:
    if "status" in evidence:
        return f"{evidence['status']} {evidence.get('answer', '')}".strip()
    return str(evidence.get("cause", ""))
