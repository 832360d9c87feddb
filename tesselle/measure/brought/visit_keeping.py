"""Visits that a file tells of. The last file that has a day tells it; undone, the one before counts again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import F, OuterRef, Subquery

from tesselle.links.attributing import Marks, Origin
from tesselle.measure.brought.visit_rows import VisitRow
from tesselle.measure.models import FigureImport, SiteVisits
from tesselle.workspaces.models import Workspace


def put(source: FigureImport, rows: Sequence[VisitRow]) -> dict[str, int]:
    """What rows came to: rows with the same day and marks are parts of one number."""
    sums: Counter[tuple[date, Marks, Origin]] = Counter()
    for row in rows:
        assert row.day is not None  # a row without a day is no good one
        sums[row.day, row.marks, row.origin] += row.visits or 0
    SiteVisits.objects.bulk_create(
        SiteVisits(
            workspace=source.workspace,
            brought=source,
            day=day,
            marks=marks.told,
            visits=visits,
            channel_id=origin.channel_id,
            post_id=origin.post_id,
            campaign_id=origin.campaign_id,
        )
        for (day, marks, origin), visits in sums.items()
    )
    days = {day for day, _marks, _origin in sums}
    _count_the_last(source, days)
    return {"visits": sum(sums.values()), "days": len(days)}


def forget(source: FigureImport) -> None:
    days = set(source.visits.values_list("day", flat=True))
    source.visits.all().delete()
    _count_the_last(source, days)


def _count_the_last(source: FigureImport, days: Iterable[date]) -> None:
    """Of the files that tell of a day, the one that was kept last. One at a time in a workspace."""
    Workspace.objects.select_for_update(no_key=True).get(pk=source.workspace_id)
    rows = SiteVisits.objects.filter(workspace=source.workspace, brought__isnull=False, day__in=days)
    rows.update(counts=False)
    last = SiteVisits.objects.filter(
        workspace=source.workspace, brought__isnull=False, day=OuterRef("day")
    ).order_by("-pk")
    standing = rows.annotate(last=Subquery(last.values("brought_id")[:1])).filter(brought_id=F("last"))
    SiteVisits.objects.filter(pk__in=list(standing.values_list("pk", flat=True))).update(counts=True)
