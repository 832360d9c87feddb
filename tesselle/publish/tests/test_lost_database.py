"""The database goes away, whole or in part, while something is in hand."""

import asyncio
from datetime import timedelta
from pathlib import Path

import asyncpg
from django.db import connection, transaction
from django.utils import timezone

from tesselle.connectors.http.exchange import Request
from tesselle.domain.lifecycle import AttemptState
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot import workers
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.hot.sending import Outcome
from tesselle.ledger.models import Attempt, Delivery, Purpose, Step, Worker
from tesselle.ledger.services import planning
from tesselle.publish.spool import Spool
from tesselle.publish.tests.stage import PublishStage, database_url, in_thread


def test_a_worker_whose_lock_session_ends_in_an_odd_way_locks_again(stage: PublishStage, monkeypatch):
    beat, beats = workers.beat, []

    async def odd(session, worker_id):
        beats.append(worker_id)
        if len(beats) == 1:
            raise asyncpg.InternalClientError(
                "cannot switch to state 12; another operation (2) is in progress"
            )
        await beat(session, worker_id)

    monkeypatch.setattr("tesselle.publish.standing.workers.beat", odd)
    delivery = stage.planned("Reprise", stage.channel("bluesky"))

    stage.run_until_state(delivery, "live")

    assert Worker.objects.count() == 2


def test_a_delivery_in_hand_when_only_pooled_sessions_are_cut_goes_on(stage: PublishStage):
    delivery = stage.planned("Coupure", stage.channel("bluesky"))

    async def cut(_request: Request) -> None:
        stage.hooks.clear()
        await in_thread(_end_pooled_sessions)

    stage.hooks.append(cut)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Coupure")) == 1


def _end_pooled_sessions() -> None:
    """All but those that hold a worker's lock."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'tesselle worker'"
            " AND pid NOT IN (SELECT backend_pid FROM ledger_worker)"
        )


def test_a_worker_suspended_before_its_call_counts_as_overdue(stage: PublishStage):
    delivery = stage.planned("Suspendu", stage.channel("bluesky"))
    worker = Worker.objects.create(host="here", pid=1, backend_pid=1)
    long_ago = timezone.now() - timedelta(seconds=300)
    Delivery.objects.filter(pk=delivery.pk).update(state="sending", worker_id=worker.pk, claimed_at=long_ago)

    async def look() -> float:
        db = await open_pool(database_url())
        try:
            return (await workers.seen(db))[0].overdue_s
        finally:
            await db.close()

    assert 299 < asyncio.run(look()) < 400


def test_a_spooled_deletion_does_not_claim_what_it_deleted(stage: PublishStage, tmp_path: Path):
    post = stage.planned("À retirer", stage.channel("bluesky"))
    stage.run_until_state(post, "live")
    gone = planning.plan_act(
        channel=post.channel,
        subject=post,
        purpose=Purpose.DELETE,
        target=dict(post.remote or {}),
        content=None,
        now=timezone.now(),
        by=None,
    )
    step = Step.objects.create(
        delivery=gone, channel=gone.channel, position=0, kind="delete", key="k", instant=timezone.now()
    )
    attempt = Attempt.objects.create(
        step=step, delivery=gone, channel=gone.channel, number=1, state="sending"
    )
    remote = Remote.from_json(post.remote or {})
    Spool(tmp_path).keep(Outcome(attempt.pk, AttemptState.ACCEPTED, "accepted", {}, remote, adopts=False))
    kept = Spool(tmp_path)

    async def flush() -> None:
        db = await open_pool(database_url())
        try:
            await asyncio.gather(kept.flush(db), kept.flush(db))
        finally:
            await db.close()

    asyncio.run(flush())

    assert kept.is_empty
    attempt.refresh_from_db()
    assert attempt.state == "accepted"
    assert Step.objects.get(pk=step.pk).remote_id == ""
