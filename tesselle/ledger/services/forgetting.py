"""What is left of somebody who asked to be forgotten: that one more mail went out, and nothing else."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from tesselle.domain.lifecycle import OUT, DeliveryState
from tesselle.ledger.models import Attempt, Delivery, Look, Purpose, Step
from tesselle.networks import cards

AT_REST = (
    DeliveryState.LIVE,
    DeliveryState.SENT,
    DeliveryState.REFUSED,
    DeliveryState.CANCELLED,
    DeliveryState.REMOVED,
)


def forget_recipient(*, recipient: str, **_: Any) -> None:
    """The number stays, which stands for nobody any more; what was frozen and what servers answered, in
    which the address may stand, does not."""
    steps = Step.objects.filter(recipient=recipient)
    Attempt.objects.filter(step__in=steps).update(evidence={})
    steps.update(frozen={})


def forget_others(now: datetime) -> int:
    """What others wrote is read on the network each time and kept nowhere. What an answer keeps of whom
    it answered is an address, which names them: where the network bounds how long that may be kept, only
    the number stays, and the instant from which our response time is counted. Says of how many answers."""
    forgotten = 0
    for network in cards():
        if network.of_others is None:
            continue
        until = now - timedelta(hours=min(network.of_others.words_hours, network.of_others.profiles_hours))
        answers = Delivery.objects.filter(
            purpose=Purpose.ANSWER,
            channel__network=network.slug,
            state__in=AT_REST,
            changed_at__lt=until,
        ).exclude(target__url="")
        for delivery in answers.only("pk", "target"):
            target = delivery.target or {}
            kept = {"id": target.get("id", ""), "url": "", "extra": {}}
            kept |= {name: target[name] for name in ("kind", "said_at") if name in target}
            forgotten += Delivery.objects.filter(pk=delivery.pk).update(target=kept)
            Attempt.objects.filter(delivery=delivery).update(evidence={})
    return forgotten


def forget_answered(answers: Iterable[Delivery]) -> None:
    """Somebody asks that nothing be kept of what they wrote. Our answer stays as far as it went out: our
    own words and where they stand. Whom it answered, what was frozen for it and what the network said go;
    an answer that never left, and now has no addressee, goes whole."""
    for answer in answers:
        if answer.state not in OUT and not answer.steps.filter(remote__isnull=False).exists():
            answer.delete()
            continue
        target = answer.target or {}
        told = {"said_at": target["said_at"]} if "said_at" in target else {}
        Delivery.objects.filter(pk=answer.pk).update(target={"id": "", "url": "", "extra": {}} | told)
        its_own = Q(delivery=answer) | Q(delivery__subject=answer)
        Look.objects.filter(Q(attempt__delivery=answer) | Q(attempt__delivery__subject=answer)).update(
            evidence={}
        )
        Attempt.objects.filter(its_own).update(evidence={})
        Step.objects.filter(its_own).update(frozen={})
