"""X's own SDK (PyPI `xdk`) drives our sandbox over loopback HTTP.

If connector and sandbox misread the network in the same way, this client still would not. It speaks
the new vocabulary (`post.fields`); our connector speaks the old one.
"""

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from xdk import Client
from xdk.media.models import (
    AppendUploadRequest,
    CreateMetadataRequest,
    InitializeUploadRequest,
    UploadRequest,
)
from xdk.posts.models import CreateRequest

from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.connectors.sandbox.server import SandboxHouse, serving
from tesselle.connectors.tests.stage import png
from tesselle.networks.x.sandbox import SANDBOX
from tesselle.simulation.faults import Effect, Fault

REDIRECT = "https://tesselle.example/back"


@dataclass(slots=True)
class Driven:
    house: SandboxHouse
    token: str
    account: str

    @property
    def base(self) -> str:
        return f"{self.house.base}/x"

    def client(self, token: str = "") -> Client:
        return Client(base_url=self.base, access_token=token or self.token)

    async def do(self, act: Callable[[Client], Any], token: str = "") -> Any:
        """What `act` gets from a client of its own, in a thread: the client blocks."""

        def run() -> Any:
            client = self.client(token)
            try:
                return act(client)
            finally:
                client.session.close()

        return await asyncio.to_thread(run)


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    async with serving([SANDBOX]) as house:
        network = house.served["x"].network
        account = await SANDBOX.open_account(network, f"{house.base}/x", "alice", "Alice")
        yield Driven(house, account.answers["access_token"], account.id)


def post(client: Client, **body: Any) -> Any:
    return client.posts.create(CreateRequest.model_validate(body)).data


async def test_it_knows_itself(driven):
    me = await driven.do(
        lambda client: client.users.get_me(user_fields=["subscription_type", "public_metrics"])
    )

    assert (me.data.username, me.data.name) == ("alice", "Alice")
    assert me.data.public_metrics is not None


async def test_it_posts_a_picture_and_a_thread_and_reads_them_back(driven):
    def act(client):
        picture = base64.b64encode(png()).decode()
        media = client.media.upload(UploadRequest(media=picture, media_category="tweet_image")).data
        alt = {"id": media.id, "metadata": {"alt_text": {"text": "Blue tiles"}}}
        client.media.create_metadata(CreateMetadataRequest.model_validate(alt))
        first = post(client, text="See example.com", media={"media_ids": [media.id]})
        second = post(client, text="Grout", reply={"in_reply_to_tweet_id": first.id})
        fields = ["attachments", "entities", "referenced_posts", "public_metrics", "created_at"]
        read = client.posts.get_by_id(first.id, post_fields=fields).data
        pages = client.users.get_posts(driven.account, max_results=5, post_fields=fields)
        return media, first, second, read, next(iter(pages)).data

    media, first, second, read, timeline = await driven.do(act)

    assert read.attachments.media_keys == [media.media_key]
    assert read.entities.urls[0].expanded_url == "http://example.com"
    assert "https://t.co/" in first.text
    assert read.public_metrics.reply_count == 1
    assert [one.id for one in timeline] == [second.id, first.id]
    assert timeline[0].referenced_posts[0].id == first.id


async def test_it_reads_what_people_answered(driven):
    network = driven.house.served["x"].network
    other = await SANDBOX.open_account(network, f"{driven.house.base}/x", "bob", "Bob")
    first = await driven.do(lambda client: post(client, text="A blue floor for @bob"))
    reply = {"text": "How much?", "reply": {"in_reply_to_tweet_id": first.id}}
    asked = await driven.do(lambda client: post(client, **reply), other.answers["access_token"])

    def act(client):
        fields = ["author_id", "conversation_id", "referenced_posts", "created_at"]
        query = f"conversation_id:{first.id}"
        pages = client.posts.search_recent(query=query, post_fields=fields, expansions=["author_id"])
        return next(iter(pages))

    page = await driven.do(act)

    assert [(one.id, one.text, one.author_id) for one in page.data] == [(asked.id, "How much?", other.id)]
    assert page.data[0].referenced_posts[0].id == first.id
    assert page.includes.users[0].username == "bob"


async def test_it_sends_a_film_in_pieces(driven):
    data = b"\x00\x00\x00\x18ftypmp42" + bytes(30)

    def act(client):
        begun = {"media_type": "video/mp4", "total_bytes": len(data), "media_category": "tweet_video"}
        upload = client.media.initialize_upload(InitializeUploadRequest.model_validate(begun)).data
        for index, start in enumerate(range(0, len(data), 20)):
            piece = base64.b64encode(data[start : start + 20]).decode()
            client.media.append_upload(upload.id, AppendUploadRequest(media=piece, segment_index=index))
        done = client.media.finalize_upload(upload.id).data
        state = client.media.get_upload_status(upload.id, command="STATUS").data
        return done, state, post(client, text="Laying", media={"media_ids": [upload.id]})

    done, state, posted = await driven.do(act)

    assert done.processing_info.state == "pending"
    assert state.processing_info.state == "succeeded"
    assert posted.id


async def test_it_deletes_and_sees_that_it_is_gone(driven):
    def act(client):
        posted = post(client, text="Tiles")
        deleted = client.posts.delete(posted.id).data.deleted
        return deleted, client.posts.get_by_id(posted.id)

    deleted, read = await driven.do(act)

    assert deleted is True
    assert read.data is None
    assert read.errors


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": "x" * 281}, 403),
        ({"text": "$ABC $DEF"}, 403),
        ({"text": ""}, 400),
        ({"text": "Which?", "poll": {"options": ["One"], "duration_minutes": 60}}, 400),
        ({"text": "Tiles", "media": {"media_ids": ["1990000000000000999"]}}, 400),
    ],
)
async def test_it_understands_the_refusals(driven, body, status):
    with pytest.raises(requests.HTTPError) as caught:
        await driven.do(lambda client: post(client, **body))

    assert caught.value.response.status_code == status


async def test_the_same_words_are_a_duplicate(driven):
    def act(client):
        post(client, text="Tiles")
        with pytest.raises(requests.HTTPError) as caught:
            post(client, text="Tiles")
        return caught.value.response

    refused = await driven.do(act)

    assert refused.status_code == 403
    assert "duplicate content" in refused.json()["detail"]


async def test_it_understands_a_dead_token_and_a_pause(driven):
    with pytest.raises(requests.HTTPError) as dead:
        await driven.do(lambda client: client.users.get_me(), token="never heard of")
    driven.house.served["x"].script.add(Fault("create", Effect.THROTTLE, seconds=60))
    with pytest.raises(requests.HTTPError) as throttled:
        await driven.do(lambda client: post(client, text="Tiles"))

    assert dead.value.response.status_code == 401
    assert throttled.value.response.status_code == 429
    assert throttled.value.response.headers["x-rate-limit-remaining"] == "0"


async def test_it_signs_in_with_pkce_and_renews(driven, monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")

    def act(_client):
        client = Client(
            base_url=driven.base,
            authorization_base_url=f"{driven.base}/i",
            client_id=PRACTICE_ID,
            client_secret=PRACTICE_SECRET,
            redirect_uri=REDIRECT,
            scope=["tweet.read", "users.read", "tweet.write", "offline.access"],
        )
        page = client.get_authorization_url(state="here")
        back = requests.post(page, data={"account": driven.account}, allow_redirects=False, timeout=10)
        returned = dict(parse_qsl(urlsplit(back.headers["location"]).query))
        first = client.exchange_code(returned["code"])
        second = client.refresh_token()
        client.session.close()
        return returned, first, second

    returned, first, second = await driven.do(act)

    assert returned["state"] == "here"
    assert first["expires_in"] == 7_200
    assert second["refresh_token"] != first["refresh_token"]
