"""The truth of a practice world as plain values, for who may see behind it."""

import math
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tesselle.domain.bins import HASHTAG_LEVELS, LENGTH_LEVELS
from tesselle.simulation.audience import LARGEST_LOG, Audience
from tesselle.simulation.hearing import Heard, heard_below
from tesselle.simulation.network import SimPost
from tesselle.simulation.record import Record
from tesselle.simulation.remarks import Remark
from tesselle.simulation.truth import ChannelTruth, Composition
from tesselle.simulation.worlds import SimulatedWorld

DRAWN = 1000
"""So many possible fates of one post make up what is told of its range."""


def channel_told(audience: Audience, channel: int) -> dict[str, Any]:
    """All effects of one channel, logarithmic. `timing`: 168 values, Monday 0 h first, local."""
    truth, rhythm = audience.truth(channel), audience.truth(channel).rhythm
    return {
        "network": audience.slug,
        "channel": channel,
        "followers_at_first": round(truth.followers),
        "interactions_of_a_middling_post": truth.base,
        "formats": dict(truth.formats),
        "pillars": dict(truth.pillars),
        "length": dict(zip(LENGTH_LEVELS, truth.lengths, strict=True)),
        "hashtags": dict(zip(HASHTAG_LEVELS, truth.hashtags, strict=True)),
        "flags": dict(truth.flags),
        "fatigue": truth.world.fatigue,
        "luck_sd": truth.attention.luck,
        "half_life_h": truth.attention.half_life_h,
        "peaks": [list(peak) for peak in rhythm.peaks],
        "days": list(rhythm.days),
        "timing": list(truth.timing),
    }


def post_told(audience: Audience, post: SimPost, now: datetime, record: Record | None) -> dict[str, Any]:
    """What it was, what could be expected of it, what luck made of it, and what answers did until now."""
    fate = audience.fate(post, record)
    channel, earlier = post.record.get("channel", 0), post.record.get("earlier", 0)
    return {
        "id": post.id,
        "network": audience.slug,
        "channel": channel,
        "at": post.visible_at.isoformat(),
        "earlier": earlier,
        "made": made_told(fate.post),
        "luck": fate.luck,
        "expected": expected(
            audience,
            channel,
            fate.post,
            post.visible_at,
            earlier,
            audience.resentment(channel, post.visible_at, record),
        ),
        "interactions": fate.interactions,
        "reach": round(fate.reach),
        "of_kind": dict(fate.of_kind),
        "comments": [_remark_told(said) for said in audience.remarks(post, fate.of_kind["comments"])],
        "because_answered": [
            _said_told(one) for one in heard_below(audience, post, now, record) if one.is_because_answered
        ],
    }


def _said_told(heard: Heard) -> dict[str, Any]:
    return {
        "at": heard.post.created_at.isoformat(),
        "below": heard.post.parent_id,
        **_remark_told(heard.said),
    }


def messages_told(
    audience: Audience, channel: int, now: datetime, record: Record | None = None
) -> list[dict[str, Any]]:
    """What was written to one account alone so far, and what each really is."""
    return [
        {
            "network": audience.slug,
            "channel": channel,
            "at": written.at.isoformat(),
            "language": written.language,
            **_remark_told(written.said),
        }
        for written in audience.written(channel, now, record)
    ]


def _remark_told(said: Remark) -> dict[str, Any]:
    return {
        "text": said.text,
        "kind": said.kind,
        "sentiment": said.sentiment,
        "needs_answer": said.needs_answer,
        "urgent": said.urgent,
    }


def made_told(made: Composition) -> dict[str, Any]:
    return {
        "format": made.format,
        "pillar": made.pillar,
        "length": LENGTH_LEVELS[made.length],
        "hashtags": HASHTAG_LEVELS[made.hashtags],
        "flags": sorted(made.flags),
    }


def made_of(row: Mapping[str, Any]) -> Composition:
    """The other way round.

    Raises:
        ValueError: a level that there is not.
    """
    return Composition(
        format=str(row.get("format", "text")),
        pillar=str(row.get("pillar", "other")),
        length=LENGTH_LEVELS.index(row.get("length", LENGTH_LEVELS[0])),
        hashtags=HASHTAG_LEVELS.index(row.get("hashtags", HASHTAG_LEVELS[0])),
        flags=frozenset(row.get("flags", ())),
    )


def expected(
    audience: Audience, channel: int, made: Composition, at: datetime, earlier: int, resentment: int = 0
) -> dict[str, float]:
    """Interactions in the end: the mean, and what nine of ten such posts lie above and below. `resentment`: over
    complaints, as in `log_mean`."""
    truth = audience.truth(channel)
    log_mean = audience.log_mean(channel, made, at, earlier, resentment)
    drawn = sorted(_possible(truth, log_mean, f"possible {number}") for number in range(DRAWN))
    return {
        "mean": round(sum(drawn) / DRAWN, 2),
        "p10": drawn[DRAWN // 10],
        "p50": drawn[DRAWN // 2],
        "p90": drawn[DRAWN * 9 // 10],
    }


def _possible(truth: ChannelTruth, log_mean: float, key: str) -> int:
    return truth.draws.poisson(math.exp(min(log_mean + truth.luck(key), LARGEST_LOG)), "interactions", key)


def events(world: SimulatedWorld) -> list[dict[str, Any]]:
    """What happens on a date, by weeks since the world began."""
    told: list[dict[str, Any]] = []
    if world.change_week is not None:
        told.append({"week": world.change_week, "what": "reach_changes", "log_effect": world.change})
    if world.complaints_week is not None:
        told.append({"week": world.complaints_week, "what": "complaint_goes_round"})
    return told


def drifts(audience: Audience, channel: int, weeks: Iterable[int]) -> list[float]:
    return [audience.truth(channel).drift(week) for week in weeks]
