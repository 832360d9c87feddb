"""threads-client, written by somebody else from Meta's pages, drives our sandbox over loopback.

It is young and one person's work (decision 35): what it proves is that another reader of the same pages asks, and
understands answers, as our two halves do.
"""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from tesselle.networks.threads.sandbox import SANDBOX
from tesselle.simulation.faults import Effect
from tests.real.foreign import Driven, driven


@pytest.fixture
async def threads() -> AsyncIterator[Driven]:
    async with driven(SANDBOX) as found:
        yield found


async def test_it_writes_answers_lists_and_deletes(threads: Driven):
    told = await threads.do("write", text="Été & grès 👷🏽")

    assert told["listed"] == ["Été & grès 👷🏽"]
    assert told["gone"] is True
    (post,) = await threads.public()
    assert (post.id, post.data["topic"]) == (told["first"], "carrelage")


async def test_it_shows_a_picture_a_film_and_both(threads: Driven):
    told = await threads.do("show")

    kinds = {post.id: post.data["type"] for post in await threads.public()}
    assert kinds == {told["picture"]: "IMAGE", told["film"]: "VIDEO", told["album"]: "CAROUSEL_ALBUM"}


async def test_a_film_that_is_not_ready_is_told_in_the_number_that_it_waits_for(threads: Driven):
    told = await threads.do("too_early")

    assert told["refused"]["kind"] == "ThreadsMediaProcessingError"
    assert told["refused"]["is_transient"]
    assert [post.id for post in await threads.public()] == [told["then"]]


async def test_it_swaps_a_token_for_one_of_sixty_days_and_renews_it_the_day_after(threads: Driven):
    lasting = await threads.do("renew")
    row = await threads.network.kept("tokens", lasting["token"])
    yesterday = threads.network.clock() - timedelta(hours=25)
    await threads.network.keep("tokens", lasting["token"], {**row, "made_at": yesterday.isoformat()})

    fresh = await threads.do("refresh", access_token=lasting["token"])

    assert (lasting["type"], lasting["seconds"]) == ("bearer", 5_184_000)
    assert fresh == {"seconds": 5_184_000, "is_new": True}


async def test_it_understands_what_is_wrong(threads: Driven):
    refused = await threads.do("be_refused", text="a" * 501)
    unknown = await threads.do("be_refused", text="Bonjour", access_token="nobody's")

    assert (refused["kind"], refused["code"], refused["is_transient"]) == ("ThreadsAPIError", 100, False)
    assert (unknown["kind"], unknown["code"]) == ("ThreadsAuthenticationError", 190)


async def test_it_understands_a_pause(threads: Driven):
    for _ in range(3):  # it tries as often by itself
        threads.fault("prepare", Effect.THROTTLE)

    told = await threads.do("be_refused", text="Bonjour")

    assert (told["kind"], told["code"]) == ("ThreadsRateLimitError", 613)
