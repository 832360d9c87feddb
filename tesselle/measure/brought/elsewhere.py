"""Posts of a channel that were made elsewhere, with what is told of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tesselle.channels.models import Channel
from tesselle.domain.indicators import interactions_of
from tesselle.domain.metrics import Metric
from tesselle.measure import numbers
from tesselle.measure.models import PastPost
from tesselle.measure.rollups import told_of_posts

MOST = 20


@dataclass(frozen=True, slots=True)
class ElsewhereLine:
    """Figures as they were told last, at whatever age: they stand in no comparison."""

    title: str
    url: str
    posted_at: datetime
    interactions: str
    impressions: str


def elsewhere_lines(channel: Channel, days: int) -> tuple[ElsewhereLine, ...]:
    since = channel.workspace.now() - timedelta(days=days)
    rows = PastPost.objects.filter(channel=channel, posted_at__gte=since).order_by("-posted_at")[:MOST]
    told = told_of_posts(channel.network)
    return tuple(_line(one, told) for one in rows)


def _line(past: PastPost, told: frozenset[Metric]) -> ElsewhereLine:
    known = told or frozenset(Metric(name) for name in past.figures)
    views = past.figures.get(Metric.IMPRESSIONS.value, past.figures.get(Metric.VIDEO_VIEWS.value))
    return ElsewhereLine(
        title=past.text.strip().split("\n", 1)[0][:90] or past.url or past.remote_id,
        url=past.url if past.url.startswith(("https://", "http://")) else "",
        posted_at=past.posted_at,
        interactions=numbers.written(interactions_of(past.figures, known), "count"),
        impressions=numbers.written(views, "count"),
    )
