"""Asking for a run, and taking one that was asked for."""

from datetime import timedelta

from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils import timezone

from tesselle.journal.services import record
from tesselle.learn.models import GoalOutlook, Run
from tesselle.strategy.models import Objective
from tesselle.workspaces.models import User, Workspace

ABANDONED_AFTER = timedelta(minutes=15)
"""A run that has been going for so long is taken by another process, whatever the first one does."""

LOCK_CLASS = 0x4C45524E
"""First half of the lock that a process holds on its run, by its database session; the second is the run's id."""

_IS_HELD = f"""EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = {LOCK_CLASS}::oid
  AND l.objid = learn_run.id::int::oid AND l.objsubid = 2
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))"""  # noqa: S608 - a number of ours

SOME_RUN_WAITS = f"""SELECT EXISTS (SELECT 1 FROM learn_run WHERE state = 'asked'
  OR (state = 'running' AND (NOT {_IS_HELD} OR began_at < now() - interval '15 minutes')))"""  # noqa: S608 - nothing from outside

NEW_POSTS = 5
AT_LEAST_EVERY = timedelta(days=7)

_ASK_WHERE_NEWS = """
INSERT INTO learn_run (workspace_id, asked_at)
SELECT w.id, now() FROM workspaces_workspace w
LEFT JOIN LATERAL (
  SELECT instant FROM learn_run r WHERE r.workspace_id = w.id AND r.state = 'done'
  ORDER BY id DESC LIMIT 1) last ON true
CROSS JOIN LATERAL (
  SELECT count(*) AS posts FROM measure_mark m JOIN channels_channel c ON c.id = m.channel_id
  WHERE c.workspace_id = w.id AND m.age_days = 7
    AND m.read_at > coalesce(last.instant, '-infinity'::timestamptz)) fresh
WHERE w.deleted_at IS NULL AND (%s::bigint IS NULL OR w.id = %s)
  AND (fresh.posts >= %s OR (fresh.posts > 0 AND last.instant < now() + w.clock_shift - %s::interval))
ON CONFLICT DO NOTHING
"""


@transaction.atomic
def ask(workspace: Workspace, *, by: User) -> Run:
    """The run that is under way, or a new one."""
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    going = Run.objects.filter(workspace=workspace, state__in=["asked", "running"]).first()
    if going is not None:
        return going
    record(
        "learning.asked",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
    )
    return Run.objects.create(workspace=workspace, asked_by=by)


def ask_where_news(workspace_id: int | None = None) -> int:
    """A run for each workspace, or for that one, with five new posts measured, or some and a week gone; how
    many."""
    with connection.cursor() as cursor:
        days = f"{AT_LEAST_EVERY.days} days"
        cursor.execute(_ASK_WHERE_NEWS, [workspace_id, workspace_id, NEW_POSTS, days])
        return int(cursor.rowcount)


def ask_where_goals_wait() -> int:
    """A run for each workspace with an objective whose outlook is missing or a week old; how many."""
    week_ago = timezone.now().date() - AT_LEAST_EVERY
    stale = Q(outlook=None) | Q(outlook__made_on__lt=week_ago)
    waiting = (
        Objective.objects.filter(
            stale,
            retired_at=None,
            target__isnull=False,
            due_on__isnull=False,
            workspace__deleted_at=None,
        )
        .exclude(indicator="")
        .exclude(outlook__state__in=[GoalOutlook.State.REACHED, GoalOutlook.State.NOT_REACHED])
    )
    ids = set(waiting.values_list("workspace_id", flat=True))
    ids -= set(
        Run.objects.filter(workspace__in=ids, state__in=["asked", "running"]).values_list(
            "workspace_id", flat=True
        )
    )
    Run.objects.bulk_create((Run(workspace_id=pk) for pk in sorted(ids)), ignore_conflicts=True)
    return len(ids)


@transaction.atomic
def take() -> Run | None:
    """The oldest run that waits or was abandoned; it is this process's from now on. Whoever asked does not wait for
    a process that was ended on the way, by a restart say: its session's lock went with it."""
    now = timezone.now()
    run = (
        Run.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("workspace")
        .filter(state=Run.State.ASKED)
        .order_by("pk")
        .first()
        or Run.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("workspace")
        .annotate(is_held=RawSQL(_IS_HELD, (), output_field=BooleanField()))  # noqa: S611 - nothing from outside
        .filter(Q(is_held=False) | Q(began_at__lt=now - ABANDONED_AFTER), state=Run.State.RUNNING)
        .order_by("pk")
        .first()
    )
    if run is None:
        return None
    run.state, run.began_at = Run.State.RUNNING, now
    run.save(update_fields=["state", "began_at"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK_CLASS, run.pk])
    return run


def give_up(run: Run) -> None:
    """After an error: what was known before stays; whoever asked is told."""
    Run.objects.filter(pk=run.pk).update(state=Run.State.FAILED, step="", ended_at=timezone.now())


@transaction.atomic
def goal_seen(objective: Objective, *, by: User) -> None:
    """Somebody knows that this objective is unlikely to be reached."""
    GoalOutlook.objects.filter(objective=objective, seen_at=None).update(seen_at=timezone.now())
    record(
        "goal.seen",
        workspace_id=objective.workspace_id,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="objective",
        subject_id=objective.pk,
        name=str(objective),
    )
