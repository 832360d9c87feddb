"""apprise, which thousands of installations let speak to their Mattermost, drives our sandbox over loopback.

It knows the address, the JSON and the one word of the answer from its own makers' use, and what of a refusal
matters to them: that it is one.
"""

from collections.abc import AsyncIterator

import pytest

from tesselle.networks.mattermost.sandbox import SANDBOX
from tesselle.simulation.faults import Effect
from tests.real.foreign import Driven, driven


@pytest.fixture
async def server() -> AsyncIterator[Driven]:
    async with driven(SANDBOX) as found:
        yield found


async def test_its_words_arrive_as_they_were_and_under_the_name_it_gives(server: Driven):
    words = "Été & grès <b> 👷🏽\n\n**gras** `code`"

    told = await server.do("say", text=words, username="Chantier")

    (post,) = await server.public()
    assert (told["done"], post.text) == (True, words)
    assert post.data["username"] == "Chantier"


async def test_it_may_name_the_webhooks_own_channel_and_no_other(server: Driven):
    own = await server.do("say", text="Bonjour", channel="#carrelage")
    other = await server.do("say", text="Bonjour", channel="nirgends")

    assert (own["done"], other["done"]) == (True, False)
    assert any("error=404" in line for line in other["heard"])
    assert len(await server.public()) == 1


async def test_a_long_text_comes_whole(server: Driven):
    """It cuts at 4,000 signs by itself, as servers of old did."""
    told = await server.do("say", text="a" * 6_000)

    assert told["done"]
    assert "".join(post.text for post in await server.public()) == "a" * 6_000


@pytest.mark.parametrize(
    ("flag", "status"),
    [("webhooks_disabled", "501"), ("", "400")],
    ids=["switched off", "an unknown webhook"],
)
async def test_it_understands_a_refusal(server: Driven, flag: str, status: str):
    if flag:
        server.network.flags.add(flag)
    before, _, _ = server.opened.answers["address"].rpartition("/")
    address = server.opened.answers["address"] if flag else f"{before}/{'z' * 26}"

    told = await server.do("say", text="Bonjour", address=address)

    assert told["done"] is False
    assert any(f"error={status}" in line for line in told["heard"])


async def test_it_understands_a_pause(server: Driven):
    server.fault("create", Effect.THROTTLE)

    told = await server.do("say", text="Bonjour")

    assert told["done"] is False
    assert any("error=429" in line for line in told["heard"])
