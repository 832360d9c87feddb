"""What happened while the clock was moved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Case, Count, DateTimeField, F, Q, QuerySet, When

from tesselle.ledger.models import Delivery
from tesselle.sandbox.models import ClockRun
from tesselle.workspaces.models import Workspace

LATEST = 200
OUT = ("live", "sent", "partial")
TROUBLE = ("blocked", "refused", "unknown", "missed", "partial", "removed")

_TOTALS = """
SELECT coalesce(sum((s.latest->>'reactions')::bigint), 0), coalesce(sum((s.latest->>'comments')::bigint), 0)
FROM measure_series s JOIN channels_channel c ON c.id = s.channel_id
WHERE c.workspace_id = %s AND s.delivery_id IS NOT NULL
"""


def totals(workspace: Workspace) -> dict[str, int]:
    """All reactions and comments counted so far."""
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [workspace.pk])
        reactions, comments = cursor.fetchone()
    return {"reactions": int(reactions), "comments": int(comments)}


def latest_run(workspace: Workspace) -> ClockRun | None:
    return ClockRun.objects.filter(workspace=workspace).order_by("-pk").first()


@dataclass(frozen=True, slots=True)
class Happened:
    """On one run. `lines`: the latest deliveries, each with `told_at`, an instant of its clock."""

    published: int
    trouble: int
    reactions: int
    comments: int
    lines: list[Delivery]


def happened(run: ClockRun) -> Happened:
    told = _told(run)
    counts = told.aggregate(
        published=Count("pk", filter=Q(state__in=OUT)), trouble=Count("pk", filter=Q(state__in=TROUBLE))
    )
    now = totals(run.workspace)
    lines = told.select_related("channel", "post").order_by("-told_at", "-pk")[:LATEST]
    return Happened(
        published=counts["published"],
        trouble=counts["trouble"],
        reactions=now["reactions"] - run.before.get("reactions", 0),
        comments=now["comments"] - run.before.get("comments", 0),
        lines=list(lines),
    )


def _told(run: ClockRun) -> QuerySet[Any]:
    """A post that is out is told of at the hour it went out: later looks at it are no news."""
    until: datetime = run.reached
    at = Case(
        When(state__in=OUT, then=F("accepted_at")), default=F("changed_at"), output_field=DateTimeField()
    )
    return (
        Delivery.objects.filter(workspace=run.workspace, state__in={*OUT, *TROUBLE}, purpose="post")
        .annotate(told_at=at)
        .filter(told_at__gte=run.began_at, told_at__lte=until)
    )
