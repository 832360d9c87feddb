"""What was done with the tool itself, from the beginning of the path on: in its workspace, and in those of its
guided projects."""

from dataclasses import dataclass

from django.db.models import F

from tesselle.academy.models import Path
from tesselle.adapt.models import Decision
from tesselle.compose.models import Post, Variant
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.metrics import Metric
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import Series

OUT = (DeliveryState.LIVE, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Work:
    """`posts`: those that the person wrote, or wrote anew; `ready`: drafts of a scenario that were planned as they lay
    there. `figures`: the names of the metrics that networks told of this person's posts. `decisions`: those of this
    person on suggestions, and how they were judged; the practice clock dates them, so none is left out."""

    posts: int
    ready: int
    channels: int
    tailored: int
    planned: int
    out: int
    measured: int
    figures: tuple[str, ...]
    decisions: int
    held: int
    not_held: int


def work_of(path: Path) -> Work:
    places = [path.workspace_id, *path.projects.exclude(workspace=None).values_list("workspace", flat=True)]
    posts = Post.objects.filter(
        workspace__in=places, created_by=path.person_id, created_at__gte=path.begun_at, deleted_at=None
    )
    written = posts.exclude(workspace__scenario_run__begins_at__gt=F("current__created_at"))
    variants = Variant.objects.filter(revision__in=written.values("current_id"))
    deliveries = Delivery.objects.filter(post__in=posts, purpose=Purpose.POST)
    decided = Decision.objects.filter(workspace__in=places, decided_by=path.person_id, undone_at__isnull=True)
    verdicts = list(decided.values_list("verdict", flat=True))
    latest = list(Series.objects.filter(delivery__in=deliveries).values_list("latest", flat=True))
    return Work(
        posts=written.count(),
        ready=deliveries.exclude(post__in=written).values("post").distinct().count(),
        channels=variants.values("channel").distinct().count(),
        tailored=variants.filter(tailored=True).count(),
        planned=deliveries.count(),
        out=deliveries.filter(state__in=OUT).count(),
        decisions=len(verdicts),
        held=verdicts.count(Decision.Verdict.HELD),
        not_held=verdicts.count(Decision.Verdict.NOT_HELD),
        measured=sum(bool(values) for values in latest),
        figures=tuple(sorted({name for values in latest for name in values if name in set(Metric)})),
    )
