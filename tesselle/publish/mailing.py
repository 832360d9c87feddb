"""A delivery to many recipients, summed up: how many got it, and the few about whom there is something to say."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from tesselle.audience.models import Subscriber
from tesselle.domain.lifecycle import AttemptState
from tesselle.ledger.hot.recipients import MOST_PUT_OFF
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.web.kept_query import SOME_ID, KeptQuery

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


_counts = KeptQuery(
    lambda: (
        Step.objects.filter(delivery=SOME_ID)
        .exclude(recipient="")
        .order_by()
        .values("delivery_id")
        .annotate(all=Count("pk"), accepted=Count("pk", filter=Q(remote__isnull=False)))
        .values_list("all", "accepted")
    ),
    is_planned_once=True,
)


def mailing_of(delivery: Delivery) -> Mailing | None:
    """None for a delivery that goes to no list, or has not left yet."""
    counts = dict(
        zip(("all", "accepted"), next(iter(_counts.rows({SOME_ID: delivery.pk})), ()), strict=False)
    )
    if not counts:
        return None
    steps = Step.objects.filter(delivery=delivery).exclude(recipient="")
    doubtful, refused = _troubled(delivery)
    shown = steps.filter(pk__in=doubtful[:MOST_SHOWN]), steps.filter(pk__in=refused[:MOST_SHOWN])
    found = [(step, place == 0) for place, some in enumerate(shown) for step in some.order_by("position")]
    return Mailing(
        **counts,
        doubtful=len(doubtful),
        refused=len(refused),
        is_finished=delivery.state not in _UNFINISHED,
        troubles=_troubles(found[:MOST_SHOWN]),
    )


def _troubled(delivery: Delivery) -> tuple[list[int], list[int]]:
    """The steps in doubt, and those that were refused or put off too often. Asked of the attempts alone
    that did not go well: few, however long the list."""
    bad = Q(state=AttemptState.AMBIGUOUS) | Q(verdict__startswith="refused:") | Q(verdict="put_off")
    tries = Attempt.objects.filter(bad, delivery=delivery, step__remote__isnull=True).order_by(
        "step__position"
    )
    doubtful, refused, put_off = dict[int, None](), dict[int, None](), Counter[int]()
    for step, state, verdict in tries.values_list("step_id", "state", "verdict"):
        if state == AttemptState.AMBIGUOUS:
            doubtful[step] = None
        elif verdict.startswith("refused:"):
            refused[step] = None
        else:
            put_off[step] += 1
    refused |= {step: None for step, times in put_off.items() if times >= MOST_PUT_OFF}
    return list(doubtful), [step for step in refused if step not in doubtful]


def _troubles(found: Sequence[tuple[Step, bool]]) -> list[Trouble]:
    steps = [step for step, _is_doubtful in found]
    numbers = [step.recipient for step in steps]
    people = Subscriber.objects.filter(public_id__in=numbers).values_list("public_id", "address")
    known = {str(number): address for number, address in people}
    attempts = Attempt.objects.filter(step__in=steps).order_by("id")
    last: Mapping[int, Attempt] = {attempt.step_id: attempt for attempt in attempts}
    return [
        Trouble(
            address=known.get(step.recipient) or _("an address that was forgotten"),
            is_doubtful=is_doubtful,
            said=_said(last[step.pk].evidence) if step.pk in last else "",
        )
        for step, is_doubtful in found
    ]


def _said(evidence: Mapping[str, Any]) -> str:
    if "status" in evidence:
        return f"{evidence['status']} {evidence.get('answer', '')}".strip()
    return str(evidence.get("cause", ""))
