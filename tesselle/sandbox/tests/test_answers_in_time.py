"""Whoever writes to the account alone, or a review of it, is counted as whoever writes below a post."""

from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.connectors.registry import World
from tesselle.engage.places import Place
from tesselle.engage.services import answer, read_replies
from tesselle.ledger.models import Delivery
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock import services as clock
from tesselle.sandbox.models import ScenarioRun, SeededWorld
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.scenarios.beginning import begin_scenario
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.sandbox.scenarios.conversations import conversations
from tesselle.sandbox.scenarios.indicators import answers_by_kind
from tesselle.sandbox.scenarios.measuring import facts_of
from tesselle.sandbox.tests.living import carried, planned
from tesselle.workspaces.middleware import SESSION_KEY
from tesselle.workspaces.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]

HOUR = timedelta(hours=1)


def begun_with(network: str, seed: str, by: User) -> tuple[ScenarioRun, Channel]:
    workspace = begin_scenario(scenario=SCENARIOS["first_month"], by=by)
    SeededWorld.objects.filter(workspace=workspace).update(seed=seed)
    run = ScenarioRun.objects.select_related("workspace").get(workspace=workspace)
    return run, connect_simulated(workspace=workspace, network=network, by=by)


def lived(run: ScenarioRun, by: User, folder: Path, until: datetime) -> None:
    carried(clock.go_until(workspace=run.workspace, until=until, by=by), folder)
    run.workspace.refresh_from_db()


def wanting(run: ScenarioRun, channel: Channel, kind: Discussed) -> list[datetime]:
    """When somebody will write who wants an answer, as this world has it."""

    async def read(world: World) -> list[datetime]:
        practice = practice_world(world)
        await practice.look_at_clock()
        network, audience = practice.network(channel.network), practice.audience(channel.network)
        if kind is Discussed.MESSAGES:
            account = await network.account(channel.remote_id)
            assert account is not None
            return [one.at for one in audience.written(account.order, run.ends_at) if one.said.needs_answer]
        (post,) = await network.posts(channel.remote_id)
        comments = audience(post, run.ends_at).comments
        truths = audience.remarks(post, len(comments))
        return [one.created_at for one, truth in zip(comments, truths, strict=True) if truth.needs_answer]

    return async_to_sync(partial(read, run.workspace.world))()


@pytest.mark.parametrize(
    ("network", "kind", "seed"),
    [
        ("mastodon", Discussed.MESSAGES, "pluie"),
        pytest.param("google_business", Discussed.REVIEWS, "nuit", marks=pytest.mark.thorough),
    ],
)
def test_an_answer_within_a_day_counts_whatever_it_answers(
    network: str, kind: Discussed, seed: str, alice: User, as_alice: Client, tmp_path: Path
):
    run, channel = begun_with(network, seed, alice)
    post = planned(channel, "Avant, après : une terrasse.", HOUR)
    lived(run, alice, tmp_path, run.workspace.now() + 2 * HOUR)
    assert Delivery.objects.get(pk=post.pk).state == "live"
    first, second = wanting(run, channel, kind)[:2]

    lived(run, alice, tmp_path, first + HOUR / 60)
    place = Place(Channel.objects.get(pk=channel.pk), kind)
    (newest, *_) = sorted(read_replies(place), key=lambda said: said.reply.posted_at, reverse=True)
    answer(place, to=newest.reply.remote, text="Nous vous appelons aujourd’hui.", by=alice)
    lived(run, alice, tmp_path, max(second + 25 * HOUR, run.workspace.now() + HOUR))

    facts = facts_of(run)
    heard = facts.heard[channel.pk, kind]
    assert heard.in_time == 1
    assert heard.wanting >= 2
    assert facts.answered == 1
    assert facts.wanting == sum(one.wanting for one in facts.heard.values())
    with translation.override("en"):
        assert f"{kind.value}: 1 of {heard.wanting}" in answers_by_kind(facts)
    (open_one,) = [one for one in conversations(run.workspace, facts) if one.url == place.address()]
    assert open_one.silent == heard.silent[""] > 0
    session = as_alice.session
    session[SESSION_KEY] = run.workspace_id
    session.save()
    page = as_alice.get(reverse("sandbox:scenario")).content.decode()
    assert "data-answers" in page
    assert place.address() in page
