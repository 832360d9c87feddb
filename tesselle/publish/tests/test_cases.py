"""The cases of docs/algorithms/publishing.md, one test each."""

import asyncio
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from tesselle.channels import services as channel_services
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.http.exchange import GateClosedError, Request
from tesselle.connectors.protocols import Identity
from tesselle.domain.approving import OUTSIDE, OWNER, Demand
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.ledger.hot.steady import boottime
from tesselle.ledger.models import Attempt, Delivery
from tesselle.ledger.services import deciding, planning
from tesselle.publish.context import Standing
from tesselle.publish.tests.stage import PublishStage, in_thread, state_of
from tesselle.review.links import make_link
from tesselle.review.rules import change_rule
from tesselle.review.services import answer
from tesselle.simulation.faults import Effect, Fault
from tesselle.workspaces.models import Member, Role, User


def test_two_workers_race_and_each_post_goes_out_once(stage: PublishStage):
    channels = [stage.channel("bluesky", f"carreaux{number}") for number in range(4)]
    deliveries = [stage.planned(f"Course {n} {c.pk}", c) for c in channels for n in range(3)]

    stage.run_workers_until(lambda: not Delivery.objects.exclude(state="live").exists(), workers=3)

    assert [len(stage.copies("bluesky", f"Course {n} {c.pk}")) for c in channels for n in range(3)] == [
        1
    ] * 12
    assert Attempt.objects.count() == len(deliveries)


def test_a_worker_that_dies_between_queue_and_claim_loses_nothing(stage: PublishStage):
    delivery = stage.planned("En file", stage.channel("bluesky"))
    Delivery.objects.filter(pk=delivery.pk).update(state="queued")

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "En file")) == 1


def test_an_edit_while_planned_goes_out_and_one_while_queued_does_not(stage: PublishStage):
    channel = stage.channel("bluesky")
    planned, queued = stage.planned("Avant A", channel), stage.planned("Avant B", channel)
    Delivery.objects.filter(pk=queued.pk).update(state="queued")

    for delivery, text in ((planned, "Après A"), (queued, "Après B")):
        save_post(
            workspace=stage.workspace,
            author=None,
            shared=Content(text=text),
            wordings=(Wording(channel),),
            post=delivery.post,
        )
    stage.run_until(lambda: not Delivery.objects.exclude(state="live").exists())

    assert len(stage.copies("bluesky", "Après A")) == 1
    assert len(stage.copies("bluesky", "Avant B")) == 1
    assert not stage.copies("bluesky", "Avant A") + stage.copies("bluesky", "Après B")


def test_cancelling_before_the_row_says_sending_stops_it(stage: PublishStage):
    delivery = stage.planned("Annulé à temps", stage.channel("bluesky"))
    Delivery.objects.filter(pk=delivery.pk).update(state="queued")

    assert planning.cancel([delivery], by=None) == 1
    marker = stage.planned("Suivant", stage.channel("bluesky", "autre"))
    stage.run_until_state(marker, "live")

    assert state_of(delivery) == "cancelled"
    assert not stage.copies("bluesky", "Annulé")


def test_cancelling_after_the_row_says_sending_is_too_late(stage: PublishStage):
    delivery = stage.planned("Déjà parti", stage.channel("bluesky"))
    cancelled = []

    async def cancel_now(_request: Request) -> None:
        cancelled.append(await in_thread(planning.cancel, [delivery], by=None))

    stage.hooks.append(cancel_now)
    stage.run_until_state(delivery, "live")

    assert cancelled == [0]
    assert len(stage.copies("bluesky", "Déjà parti")) == 1


def test_the_third_part_of_five_doubtful_holds_the_rest_until_it_is_settled(stage: PublishStage):
    stage.sim("bluesky").script.add(Fault("create", Effect.ACCEPT_CUT, skip=2))
    parts = ("deuxième", "troisième", "quatrième", "cinquième")
    delivery = stage.planned("première", stage.channel("bluesky"), parts=parts)

    stage.run_until_state(delivery, "live")

    assert [len(stage.copies("bluesky", text)) for text in ("première", *parts)] == [1] * 5
    assert [step.attempts.get().state for step in delivery.steps.all()] == [
        "accepted",
        "accepted",
        "found",
        "accepted",
        "accepted",
    ]


def test_a_thread_refused_in_the_middle_is_partial_and_what_is_out_stays(stage: PublishStage):
    stage.sim("bluesky").script.add(Fault("create", Effect.REFUSE_MEDIA, skip=1))
    delivery = stage.planned("un", stage.channel("bluesky"), parts=("deux",))

    stage.run_until_state(delivery, "partial")

    assert len(stage.copies("bluesky", "un")) == 1
    assert not stage.copies("bluesky", "deux")


def test_the_same_text_planned_twice_goes_out_twice_and_is_never_mistaken(stage: PublishStage):
    channel = stage.channel("bluesky")
    stage.sim("bluesky").script.add(Fault("create", Effect.ACCEPT_CUT))
    first, second = stage.planned("Deux fois", channel), stage.planned("Deux fois", channel)

    stage.run_until(lambda: not Delivery.objects.exclude(state="live").exists())

    assert len(stage.copies("bluesky", "Deux fois")) == 2
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.remote["id"] != second.remote["id"]


def test_a_network_that_accepts_after_our_timeout_leaves_one_copy(stage: PublishStage):
    stage.sim("bluesky").script.add(Fault("create", Effect.ACCEPT_LATE, seconds=0.5))
    delivery = stage.planned("En retard", stage.channel("bluesky"))

    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "En retard")) == 1


def test_send_now_on_unknown_pressed_twice_sends_once(stage: PublishStage, alice: User):
    delivery = stage.planned("Incertain", stage.channel("bluesky"))
    Delivery.objects.filter(pk=delivery.pk).update(state="unknown", next_at=None)

    pressed = [deciding.send_now(delivery, now=timezone.now(), by=alice) for _ in range(2)]
    stage.run_until_state(delivery, "live")

    assert pressed == [True, False]
    assert len(stage.copies("bluesky", "Incertain")) == 1


def test_while_held_nothing_is_claimed_and_rows_stay_as_they_are(stage: PublishStage, alice: User):
    held = stage.planned("Retenu", stage.channel("bluesky"))
    deciding.hold("restored")
    rounds = []

    stage.run_until(lambda: rounds.append(1) or len(rounds) > 20)

    assert state_of(held) == "planned"
    deciding.release(alice)
    stage.run_until_state(held, "live")
    assert len(stage.copies("bluesky", "Retenu")) == 1


def test_reconnecting_as_another_account_is_refused_and_resumes_nothing(stage: PublishStage):
    channel = stage.channel("bluesky", "carreaux")
    other = stage.channel("bluesky", "autre")
    type(channel).objects.filter(pk=channel.pk).update(blocked_reason="sign_in")
    delivery = stage.planned("Bloqué", channel)
    identity = Identity(other.account(), "Autre", "")

    with pytest.raises(RuleError, match="autre"):
        channel_services.connect(
            workspace=stage.workspace, network="bluesky", identity=identity, by=None, channel=channel
        )
    stage.run_until_state(delivery, "blocked")

    channel.refresh_from_db()
    assert channel.blocked_reason == "sign_in"


def test_a_blocked_delivery_resumes_by_itself_when_its_channel_is_mended(stage: PublishStage):
    channel = stage.channel("bluesky")
    channel_services.pause(channel, by=None)
    delivery = stage.planned("Après la pause", channel)
    stage.run_until_state(delivery, "blocked")

    channel_services.resume(channel, by=None)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Après la pause")) == 1


def test_what_is_past_its_freshness_is_missed_and_waits_for_a_person(stage: PublishStage):
    delivery = stage.planned("Trop tard", stage.channel("bluesky"))
    past = timezone.now() - timedelta(minutes=61)
    Delivery.objects.filter(pk=delivery.pk).update(due_at=past, next_at=past)

    stage.run_until_state(delivery, "missed")

    assert not stage.copies("bluesky", "Trop tard")


def test_a_revision_is_not_sent_before_the_last_yes_that_its_channel_asks_for(stage: PublishStage):
    channel, boss = stage.channel("bluesky"), User.objects.create_user("boss@example.org")
    Member.objects.create(workspace=channel.workspace, user=boss, role=Role.OWNER)
    change_rule(channel, needs_approval=True, demands=(Demand(OUTSIDE), Demand(OWNER)), by=boss)
    delivery = stage.planned("À valider", channel)
    post = delivery.post
    assert post is not None and post.current_id is not None
    link, _token = make_link(channel.workspace, [post], name="Cliente", days=3, by=boss)
    answer(post, revision_id=post.current_id, verdict="yes", link=link)
    stage.run_until_state(delivery, "blocked")
    delivery.refresh_from_db()
    assert delivery.reason == "approval"

    answer(post, revision_id=post.current_id, verdict="yes", by=boss)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "À valider")) == 1


def test_an_outcome_the_database_could_not_be_told_is_spooled_and_written_later(stage: PublishStage):
    delivery = stage.planned("Base perdue", stage.channel("bluesky"))

    async def lose_the_database(_request: Request) -> None:
        stage.hooks.clear()
        await in_thread(_end_worker_sessions)

    stage.hooks.append(lose_the_database)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Base perdue")) == 1


def _end_worker_sessions() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'tesselle worker'"
        )


def test_the_gate_closes_when_the_lock_is_gone_or_the_deadline_has_passed():
    standing = Standing(worker_id=1, locked=True)

    standing.gate(boottime() + 10, 1)
    with pytest.raises(GateClosedError, match="deadline"):
        standing.gate(boottime() - 0.001, 1)
    standing.locked = False
    with pytest.raises(GateClosedError, match="lock"):
        standing.gate(boottime() + 10, 1)
    standing.worker_id, standing.locked = 2, True
    with pytest.raises(GateClosedError, match="lock"):
        standing.gate(boottime() + 10, 1)


def test_a_sender_that_fails_with_its_row_in_sending_is_settled_not_repeated_blindly(stage: PublishStage):
    delivery = stage.planned("Erreur à nous", stage.channel("bluesky"))

    async def fail_once(_request: Request) -> None:
        stage.hooks.clear()
        raise AssertionError("the sender died here")

    stage.hooks.append(fail_once)
    stage.run_until_state(delivery, "live")

    assert len(stage.copies("bluesky", "Erreur à nous")) == 1
    assert delivery.attempts.get().state == "found"


def test_a_post_taken_down_on_the_network_is_noticed_after_two_readings(stage: PublishStage):
    delivery = stage.planned("Éphémère", stage.channel("bluesky"))
    stage.run_until_state(delivery, "live")
    network = stage.sim("bluesky").network
    for post in stage.copies("bluesky", "Éphémère"):
        asyncio.run(network.remove_post(post.id))
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())

    stage.run_until(lambda: Delivery.objects.get(pk=delivery.pk).absent_since is not None)
    assert state_of(delivery) == "live"
    Delivery.objects.filter(pk=delivery.pk).update(next_at=timezone.now())
    stage.run_until_state(delivery, "removed")
