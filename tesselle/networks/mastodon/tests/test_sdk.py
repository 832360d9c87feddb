"""Somebody else's client (PyPI `Mastodon.py`) drives our sandbox over loopback HTTP.

If connector and sandbox misread the network in the same way, this client still would not.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from mastodon import (
    Mastodon,
    MastodonAPIError,
    MastodonNotFoundError,
    MastodonRatelimitError,
    MastodonUnauthorizedError,
)

from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.connectors.tests.stage import png
from tesselle.networks.mastodon.sandbox import SANDBOX
from tesselle.networks.mastodon.sandbox.counting import mastodon_length
from tesselle.simulation.faults import Effect, Fault


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    token: str

    @property
    def server(self) -> str:
        return f"{self.house.base}/mastodon"

    def client(self, token: str = "") -> Any:
        return Mastodon(
            access_token=token or self.token,
            api_base_url=self.server,
            mastodon_version="4.5.0",
            version_check_mode="created",
            ratelimit_method="throw",
            request_timeout=10,
        )

    async def do(self, act: Callable[[Any], Any]) -> Any:
        """What `act` gets from a client of its own, in a thread: the client blocks."""

        def run() -> Any:
            client = self.client()
            try:
                return act(client)
            finally:
                client.session.close()

        return await asyncio.to_thread(run)


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        network = house.served["mastodon"].network
        account = await SANDBOX.open_account(network, f"{house.base}/mastodon", "alice", "Alice")
        yield Driven(house, account.answers["access_token"])


async def test_it_knows_itself_and_its_server(driven):
    me = await driven.do(lambda client: client.account_verify_credentials())
    instance = await driven.do(lambda client: client.instance_v2())

    assert (me.acct, me.display_name) == ("alice", "Alice")
    assert instance.configuration.statuses.max_characters == 500


async def test_it_posts_a_picture_and_a_thread_and_reads_them_back(driven):
    def act(client):
        media = client.media_post(png(), mime_type="image/png", description="Tiles", focus=(0.0, 0.5))
        first = client.status_post("Tiles", media_ids=[media.id], visibility="unlisted", spoiler_text="Dust")
        client.status_post("Grout", in_reply_to_id=first.id)
        mine = client.account_statuses(client.me().id)
        return client.status(first.id), client.status_context(first.id), mine

    status, context, mine = await driven.do(act)

    assert status.media_attachments[0].description == "Tiles"
    assert (status.visibility, status.spoiler_text, status.replies_count) == ("unlisted", "Dust", 1)
    assert [one.content for one in context.descendants] == ["<p>Grout</p>"]
    assert len(mine) == 2


async def test_the_same_key_gives_the_same_post(driven):
    def act(client):
        return [client.status_post(text, idempotency_key="one").id for text in ("Tiles", "Other words")]

    first, second = await driven.do(act)

    assert first == second


async def test_it_edits_with_the_picture_kept_and_deletes(driven):
    def act(client):
        media = client.media_post(png(), mime_type="image/png", description="Tiles")
        posted = client.status_post("Tiles", media_ids=[media.id])
        changed = client.status_update(posted.id, "Better tiles", media_ids=[media.id])
        source = client.status_source(posted.id)
        client.status_delete(posted.id)
        with pytest.raises(MastodonNotFoundError):
            client.status(posted.id)
        return changed, source

    changed, source = await driven.do(act)

    assert source.text == "Better tiles"
    assert changed.edited_at is not None
    assert [one.description for one in changed.media_attachments] == ["Tiles"]


async def test_it_understands_the_refusals(driven):
    def act(client):
        with pytest.raises(MastodonAPIError, match="character limit of 500"):
            client.status_post("x" * 501)
        with pytest.raises(MastodonUnauthorizedError):
            driven.client("never heard of").account_verify_credentials()

    await driven.do(act)


async def test_it_understands_a_pause(driven):
    driven.house.served["mastodon"].script.add(Fault("create", Effect.THROTTLE, seconds=60))

    with pytest.raises(MastodonRatelimitError):
        await driven.do(lambda client: client.status_post("Tiles"))


async def test_it_registers_an_application(driven):
    client_id, client_secret = await asyncio.to_thread(
        Mastodon.create_app, "Tesselle", api_base_url=driven.server, scopes=["read", "write"]
    )

    assert await driven.house.served["mastodon"].network.kept("apps", client_id) is not None
    assert client_secret


@pytest.mark.parametrize(
    "text",
    [
        "hi https://example.com/very/long?x=1 ok",
        "@alice@example.social hello @bob",
        "👨‍👩‍👧‍👦 👍🏽 🇨🇭🇫🇷 e\u0301 한국어",
        "example.com and http://a.b and https://carreaux.example/x",
        "(https://example.com/a_(b)).",
        "Voir https://example.com/chantier, puis https://example.org/?a=b!",
    ],
)
def test_the_sandbox_counts_as_it_does(text):
    assert mastodon_length(text, "cw", 23) == Mastodon.get_status_length(text, "cw")
