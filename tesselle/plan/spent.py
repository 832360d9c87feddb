"""What a channel has spent of its network's allowance on a day: each try at a call, whatever it was for."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Coalesce

from tesselle.domain.lifecycle import TO_COME
from tesselle.ledger.models import Attempt
from tesselle.plan.allowances import Calls, daily_limit
from tesselle.plan.selectors import ChannelRow, midnight
from tesselle.web.kept_query import SOME_IDS, SOME_TIME, KeptQuery
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
    return _lived(workspace.is_practice).rows({SOME_IDS: channels, SOME_TIME: start, _END: end})


_END = SOME_TIME + timedelta(days=1)


@cache
def _lived(is_practice: bool) -> KeptQuery[Attempt]:
    """Without practice the workspace's clock is the real one, by which there is an index."""
    lived = F("started_at") + Coalesce("shift_started", timedelta(0))
    real = {} if is_practice else {"started_at__gte": SOME_TIME, "started_at__lt": _END}
    return KeptQuery(
        lambda: (
            Attempt.objects.filter(channel__any_of=SOME_IDS, **real)
            .annotate(lived=ExpressionWrapper(lived, DateTimeField()))
            .filter(lived__gte=SOME_TIME, lived__lt=_END)
            .exclude(delivery__state__in=TO_COME)
            .values_list("channel_id", "step__kind", "lived")
        )
    )
