"""Somebody else's client (PyPI `atproto`) drives our sandbox over loopback HTTP.

If connector and sandbox misread the network in the same way, this client still would not.
"""

import asyncio
import contextlib
import socket
import warnings
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import uvicorn

from tesselle.connectors.sandbox.contract import SandboxAccount
from tesselle.connectors.sandbox.faulty import FaultySandbox
from tesselle.connectors.tests.stage import START, Clock, png
from tesselle.networks.bluesky.sandbox import SANDBOX
from tesselle.networks.bluesky.sandbox.wire import blob_cid
from tesselle.simulation.faults import FaultScript
from tesselle.simulation.network import SimulatedNetwork
from tesselle.simulation.shelf import MemoryShelf

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its models, not of ours
    from atproto import AsyncClient, client_utils, models
    from atproto.exceptions import BadRequestError, UnauthorizedError

DEADLINE_SECONDS = 30


@dataclass(slots=True)
class Served:
    base: str
    network: SimulatedNetwork
    account: SandboxAccount

    def client(self) -> AsyncClient:
        return AsyncClient(base_url=f"{self.base}/xrpc")


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    network = SimulatedNetwork("bluesky", MemoryShelf(), Clock(START))
    app = FaultySandbox(SANDBOX, network, FaultScript())
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_level="warning"))
    running = asyncio.create_task(server.serve(sockets=[listening]))
    account = await SANDBOX.open_account(network, base, "carrelage", "Carrelage Dubois")
    try:
        yield Served(base, network, account)
    finally:
        server.should_exit = True
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(running, DEADLINE_SECONDS)


@pytest.fixture
async def client(served: Served) -> AsyncIterator[AsyncClient]:
    client = served.client()
    profile = await client.login(served.account.answers["handle"], served.account.answers["app_password"])
    assert profile.did == served.account.id
    yield client
    await client.request.close()


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # the SDK's own way with httpx
async def test_it_posts_with_an_image_reads_it_back_and_deletes_it(client: AsyncClient, served: Served):
    text = (
        client_utils.TextBuilder()
        .text("Sol posé ✨ ")
        .link("nos photos", "https://tuiles.example")
        .tag(" #faïence", "faïence")
    )
    made = await client.send_image(text, png(), "Un sol bleu", langs=["fr"])

    uri = made.uri
    rkey = uri.rpartition("/")[2]
    read = await client.get_post(rkey, served.account.id)
    assert read.value.text == "Sol posé ✨ nos photos #faïence"
    assert read.value.embed.images[0].alt == "Un sol bleu"
    assert read.value.embed.images[0].image.mime_type == "image/png"
    (view,) = (await client.get_posts([uri])).posts
    assert (view.cid, view.like_count, view.author.handle) == (made.cid, 0, "carrelage.bluesky.example")
    (post,) = await served.network.posts()
    assert post.media[0]["alt"] == "Un sol bleu"

    assert await client.delete_post(uri)
    assert (await client.get_posts([uri])).posts == []
    assert [post.removed for post in await served.network.truth()] == [True]


async def test_it_writes_a_thread_and_reads_it_as_one(client: AsyncClient):
    first = await client.send_post("Un")
    reference = models.create_strong_ref(first)
    reply = models.AppBskyFeedPost.ReplyRef(parent=reference, root=reference)
    await client.send_post("Deux", reply_to=reply)

    thread = (await client.get_post_thread(first.uri)).thread

    assert thread.post.reply_count == 1
    assert [reply.post.record.text for reply in thread.replies] == ["Deux"]


async def test_the_same_put_record_twice_is_one_post_and_other_words_are_an_invalid_swap(
    client: AsyncClient, served: Served
):
    # The SDK leaves a null out, so here the swap names a record that is not there.
    def put(text: str, **swap: str) -> dict[str, object]:
        return {
            "repo": served.account.id,
            "collection": "app.bsky.feed.post",
            "rkey": "3khuwc44c2222",
            "record": {"$type": "app.bsky.feed.post", "text": text, "createdAt": "2026-11-23T09:30:00.000Z"},
            **swap,
        }

    first = await client.com.atproto.repo.put_record(put("Une fois"))
    second = await client.com.atproto.repo.put_record(put("Une fois"))
    with pytest.raises(BadRequestError, match="InvalidSwap"):
        await client.com.atproto.repo.put_record(put("Deux fois", swapRecord=blob_cid(b"other")))

    assert (first.uri, first.cid) == (second.uri, second.cid)
    assert first.commit is not None
    assert second.commit is None
    assert [post.text for post in await served.network.truth()] == ["Une fois"]


async def test_it_lists_the_records_of_a_repository_page_by_page(client: AsyncClient, served: Served):
    for number in range(5):
        await client.send_post(f"Numéro {number}")
    params = {"repo": served.account.id, "collection": "app.bsky.feed.post", "limit": 3}

    first = await client.com.atproto.repo.list_records(params)
    second = await client.com.atproto.repo.list_records({**params, "cursor": first.cursor})

    assert [record.value.text for record in (*first.records, *second.records)] == [
        f"Numéro {number}" for number in (4, 3, 2, 1, 0)
    ]


async def test_a_wrong_password_and_a_text_too_long_are_its_own_errors(client: AsyncClient, served: Served):
    stranger = served.client()
    with pytest.raises(UnauthorizedError):
        await stranger.login(served.account.answers["handle"], "abcd-abcd-abcd-abcd")
    await stranger.request.close()

    with pytest.raises(BadRequestError, match="grapheme too big"):
        await client.send_post("a" * 301)


async def test_a_session_is_carried_over_to_another_client(client: AsyncClient, served: Served):
    kept = client.export_session_string()
    other = served.client()

    await other.login(session_string=kept)
    await other.send_post("Avec la session gardée")
    await other.request.close()

    assert len(await served.network.posts()) == 1
