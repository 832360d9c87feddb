"""A workspace with measured posts in which something matters, or nothing does."""

import random
from collections.abc import Callable
from datetime import timedelta

from tesselle.channels.models import Channel
from tesselle.compose.models import Variant
from tesselle.domain.content import Content, Media
from tesselle.ledger.models import Delivery
from tesselle.measure.models import Mark, Series
from tesselle.measure.tests.factories import make_channel, make_counts, make_out
from tesselle.workspaces.models import Workspace

FILM = Media("video", "video/mp4", 1000, 10, 10)
PICTURE = Media("image", "image/jpeg", 1000, 10, 10)


def make_measured(
    channel: Channel, count: int, rate: Callable[[Content, random.Random], float], *, seed: int = 1
) -> None:
    """So many posts over as many days and a half, half of them films; `rate`: what each may hope for."""
    chance = random.Random(seed)
    post = make_out(channel, channel.workspace.now()).post
    variant = Variant.objects.get(revision__post=post)
    now = channel.workspace.now()
    for number in range(count):
        content = Content(
            text="Zellige " * chance.randint(3, 60), media=(FILM if chance.random() < 0.5 else PICTURE,)
        )
        # Not at one hour: what comes at one hour only cannot be told from it.
        at = now - timedelta(days=9 + 1.5 * number, hours=chance.randint(0, 11))
        delivery = Delivery.objects.create(
            workspace=channel.workspace,
            channel=channel,
            post=post,
            variant=variant,
            body=content.to_json(),
            state="live",
            due_at=at,
            live_at=at,
        )
        series = Series.objects.create(channel=channel, delivery=delivery, published_at=at)
        total = round(rate(content, chance) * chance.lognormvariate(0, 0.7))
        Mark.objects.create(
            series=series,
            channel=channel,
            published_at=at,
            age_days=7,
            read_at=at + timedelta(days=7),
            interactions=total,
            **make_counts(total),
        )


def flat(_content: Content, _chance: random.Random) -> float:
    return 30.0


def films_do_better(content: Content, _chance: random.Random) -> float:
    return 120.0 if content.media[0].kind == "video" else 25.0


def make_world(
    workspace: Workspace, rate: Callable[[Content, random.Random], float], posts: int = 80, *, seed: int = 1
) -> Channel:
    channel = make_channel(workspace, f"carreaux{seed}")
    make_measured(channel, posts, rate, seed=seed)
    return channel
