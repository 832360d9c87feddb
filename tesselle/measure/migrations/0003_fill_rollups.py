"""Marks and days from the snapshots that are there. A kind counts as told by a network when any of its
snapshots holds it."""

from django.db import migrations

KINDS = ("reactions", "comments", "shares", "saves")
OTHERS = ("impressions", "reach", "clicks", "video_views")

_COLUMNS = ", ".join((*KINDS, *OTHERS))
_VALUES = ", ".join(f"(r.values->>'{name}')::bigint" for name in (*KINDS, *OTHERS))
_SUM = " + ".join(f"CASE WHEN told.{kind} THEN (r.values->>'{kind}')::bigint ELSE 0 END" for kind in KINDS)
_TOLD = ", ".join(f"bool_or(p.values ? '{kind}') AS {kind}" for kind in KINDS)
_ANY = " OR ".join(f"told.{kind}" for kind in KINDS)

MARKS = f"""
WITH told AS (
  SELECT c.network, {_TOLD} FROM measure_snapshot p
  JOIN measure_series s ON s.id = p.series_id JOIN channels_channel c ON c.id = s.channel_id
  WHERE s.delivery_id IS NOT NULL GROUP BY c.network)
INSERT INTO measure_mark (series_id, channel_id, published_at, age_days, read_at, interactions, {_COLUMNS})
SELECT s.id, s.channel_id, s.published_at, age.days, r.at, CASE WHEN {_ANY} THEN {_SUM} END, {_VALUES}
FROM measure_series s JOIN channels_channel c ON c.id = s.channel_id JOIN told ON told.network = c.network
CROSS JOIN (VALUES (1), (7), (28)) AS age(days)
CROSS JOIN LATERAL (
  SELECT at, values FROM measure_snapshot p WHERE p.series_id = s.id
    AND p.at BETWEEN s.published_at + age.days * interval '1 day'
                 AND s.published_at + age.days * interval '1 day' * 1.25
  ORDER BY at LIMIT 1) r
WHERE s.delivery_id IS NOT NULL
ON CONFLICT (series_id, age_days) DO NOTHING
"""  # noqa: S608 - the names above

DAYS = """
INSERT INTO measure_channelday (channel_id, day, followers)
SELECT DISTINCT ON (s.channel_id, day) s.channel_id, (p.at AT TIME ZONE w.zone)::date AS day,
       (p.values->>'followers')::bigint
FROM measure_snapshot p JOIN measure_series s ON s.id = p.series_id AND s.delivery_id IS NULL
JOIN channels_channel c ON c.id = s.channel_id JOIN workspaces_workspace w ON w.id = c.workspace_id
WHERE p.values ? 'followers' ORDER BY s.channel_id, day, p.at DESC
ON CONFLICT DO NOTHING
"""

FOLLOWERS = """
UPDATE measure_series s SET followers = d.followers
FROM measure_channelday d, channels_channel c, workspaces_workspace w
WHERE s.delivery_id IS NOT NULL AND d.channel_id = s.channel_id AND c.id = s.channel_id
  AND w.id = c.workspace_id AND d.day = (s.published_at AT TIME ZONE w.zone)::date
"""

ON_MARKS = """
UPDATE measure_mark m SET followers = s.followers FROM measure_series s
WHERE s.id = m.series_id AND s.followers IS NOT NULL
"""


class Migration(migrations.Migration):
    dependencies = [("measure", "0002_rollups")]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop, elidable=True)
        for statement in (MARKS, DAYS, FOLLOWERS, ON_MARKS)
    ]
