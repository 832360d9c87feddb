"""Doubt in its rarer forms: hands, sleepers, restores, and a database that does not come back at once."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tesselle.compose.services import Wording, save_post
from tesselle.connectors.http.exchange import Request
from tesselle.domain.content import Content
from tesselle.ledger.hot import workers
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.hot.sending import write_outcome
from tesselle.ledger.models import Attempt, Delivery, Worker
from tesselle.ledger.services import deciding
from tesselle.publish.spool import Spool
from tesselle.publish.tests.stage import PublishStage, database_url, in_thread, state_of
from tesselle.simulation.faults import Effect, Fault
from tesselle.workspaces.models import User


def test_the_same_words_posted_by_hand_are_shown_and_not_taken(stage: PublishStage, as_alice: Client):
    channel = stage.channel("telegram", signs=False)
    stage.sim("telegram").script.add(Fault("create", Effect.CUT_UNREAD))
    delivery = stage.planned("Les mêmes mots", channel)
    network = stage.sim("telegram").network

    async def by_hand(_request: Request) -> None:
        stage.hooks.clear()
        number = str(await network.next_id("messages"))
        await network.add_post(network.new_post(number, channel.remote_id, "Les mêmes mots"))

    stage.hooks.append(by_hand)
    stage.run_until_state(delivery, "unknown")
    page = as_alice.get(reverse("publish:delivery", args=[delivery.pk])).content.decode()

    assert delivery.attempts.get().state == "ambiguous"
    assert "data-candidates" in page
    assert len(stage.copies("telegram", "Les mêmes mots")) == 1


def _late_as_soon_as_it_leaves(stage: PublishStage, delivery: Delivery) -> None:
    """An outage of hours, between the first call and the next."""

    async def hours_pass(_request: Request) -> None:
        stage.hooks.clear()
        long_ago = stage.workspace.now() - timedelta(hours=5)
        await in_thread(lambda: Delivery.objects.filter(pk=delivery.pk).update(due_at=long_ago))

    stage.hooks.append(hours_pass)


@pytest.mark.parametrize(
    ("effect", "state", "copies"), [(Effect.CUT_UNREAD, "missed", 0), (Effect.ACCEPT_CUT, "live", 1)]
)
def test_a_call_with_a_key_is_not_repeated_past_its_freshness(
    stage: PublishStage, effect: Effect, state: str, copies: int
):
    delivery = stage.planned("Après la panne", stage.channel("bluesky"))
    stage.sim("bluesky").script.add(Fault("create", effect))
    _late_as_soon_as_it_leaves(stage, delivery)

    stage.run_until_state(delivery, state)

    assert len(stage.copies("bluesky", "Après la panne")) == copies


def test_what_only_repeating_could_tell_is_a_persons_to_decide_once_it_is_late(stage: PublishStage):
    delivery = stage.planned("Trop tard", stage.channel("webhook"))
    stage.sim("webhook").script.add(Fault("create", Effect.CUT_UNREAD))
    _late_as_soon_as_it_leaves(stage, delivery)

    stage.run_until_state(delivery, "unknown")

    assert Delivery.objects.get(pk=delivery.pk).reason == "late"
    assert stage.copies("webhook", "Trop tard") == []


def test_a_person_who_says_that_one_it_is_ends_the_doubt(stage: PublishStage, as_alice: Client):
    stage.sim("telegram").script.add(Fault("create", Effect.ACCEPT_CUT))
    delivery = stage.planned("C’est bien elle", stage.channel("telegram", signs=False))
    stage.run_until_state(delivery, "unknown")

    as_alice.post(reverse("publish:adopt", args=[delivery.pk]), {"candidate": "0"})
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("telegram", "C’est bien elle")) == 1


def test_send_now_on_unknown_gives_the_doubtful_attempt_up_in_the_persons_name_once(
    stage: PublishStage, alice: User
):
    stage.sim("telegram").script.add(Fault("create", Effect.CUT_UNREAD))
    delivery = stage.planned("Décidé", stage.channel("telegram", discussion=False))
    stage.run_until_state(delivery, "unknown")

    pressed = [deciding.send_now(delivery, now=stage.workspace.now(), by=alice) for _ in range(2)]
    stage.run_until_state(delivery, "sent")

    assert pressed == [True, False]
    assert [(a.state, a.given_up_by) for a in delivery.attempts.order_by("id")] == [
        ("given_up", alice),
        ("accepted", None),
    ]
    assert len(stage.copies("telegram", "Décidé")) == 1


def test_a_sleeper_that_wakes_up_after_another_took_over_sends_nothing(stage: PublishStage):
    """Its lock is gone; the one that it takes on anew is another's, and opens no gate."""
    delivery = stage.planned("Dormeur", stage.channel("telegram"))

    async def sleep(_request: Request) -> None:
        stage.hooks.clear()
        worker_id = await in_thread(
            lambda: Delivery.objects.values_list("worker_id", flat=True).get(pk=delivery.pk)
        )
        await in_thread(_end_session_of, worker_id)
        db = await open_pool(database_url())
        try:
            assert await workers.take_over(db, worker_id)
        finally:
            await db.close()
        while await in_thread(state_of, delivery) != "live":
            await asyncio.sleep(0.02)

    stage.hooks.append(sleep)
    stage.run_until(lambda: Attempt.objects.filter(evidence__has_key="late").exists())

    assert len(stage.copies("telegram", "Dormeur")) == 1
    first, second = delivery.attempts.order_by("id")
    assert (first.state, first.evidence["late"]["state"]) == ("absent", "unsent")
    assert second.state == "accepted"


def _end_session_of(worker_id: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [Worker.objects.get(pk=worker_id).backend_pid])


def test_what_was_in_flight_when_sending_was_held_is_looked_up_and_nothing_is_sent(
    stage: PublishStage, alice: User
):
    stage.sim("telegram").script.add(Fault("create", Effect.ACCEPT_CUT))
    channel = stage.channel("telegram")
    doubtful, due = stage.planned("En vol", channel), stage.planned("Dû", channel)

    async def restored(_request: Request) -> None:
        stage.hooks.clear()
        await in_thread(deciding.hold, "restored")

    stage.hooks.append(restored)
    stage.run_until(lambda: Attempt.objects.filter(delivery=doubtful, state="found").exists())
    assert not stage.copies("telegram", "Dû")

    deciding.release(alice)
    stage.run_until(lambda: {state_of(doubtful), state_of(due)} == {"live"})

    assert [len(stage.copies("telegram", text)) for text in ("En vol", "Dû")] == [1, 1]


def test_an_edit_while_it_is_being_sent_leaves_it_as_it_was_and_can_follow_after(
    stage: PublishStage, as_alice: Client
):
    channel = stage.channel("mastodon")
    delivery = stage.planned("Déjà en route", channel)

    async def edit(_request: Request) -> None:
        stage.hooks.clear()
        await sync_to_async(save_post, thread_sensitive=False)(
            workspace=stage.workspace,
            author=None,
            shared=Content(text="Trop tard"),
            wordings=(Wording(channel),),
            post=delivery.post,
        )
        await sync_to_async(connection.close, thread_sensitive=False)()

    stage.hooks.append(edit)
    stage.run_until_state(delivery, "live")
    page = as_alice.get(reverse("publish:delivery", args=[delivery.pk])).content.decode()

    assert len(stage.copies("mastodon", "Déjà en route")) == 1
    assert not stage.copies("mastodon", "Trop tard")
    assert 'data-act="edit"' in page and 'data-act="delete"' in page


@pytest.fixture
def lost_for_outcomes(monkeypatch) -> list[str]:
    """While it holds something, the database cannot be told what came of a call."""
    lost = ["lost"]

    async def write(db, outcome):
        if lost:
            raise ConnectionRefusedError("the database is away")
        return await write_outcome(db, outcome)

    for place in ("tesselle.publish.sending", "tesselle.publish.spool"):
        monkeypatch.setattr(f"{place}.write_outcome", write)
    return lost


def test_a_lost_outcome_is_one_durable_line_and_nothing_new_is_sent_until_it_is_written(
    stage: PublishStage, lost_for_outcomes: list[str]
):
    stage.planned("Première", stage.channel("bluesky", "un"))
    other = stage.channel("bluesky", "deux")
    spool = stage.media_folder / "spool" / "outcomes.jsonl"
    rounds: list[str] = []

    def all_is_live() -> bool:
        if not spool.exists() and not rounds:
            return False
        if not rounds:
            rounds.append(spool.read_text())
            stage.planned("Seconde", other)
        elif len(rounds) < 30:
            rounds.append("")
            assert not stage.copies("bluesky", "Seconde")
        else:
            lost_for_outcomes.clear()
        return not Delivery.objects.exclude(state="live").exists()

    stage.run_until(all_is_live)

    assert len(rounds[0].splitlines()) == 1 and '"accepted"' in rounds[0]
    assert [len(stage.copies("bluesky", text)) for text in ("Première", "Seconde")] == [1, 1]
    assert not spool.exists()


def test_a_line_cut_by_a_crash_is_left_out_and_its_attempt_looked_up(tmp_path: Path):
    (tmp_path / "outcomes.jsonl").write_text('{"attempt_id": 1, "state": "acc')

    assert Spool(tmp_path).is_empty
