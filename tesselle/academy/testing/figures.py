"""What the networks told last of a person's posts."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from tesselle.domain.indicators import interactions_of
from tesselle.ledger.models import Delivery
from tesselle.measure.models import Series
from tesselle.measure.rollups import told_of_posts
from tesselle.networks import card

MOST = 40


@dataclass(frozen=True, slots=True)
class ReadPost:
    """`figures`: what its network tells of it, by the slug of the indicator."""

    delivery_id: int
    name: str
    network: str
    interactions: int
    figures: Mapping[str, int]


def read_posts(deliveries: QuerySet[Delivery]) -> list[ReadPost]:
    """In the order they went out; only those of which all parts of the interactions are known."""
    rows = Series.objects.filter(delivery__in=deliveries).select_related("channel", "delivery__post__current")
    found = []
    for series in rows.order_by("published_at", "pk")[:MOST]:
        network = series.channel.network
        told = told_of_posts(network)
        counted = interactions_of(series.latest, told)
        if counted is not None and series.delivery is not None:
            figures = {one.value: series.latest[one.value] for one in told if one.value in series.latest}
            name, called = _name(series.delivery), card(network).name
            found.append(ReadPost(series.delivery.pk, name, called, counted, figures))
    return found


def _name(delivery: Delivery) -> str:
    post = delivery.post
    if post is None or post.current is None:
        return str(delivery.pk)
    return (post.name or post.current.shared_content.title or post.current.shared_content.text).strip()[:100]
