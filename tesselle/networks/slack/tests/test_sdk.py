"""Our make-believe Slack, driven over loopback by slack_sdk, which we did not write."""

import asyncio

import pytest
from slack_sdk.webhook import WebhookClient

from tesselle.connectors.sandbox.server import serving
from tesselle.networks.slack.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault


@pytest.fixture
async def served():
    async with serving([SANDBOX]) as house:
        network = house.served["slack"].network
        opened = await SANDBOX.open_account(network, f"{house.base}/slack", "annonces", "Annonces")
        yield house.served["slack"], opened


def send(address: str, **message):
    """In a thread, as the client blocks; it would repeat a call by itself unless told not to."""
    client = WebhookClient(address, retry_handlers=[])
    return asyncio.to_thread(client.send, **message)


async def test_a_message_is_taken_with_the_word_ok(served):
    slack, opened = served

    answer = await send(opened.answers["address"], text="Bonjour &amp; bienvenue", unfurl_links=False)

    assert (answer.status_code, answer.body) == (200, "ok")
    (post,) = await slack.network.truth()
    assert post.text == "Bonjour & bienvenue"


async def test_refusals_are_bare_words(served):
    slack, opened = served
    address = opened.answers["address"]

    empty = await send(address)
    wrong = await send(address + "x", text="Bonjour")
    gone = await send(address.replace("B00", "B99"), text="Bonjour")

    assert (empty.status_code, empty.body) == (400, "no_text")
    assert (wrong.status_code, wrong.body) == (403, "invalid_token")
    assert (gone.status_code, gone.body) == (404, "no_service")
    assert await slack.network.truth() == []


async def test_a_throttle_names_its_seconds(served):
    slack, opened = served
    slack.script.add(Fault("create", Effect.THROTTLE, seconds=7))

    answer = await send(opened.answers["address"], text="Vite")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "7")


async def test_a_long_text_becomes_several_messages(served):
    slack, opened = served

    await send(opened.answers["address"], text="a" * 4001)

    assert [len(post.text) for post in await slack.network.truth()] == [4000, 1]


async def test_by_default_that_client_sends_twice_after_a_cut(served):
    """Why the client of a network is no way to send: it repeats by itself."""
    slack, opened = served
    slack.script.add(Fault("create", Effect.ACCEPT_CUT))

    await asyncio.to_thread(WebhookClient(opened.answers["address"]).send, text="Deux fois ?")

    assert len(await slack.network.truth()) == 2
