"""What is left of somebody who asked to be forgotten: that one more mail went out, and nothing else."""

from typing import Any

from tesselle.ledger.models import Attempt, Step


def forget_recipient(*, recipient: str, **_: Any) -> None:
    """The number stays, which stands for nobody any more; what was frozen and what servers answered, in
    which the address may stand, does not."""
    steps = Step.objects.filter(recipient=recipient)
    Attempt.objects.filter(step__in=steps).update(evidence={})
    steps.update(frozen={})
