"""What the ledger adds to a channel's self-test: how much of the network's allowance is left."""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.connectors.card import Budget
from tesselle.connectors.protocols import SelfCheck
from tesselle.domain.messages import N_, Message
from tesselle.ledger.models import Attempt
from tesselle.networks import card

NEARLY = 0.1
"""Below this share of the allowance it is worth a word."""


def quota_left(channel: Channel) -> Iterable[SelfCheck]:
    """One line for each of the card's budgets, counted from the attempts that went out."""
    return [_line(channel, budget) for budget in card(channel.network).budgets]


def _line(channel: Channel, budget: Budget) -> SelfCheck:
    since = timezone.now() - timedelta(seconds=budget.seconds)
    used = Attempt.objects.filter(channel=channel, started_at__gt=since).count()
    left = max(budget.calls - used, 0)
    params: dict[str, str | int] = {"left": left, "all": budget.calls, "hours": round(budget.seconds / 3600)}
    if left == 0:
        return SelfCheck("quota", "attention", Message(USED_UP, params), Message(WAITS))
    state = "attention" if left <= budget.calls * NEARLY else "good"
    return SelfCheck("quota", "attention" if state == "attention" else "good", Message(LEFT, params))


LEFT = N_("%(left)s of %(all)s calls are left within %(hours)s hours.")
USED_UP = N_("All %(all)s calls of %(hours)s hours are used up.")
WAITS = N_("What falls due waits until the network gives more; nothing is lost.")
