"""Figures at fixed ages and by day, kept when they are read, so that no page goes through snapshots."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cache

from django.db import connection

from tesselle.domain.indicators import AGES, INTERACTIONS, LATE_SHARE, ages_reached, interactions_of
from tesselle.domain.metrics import Metric, Scope
from tesselle.networks import plugin, slugs

COLUMNS = tuple(
    metric.value
    for metric in (
        Metric.IMPRESSIONS,
        Metric.REACH,
        Metric.REACTIONS,
        Metric.COMMENTS,
        Metric.SHARES,
        Metric.SAVES,
        Metric.CLICKS,
        Metric.VIDEO_VIEWS,
    )
)
_TYPED = ", ".join(f"{name} bigint" for name in ("interactions", *COLUMNS))
_NAMED = ", ".join(("interactions", *COLUMNS))

KEEP_MARKS = f"""
INSERT INTO measure_mark
  (series_id, channel_id, published_at, age_days, read_at, pillar_id, campaign_id, followers, {_NAMED})
SELECT s.id, s.channel_id, s.published_at, x.age_days, x.at, p.pillar_id, p.campaign_id, s.followers, {_NAMED}
FROM jsonb_to_recordset($1) AS x(id bigint, age_days smallint, at timestamptz, {_TYPED})
JOIN measure_series s ON s.id = x.id
LEFT JOIN ledger_delivery d ON d.id = s.delivery_id LEFT JOIN compose_post p ON p.id = d.post_id
ON CONFLICT (series_id, age_days) DO NOTHING
"""  # noqa: S608 - our own column names

KEEP_DAY = """
WITH zone AS (
  SELECT c.id, w.zone FROM channels_channel c JOIN workspaces_workspace w ON w.id = c.workspace_id
  WHERE c.id = $1)
INSERT INTO measure_channelday (channel_id, day, followers)
SELECT zone.id, ($2::timestamptz AT TIME ZONE zone.zone)::date, $3 FROM zone
ON CONFLICT (channel_id, day) DO UPDATE SET followers = excluded.followers
"""

FREEZE_FOLLOWERS = """
UPDATE measure_series SET followers = $2
WHERE channel_id = $1 AND delivery_id IS NOT NULL AND followers IS NULL
  AND published_at BETWEEN $3::timestamptz - interval '1 day' AND $3::timestamptz
"""
"""Posts that went out before their channel's first reading of the day."""


@cache
def told_of_posts(network: str) -> frozenset[Metric]:
    return frozenset(
        Metric(name) for name, source in plugin(network).metrics.items() if source.scope is Scope.POST
    )


def marks(
    series_id: int, network: str, published_at: datetime, at: datetime, values: Mapping[str, int]
) -> list[dict[str, object]]:
    """The rows that one reading is worth: none between the fixed ages."""
    told = told_of_posts(network)
    return [
        {
            "id": series_id,
            "age_days": days,
            "at": at.isoformat(),
            "interactions": interactions_of(values, told),
            **{name: values.get(name) for name in COLUMNS},
        }
        for days in ages_reached(at - published_at)
    ]


_VALUES = ", ".join(f"(r.values->>'{name}')::bigint" for name in COLUMNS)
_SUM = " + ".join(
    f"CASE WHEN told.kinds ? '{kind}' THEN (r.values->>'{kind}')::bigint ELSE 0 END" for kind in INTERACTIONS
)
_REBUILD = f"""
WITH told AS (SELECT key AS network, value AS kinds FROM jsonb_each(%(told)s::jsonb))
INSERT INTO measure_mark
  (series_id, channel_id, published_at, age_days, read_at, pillar_id, campaign_id, followers, {_NAMED})
SELECT s.id, s.channel_id, s.published_at, age.days, r.at, p.pillar_id, p.campaign_id, s.followers,
       CASE WHEN jsonb_array_length(told.kinds) > 0 THEN {_SUM} END, {_VALUES}
FROM measure_series s
JOIN channels_channel c ON c.id = s.channel_id JOIN told ON told.network = c.network
LEFT JOIN ledger_delivery d ON d.id = s.delivery_id LEFT JOIN compose_post p ON p.id = d.post_id
CROSS JOIN unnest(%(ages)s::int[]) AS age(days)
CROSS JOIN LATERAL (
  SELECT at, values FROM measure_snapshot p WHERE p.series_id = s.id
    AND p.at BETWEEN s.published_at + age.days * interval '1 day'
                 AND s.published_at + age.days * %(late)s * interval '1 day'
  ORDER BY at LIMIT 1) r
WHERE s.delivery_id IS NOT NULL
ON CONFLICT (series_id, age_days) DO NOTHING
"""  # noqa: S608 - our own column names


def rebuild() -> int:
    """All marks that snapshots hold and that are not kept yet; how many were added."""
    told = {slug: [kind.value for kind in INTERACTIONS if kind in told_of_posts(slug)] for slug in slugs()}
    with connection.cursor() as cursor:
        cursor.execute(_REBUILD, {"told": json.dumps(told), "ages": list(AGES), "late": 1 + LATE_SHARE})
        return int(cursor.rowcount)


_AIM = """
UPDATE measure_mark m SET pillar_id = p.pillar_id, campaign_id = p.campaign_id
FROM measure_series s JOIN ledger_delivery d ON d.id = s.delivery_id JOIN compose_post p ON p.id = d.post_id
WHERE m.series_id = s.id AND p.id = %s
  AND (m.pillar_id, m.campaign_id) IS DISTINCT FROM (p.pillar_id, p.campaign_id)
"""


def follow_aim(post_id: int) -> None:
    """A post was given another pillar or campaign: its marks have it too."""
    with connection.cursor() as cursor:
        cursor.execute(_AIM, [post_id])


def ages_of(age: timedelta) -> tuple[int, ...]:
    """The fixed ages that figures a person brought may stand for. A network's export tells the totals of
    the day it was made: past the last age they stand for that one, since hardly anything comes later;
    pages say how many were read late."""
    reached = ages_reached(age)
    is_late = age > timedelta(days=AGES[-1] * (1 + LATE_SHARE))
    return (AGES[-1],) if is_late and not reached else reached


def latest_by(age_days: int) -> timedelta:
    """After this a post of that age has its mark, or never will."""
    return timedelta(days=age_days * (1 + LATE_SHARE))
