"""What is left of somebody who asked to be forgotten: that one more mail went out, and nothing else."""

from datetime import datetime, timedelta
from typing import Any

from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Attempt, Delivery, Purpose, Step
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
    the number stays. Says of how many answers."""
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
            kept = {"id": (delivery.target or {}).get("id", ""), "url": "", "extra": {}}
            forgotten += Delivery.objects.filter(pk=delivery.pk).update(target=kept)
            Attempt.objects.filter(delivery=delivery).update(evidence={})
    return forgotten
