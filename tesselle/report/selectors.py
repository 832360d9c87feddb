"""What the report asks beyond the figures' own pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import pgettext

from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import Mark
from tesselle.measure.selectors import OUT
from tesselle.report.month import Month
from tesselle.workspaces.models import Workspace

NOT_OUT = ("missed", "refused", "blocked", "unknown")


@dataclass(frozen=True, slots=True)
class Out:
    """By channel: how many posts went out, and how many that were planned did not."""

    sent: Mapping[int, int]
    missed: Mapping[int, int]


def out_of(workspace: Workspace, month: Month) -> Out:
    rows = list(
        Delivery.objects.filter(
            workspace=workspace,
            purpose=Purpose.POST,
            due_at__gte=month.since,
            due_at__lt=month.until,
            state__in=(*OUT, *NOT_OUT),
        )
        .values("channel_id")
        .annotate(sent=Count("pk", filter=Q(state__in=OUT)), missed=Count("pk", filter=Q(state__in=NOT_OUT)))
    )
    return Out(
        {row["channel_id"]: row["sent"] for row in rows if row["sent"]},
        {row["channel_id"]: row["missed"] for row in rows if row["missed"]},
    )


@dataclass(frozen=True, slots=True)
class Best:
    title: str
    interactions: int


def best_posts(workspace: Workspace, month: Month, most: int) -> list[Best]:
    """Those with the most interactions at seven days; the earlier one of equals."""
    marks = (
        Mark.objects.filter(
            channel__workspace=workspace,
            age_days=month.age_days,
            published_at__gte=month.since,
            published_at__lt=month.until,
            interactions__gt=0,
        )
        .select_related("series__delivery__post")
        .order_by("-interactions", "published_at", "pk")[:most]
    )
    return [Best(_title(mark), mark.interactions or 0) for mark in marks]


def _title(mark: Mark) -> str:
    delivery = mark.series.delivery
    name = delivery.post.name if delivery is not None and delivery.post is not None else ""
    return name or pgettext("post", "Untitled")


def months_with_posts(workspace: Workspace, now: Month, most: int = 12) -> list[Month]:
    """This month and those before it, back to the first post that went out; newest first."""
    first = Delivery.objects.filter(workspace=workspace, state__in=OUT).order_by("due_at").first()
    found = [now]
    while first is not None and len(found) < most and found[-1].since > first.due_at:
        found.append(found[-1].previous)
    return found
