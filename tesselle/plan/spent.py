"""What a channel has spent of its network's allowance on a day: each try at a call, whatever it was for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Coalesce

from tesselle.domain.lifecycle import TO_COME
from tesselle.ledger.models import Attempt
from tesselle.plan.allowances import Calls, daily_limit
from tesselle.plan.selectors import ChannelRow, midnight
from tesselle.workspaces.models import Workspace


def spent(workspace: Workspace, channels: Mapping[int, ChannelRow], days: Iterable[date]) -> Calls:
    """Of those days that have begun, by the workspace's clock and calendar. What is still under way is left
    out: it counts as planned, with all that it takes."""
    found: Counter[tuple[date, int]] = Counter()
    today = workspace.now().astimezone(workspace.tz).date()
    limits = {pk: limit for pk, one in channels.items() if (limit := daily_limit(one.network)) is not None}
    begun = {day for day in days if day <= today}
    if limits and begun:
        for channel_id, kind, at in _tries(workspace, min(begun), max(begun), list(limits)):
            day = at.astimezone(workspace.tz).date()
            if day in begun:
                found[day, channel_id] += limits[channel_id].taken_by((kind,))
    return found


def _tries(
    workspace: Workspace, first: date, last: date, channels: list[int]
) -> Iterable[tuple[int, str, datetime]]:
    """In one question, however many days."""
    start, end = midnight(first, workspace.tz), midnight(last + timedelta(days=1), workspace.tz)
    lived = F("started_at") + Coalesce("shift_started", timedelta(0))
    tries = Attempt.objects.filter(channel__in=channels)
    if not workspace.is_practice:  # its clock is the real one, by which there is an index
        tries = tries.filter(started_at__gte=start, started_at__lt=end)
    return (
        tries.annotate(lived=ExpressionWrapper(lived, DateTimeField()))
        .filter(lived__gte=start, lived__lt=end)
        .exclude(delivery__state__in=TO_COME)
        .values_list("channel_id", "step__kind", "lived")
    )
