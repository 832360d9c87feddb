"""Channels, posts that went out and their marks, valid by default."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Content
from tesselle.domain.indicators import interactions_of
from tesselle.ledger.models import Delivery
from tesselle.ledger.services.planning import plan_delivery
from tesselle.measure.models import FigureImport, Mark, Series
from tesselle.measure.rollups import told_of_posts
from tesselle.workspaces.models import Workspace


def make_channel(workspace: Workspace, handle: str = "carreaux", network: str = "mastodon") -> Channel:
    return Channel.objects.create(
        workspace=workspace,
        network=network,
        kind="account",
        remote_id=handle,
        server="https://social.example",
        handle=handle,
    )


def make_out(channel: Channel, published_at: datetime, text: str = "Zellige") -> Delivery:
    """A post that is live since then."""
    post = save_post(
        workspace=channel.workspace, author=None, shared=Content(text=text), wordings=(Wording(channel),)
    )
    delivery = plan_delivery(
        variant=post.current.variants.get(), due_at=timezone.now(), local_at="", zone="Europe/Zurich", by=None
    )
    Delivery.objects.filter(pk=delivery.pk).update(state="live", due_at=published_at, live_at=published_at)
    delivery.refresh_from_db()
    return delivery


def make_mark(
    channel: Channel,
    days_ago: float,
    *,
    age_days: int = 7,
    text: str = "Zellige",
    followers: int | None = 400,
    **values: Any,
) -> Mark:
    """The figures of a post that went out so many days ago; counts not named are missing."""
    published_at = channel.workspace.now() - timedelta(days=days_ago)
    delivery = make_out(channel, published_at, text)
    series = Series.objects.create(
        channel=channel, delivery=delivery, published_at=published_at, followers=followers
    )
    return Mark.objects.create(
        series=series,
        channel=channel,
        published_at=published_at,
        age_days=age_days,
        read_at=published_at + timedelta(days=age_days),
        followers=followers,
        interactions=interactions_of(values, told_of_posts(channel.network)),
        **values,
    )


def make_counts(total: int) -> dict[str, Any]:
    """All kinds that the network of `make_channel` tells, together `total`."""
    return {"reactions": total, "comments": 0, "shares": 0}


def make_looked_at(channel: Channel) -> FigureImport:
    """A file that was brought and not kept yet."""
    return FigureImport.objects.create(
        workspace=channel.workspace,
        channel=channel,
        name="export.csv",
        as_of=channel.workspace.today(),
        table=[["Post ID", "Views"], ["111", "12"]],
        columns={"id": 0, "impressions": 1},
        order="day",
        zone=channel.workspace.zone,
    )
