"""The network says yes after everybody had stopped waiting for it."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tesselle.channels import services as channel_services
from tesselle.channels.models import Channel
from tesselle.connectors.http.exchange import Request
from tesselle.domain.lifecycle import AttemptState
from tesselle.journal.models import Entry
from tesselle.ledger.hot import workers
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.models import Attempt, Delivery
from tesselle.ledger.services import deciding
from tesselle.publish.tests.stage import PublishStage, database_url, in_thread, state_of
from tesselle.workspaces.models import User


@pytest.fixture
def blind(stage: PublishStage) -> Channel:
    """A channel on which nothing can be looked up. Its calls are kept waiting, so they have time."""
    stage.timing = replace(stage.timing, least_call=40.0)
    return stage.channel("telegram", discussion=False)


def given_up_for_dead(stage: PublishStage, delivery: Delivery, then: Callable[[], Any]) -> None:
    """The sender stands still with its call not made yet; another takes over; then the call goes."""

    async def stand_still(_request: Request) -> None:
        stage.hooks.clear()
        worker_id = await in_thread(
            lambda: Delivery.objects.values_list("worker_id", flat=True).get(pk=delivery.pk)
        )
        db = await open_pool(database_url())
        try:
            assert await workers.take_over(db, worker_id)
        finally:
            await db.close()
        while await in_thread(state_of, delivery) != "unknown":
            await asyncio.sleep(0.02)
        if asyncio.iscoroutinefunction(then):
            await then()
        else:
            await in_thread(then)

    stage.hooks.append(stand_still)


def test_a_late_yes_to_what_could_not_be_told_is_believed(stage: PublishStage, blind: Channel):
    delivery = stage.planned("Tard mais oui", blind)
    given_up_for_dead(stage, delivery, then=lambda: None)

    stage.run_until_state(delivery, "sent")

    assert len(stage.copies("telegram", "Tard mais oui")) == 1
    assert delivery.attempts.get().state == "accepted"
    verbs = Entry.objects.filter(subject_id=delivery.pk, subject_kind="delivery").values_list(
        "verb", flat=True
    )
    assert "delivery.unknown" in verbs


def test_a_late_yes_before_the_second_attempt_leaves_one_copy(
    stage: PublishStage, blind: Channel, alice: User
):
    delivery = stage.planned("Une seule fois", blind)

    def decide() -> None:
        channel_services.pause(blind, by=alice)
        assert deciding.send_now(delivery, now=timezone.now(), by=alice)

    given_up_for_dead(stage, delivery, then=decide)
    stage.run_until(lambda: Attempt.objects.filter(evidence__has_key="late").exists())
    channel_services.resume(blind, by=alice)
    stage.run_until_state(delivery, "sent")

    assert len(stage.copies("telegram", "Une seule fois")) == 1
    assert list(delivery.attempts.values_list("state", "verdict")) == [
        ("given_up", "worker_lost"),
        ("unsent", "answered_late"),
    ]
    assert delivery.second_copy is None


@pytest.fixture
def doubled(stage: PublishStage, blind: Channel, alice: User) -> Delivery:
    """A person said "it is not there", and it came after all."""
    delivery = stage.planned("En double", blind)

    async def send_again() -> None:
        await in_thread(deciding.send_now, delivery, now=timezone.now(), by=alice)
        while await in_thread(state_of, delivery) != "sent":
            await asyncio.sleep(0.02)

    given_up_for_dead(stage, delivery, then=send_again)
    stage.run_until(lambda: Delivery.objects.filter(second_copy__isnull=False).exists())
    delivery.refresh_from_db()
    return delivery


def test_a_late_yes_that_shows_a_second_copy_is_told_with_both_addresses(
    stage: PublishStage, doubled: Delivery, as_alice: Client
):
    copies = stage.copies("telegram", "En double")

    page = as_alice.get(reverse("publish:delivery", args=[doubled.pk])).content.decode()

    assert len(copies) == 2
    assert {doubled.second_copy[name]["id"] for name in ("first", "second")} == {c.id for c in copies}
    assert doubled.attempts.order_by("id").first().evidence["late"]["state"] == AttemptState.ACCEPTED
    assert "data-second-copy" in page
    assert all(doubled.second_copy[name]["url"] in page for name in ("first", "second"))
    assert Entry.objects.filter(verb="delivery.second_copy", subject_id=doubled.pk).count() == 1


def test_a_second_copy_waits_for_a_person_until_somebody_has_seen_to_it(doubled: Delivery, as_alice: Client):
    def waiting() -> bool:
        return 'data-waiting="1"' in as_alice.get(reverse("plan:calendar")).content.decode()

    before = waiting()
    as_alice.post(reverse("publish:seen_to", args=[doubled.pk]))

    assert before
    assert not waiting()
    assert Entry.objects.filter(verb="delivery.second_copy_seen_to", actor_name="Alice").exists()


def test_a_stranger_can_see_to_nothing(doubled: Delivery, client: Client, mallory: User):
    client.force_login(mallory)

    assert client.post(reverse("publish:seen_to", args=[doubled.pk])).status_code == 404
    connection.close()
