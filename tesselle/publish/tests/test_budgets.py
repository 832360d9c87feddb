"""What a network allows: counted for a channel, or for all channels of one application, on the workspace's clock."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.connectors.card import Budget
from tesselle.domain.content import Content, Media
from tesselle.ledger import self_checks
from tesselle.ledger.hot import dispatch
from tesselle.ledger.models import Allowance, Attempt, Delivery, Step
from tesselle.ledger.services.calls import calls_of
from tesselle.networks import card
from tesselle.publish.tests.stage import PublishStage
from tesselle.publish.tests.test_shared import with_pool
from tesselle.workspaces.models import Workspace

DAY = timedelta(days=1)


@pytest.fixture
def two(stage: PublishStage) -> list[Channel]:
    """Channels signed in through one application, each with two posts that wait."""
    found = [stage.channel("bluesky", f"chaine{number}") for number in range(2)]
    for channel in found:
        for number in range(2):
            stage.planned(f"Film {number}", channel)
    Delivery.objects.update(state="queued")
    Channel.objects.update(app="client-1")
    return found


def claimed(budget: Budget) -> list[int]:
    """The channels on which something may leave at once."""
    budgets = {"bluesky": (budget,)}
    claims = with_pool(lambda pool: dispatch.claim(pool, worker_id=1, lanes={"bluesky": 9}, budgets=budgets))
    return sorted(claim.channel_id for claim in claims)


def spent(channel: Channel, ago: timedelta, shift: timedelta | None = None) -> None:
    delivery = Delivery.objects.filter(channel=channel).order_by("-pk").first()
    assert delivery is not None
    step = Step.objects.create(
        delivery=delivery, channel=channel, position=7, kind="post", key="k", instant=timezone.now()
    )
    Attempt.objects.create(
        step=step,
        delivery=delivery,
        channel=channel,
        number=1,
        state="accepted",
        started_at=timezone.now() - ago,
        shift_started=shift,
    )


def test_what_one_channel_sent_counts_for_all_of_its_application(two: list[Channel]):
    spent(two[0], DAY / 2)

    assert claimed(Budget(1, 86_400, scope="app")) == []


def test_the_last_call_of_an_application_is_given_once(two: list[Channel]):
    spent(two[0], DAY / 2)

    assert len(claimed(Budget(2, 86_400, scope="app"))) == 1
    assert claimed(Budget(2, 86_400, scope="app")) == []


def test_who_is_sending_counts_before_it_has_begun(two: list[Channel]):
    Delivery.objects.filter(channel=two[0]).update(state="planned")
    Delivery.objects.filter(pk=Delivery.objects.filter(channel=two[0]).first().pk).update(state="sending")

    assert claimed(Budget(1, 86_400, scope="app")) == []


def test_an_application_of_its_own_has_an_allowance_of_its_own(two: list[Channel]):
    spent(two[0], DAY / 2)
    Channel.objects.filter(pk=two[1].pk).update(app="client-2")

    assert claimed(Budget(1, 86_400, scope="app")) == [two[1].pk]


def test_where_no_application_is_known_a_channel_counts_by_itself(two: list[Channel]):
    spent(two[0], DAY / 2)
    Channel.objects.update(app="")

    assert claimed(Budget(1, 86_400, scope="app")) == [two[1].pk]


def test_a_day_of_the_practice_clock_gives_a_new_allowance(two: list[Channel], stage: PublishStage):
    """Sent a minute ago, and before the clock was moved by two days."""
    spent(two[0], timedelta(minutes=1), shift=timedelta(0))
    Workspace.objects.update(clock_shift=timedelta(0))
    assert claimed(Budget(1, 86_400)) == [two[1].pk]
    Delivery.objects.update(state="queued")

    Workspace.objects.update(clock_shift=2 * DAY)
    Channel.objects.update(fresh_minutes=10_000)

    assert claimed(Budget(1, 86_400)) == [channel.pk for channel in two]


def test_the_self_test_tells_what_is_left_for_the_whole_application(two: list[Channel], monkeypatch):
    spent(two[0], DAY / 2)
    budget = Budget(5, 86_400, scope="app")
    monkeypatch.setattr(
        self_checks, "card", lambda slug: type("Card", (), {"budgets": (budget,), "name": slug})
    )

    (line,) = self_checks.quota_left(Channel.objects.get(pk=two[1].pk))

    assert line.message.params["left"] == 4


def test_what_takes_two_calls_waits_where_one_is_left(two: list[Channel], stage: PublishStage):
    """Of the channel itself, and of its application."""
    spent(two[0], DAY / 2)
    Delivery.objects.filter(channel=two[0]).update(calls=2)

    assert claimed(Budget(2, 86_400)) == [two[1].pk]
    Delivery.objects.update(state="queued")
    assert claimed(Budget(3, 86_400)) == [channel.pk for channel in two]
    Delivery.objects.update(state="queued", calls=2)
    assert claimed(Budget(2, 86_400, scope="app")) == []
    assert claimed(Budget(3, 86_400, scope="app")) == [two[0].pk]


def test_who_sends_counts_with_all_it_still_takes(two: list[Channel]):
    first = Delivery.objects.filter(channel=two[0]).order_by("pk")[0]
    Delivery.objects.filter(channel=two[0]).update(state="planned", calls=3)
    Delivery.objects.filter(pk=first.pk).update(state="sending")

    assert claimed(Budget(3, 86_400, scope="app")) == []
    Step.objects.create(
        delivery=first, channel=two[0], position=0, kind="post", key="k", instant=timezone.now(), remote={}
    )
    assert claimed(Budget(3, 86_400, scope="app")) == [two[1].pk]


@pytest.mark.parametrize("scope", ["channel", "app"])
def test_where_a_network_counts_units_each_call_takes_its_own(two: list[Channel], scope: Any):
    """A post was sent, of 160; a comment, of 51, is what waits."""
    spent(two[0], DAY / 2)
    Delivery.objects.filter(channel=two[1]).update(state="planned")
    Delivery.objects.filter(channel=two[0]).update(calls=51)
    units = {"post": 160, "comment": 51}

    assert claimed(Budget(210, 86_400, scope, units)) == []
    assert claimed(Budget(211, 86_400, scope, units)) == [two[0].pk]


def test_who_sends_counts_with_the_units_it_still_takes(two: list[Channel]):
    units = {"post": 160, "comment": 51}
    first = Delivery.objects.filter(channel=two[0]).order_by("pk")[0]
    Delivery.objects.filter(channel=two[0]).update(state="planned", calls=211)
    Delivery.objects.filter(channel=two[1]).update(calls=160)
    Delivery.objects.filter(pk=first.pk).update(state="sending")

    assert claimed(Budget(370, 86_400, "app", units)) == []
    Step.objects.create(
        delivery=first, channel=two[0], position=0, kind="post", key="k", instant=timezone.now(), remote={}
    )
    assert claimed(Budget(210, 86_400, "app", units)) == []
    assert claimed(Budget(211, 86_400, "app", units)) == [two[1].pk]


def test_what_was_planned_before_units_were_counted_takes_those_of_its_purpose(two: list[Channel]):
    spent(two[0], DAY / 2)

    assert claimed(Budget(319, 86_400, units={"post": 160})) == [two[1].pk]
    Delivery.objects.update(state="queued")
    assert claimed(Budget(320, 86_400, units={"post": 160})) == [channel.pk for channel in two]


def test_the_self_test_tells_units_where_they_are_counted(two: list[Channel], monkeypatch):
    spent(two[0], DAY / 2)
    budget = Budget(8_000, 86_400, scope="app", units={"post": 160})
    monkeypatch.setattr(
        self_checks, "card", lambda slug: type("Card", (), {"budgets": (budget,), "name": slug})
    )

    (line,) = self_checks.quota_left(Channel.objects.get(pk=two[1].pk))

    assert line.message.params["left"] == 7_840 and "Units" in line.message.sentence


def test_a_film_is_planned_with_the_units_it_takes(stage: PublishStage):
    youtube = stage.channel("youtube")
    options = {"first_comment": "Le lien", "made_for_kids": "no"}

    film, cover = Media("video", "video/mp4", 9, 1920, 1080, 8.0), Media("image", "image/jpeg", 9, 1920, 1080)
    content = Content(text="Un", title="Un", options=options, media=(film,))
    listed = replace(content, media=(film, cover), options=options | {"playlist": "PL1"})

    assert calls_of(youtube, "post", content) == 80 + 51
    assert calls_of(youtube, "post", replace(content, media=(cover, film))) == 110 + 51
    assert calls_of(youtube, "post", listed) == 160 + 51
    assert calls_of(youtube, "delete", Content(), [{}, None]) == 51


def test_what_was_planned_first_is_not_overtaken_by_what_takes_less(two: list[Channel]):
    spent(two[0], DAY / 2)
    Delivery.objects.filter(channel=two[0]).update(calls=2)

    assert claimed(Budget(2, 86_400, scope="app")) == []


def test_more_than_is_ever_allowed_goes_when_nothing_else_was_sent(two: list[Channel]):
    Delivery.objects.filter(channel=two[0]).update(calls=30)
    Delivery.objects.filter(channel=two[1]).update(state="planned")

    assert claimed(Budget(20, 60)) == [two[0].pk]
    Delivery.objects.filter(state="sending").update(state="queued")
    assert claimed(Budget(20, 60, scope="app")) == [two[0].pk]


def test_a_thread_and_a_first_comment_are_planned_with_all_their_calls(stage: PublishStage):
    bluesky, film = stage.channel("bluesky"), stage.channel("linkedin")
    thread = stage.planned("Un", bluesky, parts=("Deux", "Trois"))
    commented = stage.planned("Un", film, options={"first_comment": "Le lien"})

    assert (thread.calls, commented.calls) == (3, 2)
    save_post(
        workspace=stage.workspace,
        author=None,
        shared=Content(text="Un"),
        wordings=(Wording(bluesky, options=None),),
        post=thread.post,
    )
    thread.refresh_from_db()
    assert thread.calls == 1


def test_youtube_counts_for_its_project():
    assert [budget.scope for budget in card("youtube").budgets] == ["app"]


def claim_of(channel: Channel, connection: Any, budget: Budget) -> Awaitable[list[dispatch.Claim]]:
    """What a lane asks whose channel has more to send."""
    return dispatch.claim(
        connection, worker_id=1, lanes={"bluesky": 9}, budgets={"bluesky": (budget,)}, channels=[channel.pk]
    )


@pytest.mark.parametrize("taken_before", [False, True])
def test_two_who_count_at_the_same_moment_do_not_both_take_the_last_call(
    two: list[Channel], taken_before: bool
):
    budget = Budget(1, 86_400, scope="app")
    if taken_before:
        Allowance.objects.create(network="bluesky", app="client-1", world=two[0].workspace.pk, times=3)

    async def both(pool: asyncpg.Pool) -> list[dispatch.Claim]:
        """The second counts after the first has taken, and before anybody can see that."""
        async with pool.acquire() as one, pool.acquire() as other:
            begun = one.transaction()
            await begun.start()
            first = await claim_of(two[0], one, budget)
            second = asyncio.ensure_future(claim_of(two[1], other, budget))
            await waits_for_a_lock_or_is_done(pool, second)
            await begun.commit()
            return first + await second

    assert [claim.channel_id for claim in with_pool(both, size=3)] == [two[0].pk]


async def waits_for_a_lock_or_is_done(pool: asyncpg.Pool, task: "asyncio.Future[Any]") -> None:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
    while not task.done() and not await pool.fetchval(waiting):
        await asyncio.sleep(0)


def test_who_comes_second_takes_what_the_first_gave_back(two: list[Channel]):
    budget = Budget(1, 86_400, scope="app")

    async def both(pool: asyncpg.Pool) -> list[dispatch.Claim]:
        async with pool.acquire() as one, pool.acquire() as other:
            begun = one.transaction()
            await begun.start()
            await claim_of(two[0], one, budget)
            second = asyncio.ensure_future(claim_of(two[1], other, budget))
            await waits_for_a_lock_or_is_done(pool, second)
            await begun.rollback()
            return await second

    assert [claim.channel_id for claim in with_pool(both, size=3)] == [two[1].pk]


def test_a_crowd_takes_exactly_what_an_application_may_spend(stage: PublishStage):
    channels = [stage.channel("bluesky", f"foule{number}") for number in range(8)]
    for channel in channels:
        stage.planned("Film", channel)
    Delivery.objects.update(state="queued")
    Channel.objects.update(app="client-1")
    budget = Budget(5, 86_400, scope="app")

    async def rounds(pool: asyncpg.Pool) -> list[int]:
        return [
            len([claim for claims in await asyncio.gather(*asked()) for claim in claims])
            for asked in [lambda: [claim_of(channel, pool, budget) for channel in channels]] * 6
        ]

    assert sum(with_pool(rounds, size=8)) == 5
