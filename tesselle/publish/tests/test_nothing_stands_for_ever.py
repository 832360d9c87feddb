"""Ways in which a delivery was left in nobody's hand; its channel would wait behind it for ever."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.domain.lifecycle import AttemptState
from tesselle.domain.verdicts import Remote
from tesselle.ledger.hot import dispatch, sending, workers
from tesselle.ledger.hot.pool import connect, open_pool
from tesselle.ledger.hot.sending import Beginning, Outcome, StepToOpen
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services import planning
from tesselle.plan.services import Slot, plan_post
from tesselle.publish.spool import Spool
from tesselle.publish.tests.stage import PublishStage, database_url, in_thread, state_of
from tesselle.simulation.faults import Effect, Fault


def test_what_is_in_hand_when_a_stop_has_no_more_patience_is_settled(stage: PublishStage):
    delivery = stage.planned("Arrêt", stage.channel("bluesky"))
    calling = asyncio.Event()

    async def hang(_request: Request) -> None:
        calling.set()
        await asyncio.Event().wait()

    stage.hooks.append(hang)
    stage.patience = 0.1

    async def stopped_in_a_call() -> None:
        worker = stage.worker()
        running = asyncio.create_task(worker.run())
        await calling.wait()
        worker.stop()
        await running

    asyncio.run(stopped_in_a_call())

    assert state_of(delivery) == "settling"
    stage.hooks.clear()
    stage.run_until_state(delivery, "live")
    assert len(stage.copies("bluesky", "Arrêt")) == 1


def test_a_claim_whose_answer_was_lost_is_handed_back(stage: PublishStage, monkeypatch):
    delivery = stage.planned("Réponse perdue", stage.channel("bluesky"))
    real, lost = dispatch.claim, list[int]()

    async def losing(*args, **kwargs):
        claims = await real(*args, **kwargs)
        if claims and not lost:
            lost.append(claims[0].delivery_id)
            raise asyncpg.ConnectionDoesNotExistError("cut after the commit")
        return claims

    monkeypatch.setattr("tesselle.publish.worker.dispatch.claim", losing)
    stage.run_until_state(delivery, "live")

    assert lost == [delivery.pk]
    assert len(stage.copies("bluesky", "Réponse perdue")) == 1


def test_a_post_called_off_and_taken_up_again_while_it_is_prepared_goes_out_once(
    stage: PublishStage, monkeypatch
):
    """The first lane has not noticed yet, and its attempt still holds the step."""
    delivery = stage.planned("Repris", stage.channel("bluesky"))
    preparing, goes_on = asyncio.Event(), asyncio.Event()
    real = sending.begin

    async def slow(db, wanted: Sequence[Beginning]) -> list[bool]:
        if not preparing.is_set():
            preparing.set()
            await goes_on.wait()
        return await real(db, wanted)

    monkeypatch.setattr("tesselle.ledger.hot.sending.begin", slow)

    def off_and_on() -> None:
        assert planning.cancel([Delivery.objects.get(pk=delivery.pk)], by=None)
        assert planning.take_up_again(Delivery.objects.get(pk=delivery.pk), by=None)

    async def main() -> None:
        worker = stage.worker()
        running = asyncio.create_task(worker.run())
        async with asyncio.timeout(60):
            await preparing.wait()
            await in_thread(off_and_on)
            while await in_thread(state_of, delivery) != "waiting":
                await asyncio.sleep(0.02)
            goes_on.set()
            while await in_thread(state_of, delivery) != "live":
                await asyncio.sleep(0.02)
        worker.stop()
        await running

    asyncio.run(main())

    assert len(stage.copies("bluesky", "Repris")) == 1


def _claimed(stage: PublishStage, text: str) -> Delivery:
    delivery = stage.planned(text, stage.channel("bluesky"))
    Delivery.objects.update(state="queued")
    return delivery


@pytest.mark.parametrize("way", ["taken_over", "let_go"])
def test_an_attempt_that_begins_while_it_is_taken_away_is_never_forgotten(stage: PublishStage, way: str):
    """`begin` holds the row; whoever takes the delivery away waits for it, and sees what it did."""
    delivery = _claimed(stage, "Entre deux")

    async def main() -> None:
        pool, session, other = await open_pool(database_url()), *[await connect(database_url()) for _ in "ab"]
        me = await workers.register(session, host="here", pid=1)
        [claim] = await dispatch.claim(pool, worker_id=me, lanes={"bluesky": 9}, budgets={})
        [step] = await sending.open_steps(pool, [StepToOpen(claim, 0, "post")])
        assert step is not None
        beginning = other.transaction()
        await beginning.start()
        found = await other.fetch(sending._BEGIN, [Beginning(claim, step, {}, 30.0).to_json()])
        assert len(found) == 1
        taking: asyncio.Task[Any]
        if way == "taken_over":
            taking = asyncio.create_task(workers.take_over(pool, me))
        else:
            taking = asyncio.create_task(
                workers.let_go(
                    pool, claim.delivery_id, claim.token, to="queued", verdict="lost", next_in_s=0.0
                )
            )
        while not await pool.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):
            await asyncio.sleep(0.01)
        await beginning.commit()
        await taking
        await session.close()
        await other.close()
        await pool.close()

    asyncio.run(main())

    assert state_of(delivery) == "settling"
    assert Attempt.objects.get().state == "ambiguous"


def test_a_late_answer_that_cannot_be_adopted_hurts_no_neighbour(stage: PublishStage, monkeypatch):
    """What is opened stays opened: a failure after it must be one lane's own."""
    first, second = (stage.planned(f"Voisin {n}", stage.channel("bluesky", f"v{n}")) for n in (1, 2))
    real, failed = sending.adopt_late, list[int]()

    async def failing(db, step):
        if not failed:
            failed.append(step.step_id)
            raise asyncpg.DeadlockDetectedError("once")
        return await real(db, step)

    monkeypatch.setattr("tesselle.ledger.hot.sending.adopt_late", failing)
    for delivery in (first, second):
        stage.run_until_state(delivery, "live")

    refused = Attempt.objects.exclude(state="accepted")
    assert [(one.state, one.verdict) for one in refused] == [("unsent", "our_error")]


def test_an_outcome_that_cannot_be_written_does_not_stop_everything_else(stage: PublishStage, tmp_path: Path):
    delivery = stage.planned("Illisible", stage.channel("bluesky"))
    Delivery.objects.filter(pk=delivery.pk).update(state="settling")
    step = Step.objects.create(
        delivery=delivery, channel=delivery.channel, kind="post", position=0, key="k", instant=delivery.due_at
    )
    attempt = Attempt.objects.create(
        step=step, delivery=delivery, channel=delivery.channel, number=1, state="sending"
    )
    spool = Spool(tmp_path / "other")
    remote = Remote("at://\ud800\x00", "")
    spool.keep(Outcome(attempt.pk, AttemptState.ACCEPTED, "accepted", {"answer": "\ud800"}, remote))

    async def flush() -> None:
        pool = await open_pool(database_url())
        await spool.flush(pool)
        await pool.close()

    asyncio.run(flush())

    attempt.refresh_from_db()
    assert (attempt.state, attempt.verdict) == ("ambiguous", "unwritable")
    assert spool.is_empty


def test_a_look_that_we_cannot_read_ends_with_a_person(stage: PublishStage, monkeypatch):
    monkeypatch.setattr("tesselle.publish.settling.GIVE_UP_SETTLING_S", 0.0)
    monkeypatch.setattr("tesselle.publish.settling._look", _broken)
    monkeypatch.setattr("tesselle.publish.settling._repeat", _broken)
    post = stage.post("Sans regard", channel := stage.channel("bluesky"))
    stage.sim("bluesky").script.add(Fault("create", Effect.ACCEPT_CUT))
    [delivery] = plan_post(post=post, slots={channel.pk: Slot.at_once(stage.workspace)}, by=None)

    stage.run_until_state(delivery, "unknown")

    assert Delivery.objects.get(pk=delivery.pk).reason == "no_look_worked"


async def _broken(*_args: object) -> None:
    raise KeyError("posts")
