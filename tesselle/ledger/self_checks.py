"""What the ledger adds to a channel's self-test: how much of the network's allowance is left."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.connectors.card import Budget
from tesselle.connectors.protocols import SelfCheck
from tesselle.domain.messages import N_, Message
from tesselle.ledger.models import Attempt
from tesselle.networks import card
from tesselle.workspaces.models import Workspace

NEARLY = 0.1
"""Below this share of the allowance it is worth a word."""


def quota_left(channel: Channel) -> Iterable[SelfCheck]:
    """One line for each of the card's budgets, counted from the attempts that went out."""
    return [_line(channel, budget) for budget in card(channel.network).budgets]


def _line(channel: Channel, budget: Budget) -> SelfCheck:
    used = _used(channel, budget)
    left = max(budget.calls - used, 0)
    in_hours = budget.seconds >= 3600
    span = round(budget.seconds / 3600) if in_hours else max(round(budget.seconds / 60), 1)
    params: dict[str, str | int] = {
        "left": left,
        "all": budget.calls,
        "hours" if in_hours else "minutes": span,
    }
    if left == 0:
        used_up = UNITS_USED_UP if budget.units else USED_UP if in_hours else USED_UP_SOON
        return SelfCheck("quota", "attention", Message(used_up, params), Message(WAITS))
    words = Message(_left(budget, in_hours=in_hours), params)
    return SelfCheck("quota", "attention" if left <= budget.calls * NEARLY else "good", words)


def _left(budget: Budget, *, in_hours: bool) -> str:
    if budget.units:
        return UNITS_LEFT_OF_APP if budget.scope == "app" else UNITS_LEFT
    return LEFT_OF_APP if budget.scope == "app" else LEFT if in_hours else LEFT_SOON


def _used(channel: Channel, budget: Budget) -> int:
    """On the workspace's clock; where an application shares it, by every channel signed in through it."""
    since, now = timedelta(seconds=budget.seconds), timezone.now()
    own = Q(channel=channel)
    if budget.scope == "app" and channel.app:
        own = Q(channel__network=channel.network, channel__app=channel.app)
        if channel.workspace.is_practice:
            own &= Q(channel__workspace=channel.workspace)
        else:
            own &= ~Q(channel__workspace__world_kind=Workspace.WorldKind.PRACTICE)
    lived = F("started_at") + Coalesce("shift_started", timedelta(0))
    attempts = (
        Attempt.objects.filter(own, started_at__gt=now - since, started_at__lte=now)
        .annotate(lived=ExpressionWrapper(lived, DateTimeField()))
        .filter(lived__gt=channel.workspace.now() - since)
    )
    return (
        budget.taken_by(attempts.values_list("step__kind", flat=True)) if budget.units else attempts.count()
    )


LEFT = N_("Calls left: %(left)s of %(all)s (in any %(hours)s h).")
LEFT_OF_APP = N_(
    "Calls left: %(left)s of %(all)s (in any %(hours)s h), for all channels of the same application."
)
UNITS_LEFT = N_("Units left: %(left)s of %(all)s (in any %(hours)s h).")
UNITS_LEFT_OF_APP = N_(
    "Units left: %(left)s of %(all)s (in any %(hours)s h), for all channels of the same application."
)
UNITS_USED_UP = N_("All %(all)s units of %(hours)s h are used up.")
LEFT_SOON = N_("Calls left: %(left)s of %(all)s (in any %(minutes)s min).")
USED_UP_SOON = N_("All %(all)s calls of %(minutes)s min are used up.")
USED_UP = N_("All %(all)s calls of %(hours)s h are used up.")
WAITS = N_("What falls due waits until the network gives more; nothing is lost.")
