"""What was done with the tool itself, counted in the workspace of the path, from its beginning on."""

from dataclasses import dataclass

from tesselle.academy.models import Path
from tesselle.compose.models import Post, Variant
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.metrics import Metric
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import Series

OUT = (DeliveryState.LIVE, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Work:
    """`figures`: the names of the metrics that networks told of this person's posts."""

    posts: int
    channels: int
    tailored: int
    planned: int
    out: int
    measured: int
    figures: tuple[str, ...]


def work_of(path: Path) -> Work:
    posts = Post.objects.filter(
        workspace=path.workspace_id, created_by=path.person_id, created_at__gte=path.begun_at, deleted_at=None
    )
    variants = Variant.objects.filter(revision__in=posts.values("current_id"))
    deliveries = Delivery.objects.filter(post__in=posts, purpose=Purpose.POST)
    latest = list(Series.objects.filter(delivery__in=deliveries).values_list("latest", flat=True))
    return Work(
        posts=posts.count(),
        channels=variants.values("channel").distinct().count(),
        tailored=variants.filter(tailored=True).count(),
        planned=deliveries.count(),
        out=deliveries.filter(state__in=OUT).count(),
        measured=sum(bool(values) for values in latest),
        figures=tuple(sorted({name for values in latest for name in values if name in set(Metric)})),
    )
