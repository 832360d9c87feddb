"""Two years of a busy company, made by a few statements inside the database.

What was due is live (a few are refused, unknown, missed or removed), the coming month is planned,
some posts stay drafts. Every post serves a pillar, one in six a campaign; no two do equally well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tesselle.channels.models import Channel
    from tesselle.workspaces.models import User, Workspace

TITLE = "Chantier"
"""Every post's name begins with it, so that a page can be known by it."""

DRAFT_EVERY = 500

_STATEMENTS = (
    # Posts lie evenly between two years ago and a month ahead.
    """INSERT INTO compose_post (workspace_id, name, created_by_id, created_at)
       SELECT %(workspace)s, format(%(title)s || ' %%s à Morges', n), %(person)s,
              now() - interval '730 days' + n * interval '760 days' / %(posts)s
       FROM generate_series(1, %(posts)s) n""",
    """INSERT INTO strategy_pillar (workspace_id, name, hue, target_percent, created_at)
       SELECT %(workspace)s, 'Pilier ' || n, 'petrol', 20, now() FROM generate_series(1, 5) n""",
    """INSERT INTO strategy_campaign (workspace_id, name, first_day, last_day, created_at)
       SELECT %(workspace)s, 'Campagne ' || n, current_date - n * 30 - 29, current_date - n * 30, now()
       FROM generate_series(0, 23) n""",
    """UPDATE compose_post p SET
         pillar_id = (SELECT (array_agg(id ORDER BY id))[1 + p.id %% 5] FROM strategy_pillar
                      WHERE workspace_id = p.workspace_id),
         campaign_id = CASE WHEN p.id %% 6 = 0 THEN
           (SELECT c.id FROM strategy_campaign c WHERE c.workspace_id = p.workspace_id
              AND p.created_at::date BETWEEN c.first_day AND c.last_day LIMIT 1) END
       WHERE workspace_id = %(workspace)s""",
    """INSERT INTO compose_revision (post_id, number, shared, author_id, created_at)
       SELECT id, 1, jsonb_build_object('text', name || ' : la terrasse est posée, merci à toute l’équipe.',
                                        'title', name), created_by_id, created_at - interval '2 days'
       FROM compose_post WHERE workspace_id = %(workspace)s""",
    """UPDATE compose_post p SET current_id = r.id FROM compose_revision r
       WHERE r.post_id = p.id AND p.workspace_id = %(workspace)s""",
    # One channel, two or three, in turn.
    """INSERT INTO compose_variant (revision_id, channel_id, body, tailored)
       SELECT r.id, (%(channels)s::bigint[])[1 + (r.id + k) %% cardinality(%(channels)s::bigint[])],
              r.shared, false
       FROM compose_revision r JOIN compose_post p ON p.id = r.post_id
       CROSS JOIN LATERAL generate_series(0, least(r.id %% 3, cardinality(%(channels)s::bigint[]) - 1)) k
       WHERE p.workspace_id = %(workspace)s""",
    """INSERT INTO ledger_delivery (workspace_id, channel_id, post_id, variant_id, state, local_at, zone, due_at,
                                    next_at, fingerprint, remote, accepted_at, live_at, created_by_id)
       SELECT %(workspace)s, v.channel_id, p.id, v.id, x.state,
              to_char(p.created_at, 'YYYY-MM-DD"T"HH24:MI'), 'Europe/Zurich', p.created_at,
              CASE WHEN x.state = 'planned' THEN p.created_at END, md5(p.name),
              CASE WHEN x.is_out THEN jsonb_build_object('id', 'r' || v.id, 'url', 'https://example.org/' || v.id,
                                                         'extra', '{}'::jsonb) END,
              CASE WHEN x.is_out THEN p.created_at END, CASE WHEN x.is_out THEN p.created_at END, %(person)s
       FROM compose_variant v JOIN compose_revision r ON r.id = v.revision_id
       JOIN compose_post p ON p.id = r.post_id
       CROSS JOIN LATERAL (SELECT CASE WHEN p.created_at > now() THEN 'planned'
         WHEN v.id %% 2000 = 0 THEN 'refused' WHEN v.id %% 2000 = 1 THEN 'unknown'
         WHEN v.id %% 2000 = 2 THEN 'missed' WHEN v.id %% 2000 = 3 THEN 'removed' ELSE 'live' END AS state) s
       CROSS JOIN LATERAL (SELECT s.state, s.state IN ('live', 'removed') AS is_out) x
       WHERE p.workspace_id = %(workspace)s AND p.id %% %(draft_every)s <> 1 %% %(draft_every)s""",
    """INSERT INTO ledger_step (delivery_id, channel_id, position, kind, key, instant, remote, remote_id)
       SELECT id, channel_id, 0, 'post', md5(id::text), due_at, remote, coalesce(remote->>'id', '')
       FROM ledger_delivery WHERE workspace_id = %(workspace)s AND state <> 'planned'""",
    """INSERT INTO ledger_attempt (step_id, delivery_id, channel_id, number, state, started_at, deadline_at,
                                   ended_at, verdict)
       SELECT s.id, d.id, d.channel_id, 1,
              CASE d.state WHEN 'refused' THEN 'refused' WHEN 'unknown' THEN 'ambiguous' ELSE 'accepted' END,
              d.due_at, d.due_at + interval '30 seconds', d.due_at + interval '1 second',
              CASE d.state WHEN 'refused' THEN 'refused:text' WHEN 'unknown' THEN 'no_answer' ELSE 'accepted' END
       FROM ledger_delivery d JOIN ledger_step s ON s.delivery_id = d.id
       WHERE d.workspace_id = %(workspace)s AND d.state <> 'missed'""",
    """INSERT INTO journal_entry (at, workspace_id, actor_id, actor_name, verb, subject_kind, subject_id)
       SELECT d.due_at, d.workspace_id, %(person)s, 'Alice', 'delivery.' || verb, 'delivery', d.id
       FROM ledger_delivery d CROSS JOIN unnest(ARRAY['planned', 'queued', 'sending', 'processing', 'live']) verb
       WHERE d.workspace_id = %(workspace)s""",
    """INSERT INTO measure_series (channel_id, delivery_id, remote, published_at)
       SELECT channel_id, id, remote, live_at FROM ledger_delivery
       WHERE workspace_id = %(workspace)s AND state = 'live'""",
    """INSERT INTO measure_series (channel_id, published_at)
       SELECT id, now() - interval '730 days' FROM channels_channel WHERE workspace_id = %(workspace)s
       ON CONFLICT DO NOTHING""",
    # Dense at first, then sparse; luck is a factor of its own for each post.
    """INSERT INTO measure_snapshot (series_id, at, values)
       SELECT s.id, s.published_at + n * n * interval '15 minutes',
              CASE WHEN s.delivery_id IS NULL THEN jsonb_build_object('followers', 400 + n) ELSE
              jsonb_build_object('reactions', (luck * n * 3)::int, 'comments', (luck * n / 4)::int,
                                 'shares', (luck * n / 9)::int, 'saves', (luck * n / 12)::int,
                                 'reach', (luck * n * 40)::int, 'impressions', (luck * n * 55)::int,
                                 'clicks', (luck * n / 3)::int) END
       FROM (SELECT s.id, s.delivery_id, s.published_at, exp(1.5 * sin(s.id * 12.9898)) AS luck,
                    count(*) OVER () AS crowd FROM measure_series s
             JOIN channels_channel c ON c.id = s.channel_id WHERE c.workspace_id = %(workspace)s) s
       CROSS JOIN LATERAL generate_series(1, ceil(%(snapshots)s::float8 / s.crowd)::int) n
       LIMIT %(snapshots)s""",
    """UPDATE measure_series s SET latest = l.values, latest_at = l.at
       FROM (SELECT DISTINCT ON (series_id) series_id, values, at FROM measure_snapshot
             ORDER BY series_id, at DESC) l WHERE l.series_id = s.id""",
    """INSERT INTO measure_pastpost (channel_id, remote_id, url, posted_at, text, media_count, figures)
       SELECT (%(channels)s::bigint[])[1 + n %% cardinality(%(channels)s::bigint[])], 'past' || n,
              'https://example.org/past/' || n, now() - n * interval '1 day', 'Posté ailleurs ' || n, 0, '{}'
       FROM generate_series(1, least(%(posts)s / 20, 90)) n""",
    """UPDATE measure_series SET followers = 400 + channel_id * 7 + (published_at::date - current_date + 730)""",
    """INSERT INTO measure_channelday (channel_id, day, followers)
       SELECT c.id, current_date - n, 900 - n FROM channels_channel c CROSS JOIN generate_series(0, 729) n
       WHERE c.workspace_id = %(workspace)s""",
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What there is now, and to look at: one delivery that was measured, its post and channel.
    `planned_day`: of the delivery in the middle of those that are planned."""

    posts: int
    snapshots: int
    today: str
    planned_day: str
    delivery_id: int
    post_id: int
    channel_id: int
    channel_name: str


def fill(
    workspace: "Workspace", person: "User", channels: Sequence["Channel"], *, posts: int, snapshots: int
) -> Filled:
    from django.db import connection

    from tesselle.compose.models import Post
    from tesselle.ledger.models import Delivery
    from tesselle.measure.models import Snapshot
    from tesselle.measure.rollups import rebuild

    values: dict[str, Any] = {
        "workspace": workspace.pk,
        "person": person.pk,
        "channels": [channel.pk for channel in channels],
        "posts": posts,
        "snapshots": snapshots,
        "title": TITLE,
        "draft_every": min(DRAFT_EVERY, posts),  # at least one
    }
    with connection.cursor() as cursor:
        for statement in _STATEMENTS:
            cursor.execute(statement, values if "%(" in statement else None)
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        # A million new rows would be written out while the first pages are timed. A role of a company's own
        # database may not ask for it: then the first pages pay.
        cursor.execute("SELECT pg_has_role(current_user, 'pg_checkpoint', 'MEMBER')")
        if cursor.fetchone() == (True,):
            cursor.execute("CHECKPOINT")
    measured = Delivery.objects.filter(workspace=workspace, state="live").latest("due_at")
    channel = measured.channel
    planned = list(
        Delivery.objects.filter(workspace=workspace, state="planned")
        .order_by("due_at")
        .values_list("due_at", flat=True)
    )
    middle = planned[len(planned) // 2]
    return Filled(
        posts=Post.objects.count(),
        snapshots=Snapshot.objects.count(),
        today=workspace.today().isoformat(),
        planned_day=middle.astimezone(workspace.tz).date().isoformat(),
        delivery_id=measured.pk,
        post_id=measured.post_id or 0,
        channel_id=channel.pk,
        channel_name=channel.display_name or channel.handle,
    )
