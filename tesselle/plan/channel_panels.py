"""What the plan tells on a channel's pages, and which channels need somebody before the next post."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min
from django.http import HttpRequest

from tesselle.channels.models import Channel
from tesselle.channels.notices import ChannelNotice, channel_notices
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Attempt, Delivery
from tesselle.web.panels import Content
from tesselle.workspaces.models import Workspace

AHEAD = (DeliveryState.PLANNED, DeliveryState.QUEUED, DeliveryState.WAITING, DeliveryState.BLOCKED)


@dataclass(frozen=True, slots=True)
class ChannelAtRisk:
    """`next_due_at`: when the first post falls due that the notice stands in the way of."""

    notice: ChannelNotice
    waiting: int
    next_due_at: datetime | None

    @property
    def is_urgent(self) -> bool:
        """Posts stand still, or the next one falls due when nothing can leave, or a renewal failed
        with a post ahead."""
        notice, due = self.notice, self.next_due_at
        if notice.is_urgent or due is None:
            return notice.is_urgent
        return notice.kind == "renewal_failed" or (notice.until is not None and notice.until <= due)


def channels_needing_you(workspace: Workspace) -> tuple[ChannelAtRisk, ...]:
    """For “needs you”: what channels want mended, the urgent first. Two queries."""
    notices = channel_notices(workspace)
    if not notices:
        return ()
    ahead: dict[int, dict[str, Any]] = {
        row["channel_id"]: dict(row)
        for row in Delivery.objects.filter(
            channel__in=[notice.channel.pk for notice in notices], state__in=AHEAD
        )
        .values("channel_id")
        .annotate(count=Count("id"), first=Min("due_at"))
    }
    found = [
        ChannelAtRisk(
            notice,
            ahead.get(notice.channel.pk, {}).get("count", 0),
            ahead.get(notice.channel.pk, {}).get("first"),
        )
        for notice in notices
    ]
    return tuple(sorted(found, key=lambda one: not one.is_urgent))


def what_is_planned_there(_request: HttpRequest, *, channel: Channel) -> Content | None:
    """Said before a channel is disconnected."""
    ahead = Delivery.objects.filter(channel=channel, state__in=AHEAD).aggregate(
        count=Count("id"), first=Min("due_at")
    )
    return Content("plan/_planned_there.html", {"count": ahead["count"], "first": ahead["first"]})


LAST_CALLS = 8


def last_calls(_request: HttpRequest, *, channel: Channel) -> Content | None:
    """The newest tries on a channel's page, each leading to its delivery."""
    attempts = (
        Attempt.objects.filter(channel=channel, started_at__isnull=False)
        .select_related("delivery", "step")
        .order_by("-started_at")[:LAST_CALLS]
    )
    return Content("plan/_last_calls.html", {"attempts": attempts}) if attempts else None
