"""A workspace's measured posts as the model wants them. Imports NumPy: for jobs, never for pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from tesselle.domain.bins import HASHTAG_LEVELS, LENGTH_LEVELS, hashtag_bin, length_bin
from tesselle.domain.content import Content
from tesselle.domain.formats import format_of
from tesselle.insights.posts import Factor, Flags, Ints, Posts, cadence_of
from tesselle.insights.prediction import PlannedPost
from tesselle.measure.models import Mark
from tesselle.workspaces.models import Workspace

AGE_DAYS = 7
LEFT_OUT = frozenset({"story"})
"""Another life than a post's: gone after a day, seen by those who follow."""

EPOCH = datetime(2001, 1, 1)  # noqa: DTZ001 - a Monday; instants here are wall times of the audience


@dataclass(frozen=True, slots=True)
class Measured:
    """One post on one channel at the age of seven days. `at`: wall time in the workspace's zone.

    `read_at`: when its figures were read.
    """

    channel_id: int
    network: str
    at: datetime
    interactions: int
    content: Content
    pillar: str = ""
    delivery_id: int = 0
    read_at: datetime | None = None


def measured_posts(workspace: Workspace) -> list[Measured]:
    """All that have interactions at that age. What lacks them is left out: missing is not zero."""
    marks = (
        Mark.objects.filter(
            channel__workspace=workspace,
            age_days=AGE_DAYS,
            interactions__isnull=False,
            series__delivery__state="live",
        )
        .select_related("channel", "series__delivery__variant", "series__delivery__post__pillar")
        .order_by("published_at", "pk")
    )
    found = (measured_of(mark, workspace) for mark in marks.iterator(chunk_size=2000))
    return [one for one in found if one.content.format not in LEFT_OUT]


def measured_of(mark: Mark, workspace: Workspace) -> Measured:
    delivery = mark.series.delivery
    assert delivery is not None
    return Measured(
        channel_id=mark.channel_id,
        network=mark.channel.network,
        at=mark.published_at.astimezone(workspace.tz).replace(tzinfo=None),
        interactions=mark.interactions or 0,
        content=delivery.content,
        pillar=delivery.post.pillar.name if delivery.post is not None and delivery.post.pillar else "",
        delivery_id=delivery.pk,
        read_at=mark.read_at,
    )


def posts_of(rows: Sequence[Measured]) -> Posts:
    """Takes at least one row."""
    channels, channel = _levels([str(row.channel_id) for row in rows])
    networks = {str(row.channel_id): row.network for row in rows}
    day = np.array([(row.at - EPOCH).total_seconds() / 86_400 for row in rows])
    texts = ["\n".join(row.content.texts) for row in rows]
    formats, form = _levels([format_of(row.content) for row in rows])
    pillars, pillar = _levels([row.pillar for row in rows])
    return Posts(
        counts=np.array([row.interactions for row in rows], dtype=float),
        exposure=np.zeros(len(rows)),
        channel=channel,
        channels=channels,
        networks=tuple(networks[name] for name in channels),
        slot=np.array([row.at.weekday() * 24 + row.at.hour for row in rows]),
        day=day,
        format=Factor(form, formats),
        pillar=Factor(pillar, pillars),
        length=Factor(np.array([length_bin(text) for text in texts], dtype=np.int64), LENGTH_LEVELS),
        hashtags=Factor(np.array([hashtag_bin(text) for text in texts], dtype=np.int64), HASHTAG_LEVELS),
        cadence=cadence_of(day, channel),
        flags=_flags(rows, texts),
    )


def _levels(values: list[str]) -> tuple[tuple[str, ...], Ints]:
    levels = tuple(sorted(set(values)))
    return levels, np.array([levels.index(value) for value in values], dtype=np.int64)


def _flags(rows: Sequence[Measured], texts: Sequence[str]) -> Mapping[str, Flags]:
    """Those that some posts have and others have not."""
    flags = {
        "link": np.array(
            [bool(row.content.link) or "http" in text for row, text in zip(rows, texts, strict=True)]
        ),
        "question": np.array(["?" in text for text in texts]),
    }
    return {name: flag for name, flag in flags.items() if flag.any() and not flag.all()}


def planned_of(both: Posts, posts: Posts, row: int) -> PlannedPost | None:
    """A row of `both` by the levels of `posts`; None where it has one that none of them had."""
    form, pillar = both.format.levels[both.format.index[row]], both.pillar.levels[both.pillar.index[row]]
    channel = both.channels[both.channel[row]]
    if channel not in posts.channels or form not in posts.format.levels or pillar not in posts.pillar.levels:
        return None
    return PlannedPost(
        channel=posts.channels.index(channel),
        slot=int(both.slot[row]),
        format=posts.format.levels.index(form),
        pillar=posts.pillar.levels.index(pillar),
        length=int(both.length.index[row]),
        hashtags=int(both.hashtags.index[row]),
        cadence=int(both.cadence.index[row]),
        flags=frozenset(name for name in posts.flags if name in both.flags and bool(both.flags[name][row])),
    )
