"""Reading the figures that are due, in the worker."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from tesselle.connectors.protocols import Figures, Measures
from tesselle.domain.errors import BlockedError, NetworkError
from tesselle.domain.metrics import Metric
from tesselle.domain.schedule import CHANNEL_EVERY, next_reading_in, retry_in
from tesselle.domain.verdicts import BlockReason, Remote
from tesselle.engage.noticing import Counted, notice
from tesselle.ledger.hot.blocking import block_channel
from tesselle.measure import rollups
from tesselle.publish.context import Context
from tesselle.publish.deciding import note

log = logging.getLogger(__name__)

AT_ONCE = 50

_FOLLOW_NEW = """
INSERT INTO measure_series (channel_id, delivery_id, remote, published_at, next_at, followers)
SELECT d.channel_id, d.id, d.remote, d.live_at, d.live_at + interval '1 minute', own.followers
FROM ledger_delivery d
LEFT JOIN LATERAL (
  SELECT (c.latest->>'followers')::bigint AS followers FROM measure_series c
  WHERE c.channel_id = d.channel_id AND c.delivery_id IS NULL
    AND c.latest_at BETWEEN d.live_at - interval '1 day' AND d.live_at + interval '1 day') own ON true
WHERE d.state = 'live' AND d.purpose = 'post' AND d.remote IS NOT NULL AND d.live_at IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM measure_series s WHERE s.delivery_id = d.id)
LIMIT 500
ON CONFLICT DO NOTHING
"""

_FOLLOW_CHANNELS = """
INSERT INTO measure_series (channel_id, published_at, next_at)
SELECT c.id, c.connected_at, now() + w.clock_shift FROM channels_channel c
JOIN workspaces_workspace w ON w.id = c.workspace_id
WHERE c.removed_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM measure_series s WHERE s.channel_id = c.id AND s.delivery_id IS NULL)
ON CONFLICT DO NOTHING
"""

_LEASE = """
WITH due AS (
  SELECT s.id, w_now.now, c.network, c.kind, c.version, c.workspace_id, w.world_kind
  FROM measure_series s
  JOIN channels_channel c ON c.id = s.channel_id
  JOIN workspaces_workspace w ON w.id = c.workspace_id
  CROSS JOIN LATERAL (SELECT now() + w.clock_shift AS now) w_now
  WHERE s.next_at <= w_now.now AND c.removed_at IS NULL AND c.blocked_reason = ''
  ORDER BY s.next_at LIMIT $1
  FOR UPDATE OF s SKIP LOCKED
)
UPDATE measure_series s SET next_at = due.now + interval '5 minutes'
FROM due WHERE s.id = due.id
RETURNING s.id, s.channel_id, due.version, due.workspace_id, due.world_kind, due.network, due.kind, s.delivery_id,
          s.remote, s.published_at, s.failures, due.now
"""


@dataclass(frozen=True, slots=True)
class DueSeries:
    id: int
    channel_id: int
    channel_version: int
    workspace_id: int
    world_kind: str
    network: str
    account_kind: str
    delivery_id: int | None
    remote: Mapping[str, Any] | None
    published_at: datetime
    failures: int
    now: datetime


async def follow_new(db: asyncpg.Pool) -> None:
    """Begin a series for each post that is live and each channel that has none."""
    await db.execute(_FOLLOW_NEW)
    await db.execute(_FOLLOW_CHANNELS)


async def read_due(context: Context) -> int:
    """Read one batch of due series; returns how many were due."""
    due = [DueSeries(*row) for row in await context.db.fetch(_LEASE, AT_ONCE)]
    by_channel: dict[int, list[DueSeries]] = {}
    for series in due:
        by_channel.setdefault(series.channel_id, []).append(series)
    for group in by_channel.values():
        await _read_channel(context, group)
    return len(due)


async def _read_channel(context: Context, group: list[DueSeries]) -> None:
    one = group[0]
    hand = await context.hand(
        network=one.network,
        channel_id=one.channel_id,
        channel_version=one.channel_version,
        workspace_id=one.workspace_id,
        world_kind=one.world_kind,
        now=one.now,
    )
    if not isinstance(hand.connector, Measures):
        for series in group:
            await context.db.execute("UPDATE measure_series SET next_at = NULL WHERE id = $1", series.id)
        return
    api = context.api(hand)
    posts = [series for series in group if series.remote is not None]
    try:
        remotes = [Remote.from_json(series.remote) for series in posts if series.remote is not None]
        told = {f.remote_id: f for f in await hand.connector.post_figures(remotes, api)} if remotes else {}
        if posts:
            await _keep(context, [(s, told.get(r.id)) for s, r in zip(posts, remotes, strict=True)])
        for series in group:
            if series.remote is None:
                await _keep(context, [(series, await hand.connector.channel_figures(api))])
    except NetworkError as error:
        if isinstance(error, BlockedError) and error.reason == BlockReason.SIGN_IN:
            await block_channel(
                context.db, one.channel_id, one.channel_version, error.reason, note(error.message)
            )
        log.info("figures_not_read", extra={"channel": one.channel_id, "reason": str(error)[:200]})
        for series in group:
            await _postpone(context, series)


_KEEP = """
WITH told AS (
  SELECT * FROM jsonb_to_recordset($1) AS x(id bigint, at timestamptz, values jsonb, next_at timestamptz)),
kept AS (
  INSERT INTO measure_snapshot (series_id, at, values)
  SELECT id, at, values FROM told WHERE values IS NOT NULL)
UPDATE measure_series s SET next_at = told.next_at, failures = 0,
  latest = coalesce(told.values, s.latest),
  latest_at = CASE WHEN told.values IS NULL THEN s.latest_at ELSE told.at END
FROM told WHERE s.id = told.id
"""


async def _keep(context: Context, read: Sequence[tuple[DueSeries, Figures | None]]) -> None:
    """A snapshot of what was told; nothing told, nothing kept: missing is not zero."""
    await context.db.execute(_KEEP, [_kept(series, figures) for series, figures in read])
    await _roll_up(context, read)
    await _tell_of_comments(context, read)


async def _roll_up(context: Context, read: Sequence[tuple[DueSeries, Figures | None]]) -> None:
    """What pages read instead of snapshots. After the snapshots: lost here, it is in them."""
    told = [(series, figures) for series, figures in read if figures is not None]
    marks = [
        mark
        for series, figures in told
        if series.delivery_id is not None
        for mark in rollups.marks(series.id, series.network, series.published_at, series.now, _named(figures))
    ]
    if marks:
        await context.db.execute(rollups.KEEP_MARKS, marks)
    for series, figures in told:
        followers = _named(figures).get(Metric.FOLLOWERS.value)
        if series.delivery_id is None and followers is not None:
            await context.db.execute(rollups.KEEP_DAY, series.channel_id, series.now, followers)
            await context.db.execute(rollups.FREEZE_FOLLOWERS, series.channel_id, followers, series.now)


async def _tell_of_comments(context: Context, read: Sequence[tuple[DueSeries, Figures | None]]) -> None:
    if read:
        counts = [(series, _named(figures) if figures is not None else {}) for series, figures in read]
        counted = [
            Counted(
                series.channel_id,
                series.account_kind,
                series.delivery_id,
                told.get(Metric.COMMENTS.value),
                series.now,
            )
            for series, told in counts
        ]
        await notice(context.db, read[0][0].network, counted)


def _named(figures: Figures) -> dict[str, int]:
    return {str(name): value for name, value in figures.values.items()}


def _kept(series: DueSeries, figures: Figures | None) -> dict[str, Any]:
    pause = CHANNEL_EVERY if series.delivery_id is None else next_reading_in(series.now - series.published_at)
    told = _named(figures) if figures is not None else {}
    return {
        "id": series.id,
        "at": series.now.isoformat(),
        "values": told or None,
        "next_at": None if pause is None else (series.now + pause).isoformat(),
    }


async def _postpone(context: Context, series: DueSeries) -> None:
    await context.db.execute(
        "UPDATE measure_series SET next_at = $2, failures = failures + 1 WHERE id = $1",
        series.id,
        series.now + retry_in(series.failures),
    )
