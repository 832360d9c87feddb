"""The connector against the reference server of the AT Protocol, over loopback HTTP.

This server has no AppView: replies and counters are the sandbox's and the SDK's to test.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, StepCall, Window
from tesselle.connectors.tests.stage import Folder, png
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Duplicate,
    Later,
    Present,
    Refused,
    Remote,
    Seen,
    Verdict,
)
from tesselle.networks.bluesky import xrpc
from tesselle.networks.bluesky.connector import CONNECTOR
from tests.real.servers.pds import Pds, PdsAccount


@dataclass(slots=True)
class Conversation:
    """A connected account on the real server."""

    transport: AiohttpTransport
    account: Account
    session: MemorySession
    folder: Path
    steps: int = 0

    def api(self) -> NetworkApi:
        return NetworkApi(
            connector=CONNECTOR,
            account=self.account,
            transport=self.transport,
            now=datetime.now(UTC),
            session=self.session,
            files=Folder(self.folder),
        )

    async def step(self, content: Content, kind: str = "post", **more: Any) -> StepCall:
        self.steps += 1
        key = f"step {self.steps}"
        call = StepCall(self.account, kind, 0, content, key, datetime.now(UTC))
        call = replace(call, **more)
        return replace(call, frozen=await CONNECTOR.prepare(call, self.api()))

    async def send(self, call: StepCall) -> Verdict:
        exchange = await self.transport.exchange(CONNECTOR.request(call, await self.api().session()))
        assert exchange.response is not None, exchange.cause
        return CONNECTOR.read(call, exchange.response, datetime.now(UTC))

    async def publish(self, content: Content, kind: str = "post", **more: Any) -> Remote:
        verdict = await self.send(await self.step(content, kind, **more))
        assert isinstance(verdict, Accepted), verdict
        return verdict.remote

    async def records(self) -> dict[str, dict[str, Any]]:
        """Every post's record as the server kept it, by address."""
        params = {"repo": self.account.remote_id, "collection": xrpc.POSTS, "limit": 100}
        request = xrpc.query(self.account.server, "com.atproto.repo.listRecords", params)
        answer = (await self.api().call(request)).mapping()
        return {one["uri"]: one["value"] for one in answer["records"]}

    def image(self, name: str, **more: Any) -> Media:
        (self.folder / name).write_bytes(png(comment=name))
        return replace(Media("image", "image/jpeg", 0, 2, 2, alt="Un sol bleu", asset=name), **more)


@pytest.fixture
async def talk(pds: Pds, person: PdsAccount, tmp_path: Path) -> AsyncIterator[Conversation]:
    """Connected as a person would, with the app password."""
    transport = AiohttpTransport()
    answers = {"server": pds.base_url, "handle": f"@{person.handle}", "app_password": person.app_password}
    conversation = Conversation(transport, Account("", "", "", pds.base_url), MemorySession({}), tmp_path)
    identity = await CONNECTOR.identify(answers, conversation.api())
    conversation.account = identity.account
    yield conversation
    await transport.close()


async def test_connecting_finds_the_account_its_home_and_what_it_takes(
    talk: Conversation, person: PdsAccount
):
    assert talk.account.remote_id == person.did
    assert talk.account.handle == person.handle
    assert talk.account.facts["blob_upload_limit"] == 5_242_880
    assert CONNECTOR.limits(talk.account).video is not None


async def test_a_wrong_app_password_is_named(talk: Conversation, pds: Pds, person: PdsAccount):
    answers = {"server": pds.base_url, "handle": person.handle, "app_password": "abcd-abcd-abcd-abcd"}

    with pytest.raises(BlockedError, match="does not accept this handle"):
        await CONNECTOR.identify(answers, talk.api())


async def test_a_text_goes_out_with_language_and_facets_in_bytes(talk: Conversation, person: PdsAccount):
    text = f"✨ Été 👨‍👩‍👧 avec @{person.handle} sur https://tuiles.example/é#a #faïence, fini"

    remote = await talk.publish(Content(text=text, language="fr"))

    record = (await talk.records())[remote.id]
    raw = text.encode()
    marked = [raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode() for one in record["facets"]]
    assert marked == [f"@{person.handle}", "https://tuiles.example/é#a", "#faïence"]
    assert record["facets"][0]["features"][0]["did"] == person.did
    assert record["langs"] == ["fr"]
    assert await CONNECTOR.verify(remote, talk.api()) == Present(remote)


async def test_an_image_keeps_its_alternative_text_and_gets_the_type_the_server_saw(talk: Conversation):
    remote = await talk.publish(
        Content(text="Photo", media=(talk.image("a.png"), talk.image("b.png", alt="")))
    )

    first, second = (await talk.records())[remote.id]["embed"]["images"]
    assert (first["alt"], second["alt"]) == ("Un sol bleu", "")
    assert first["image"]["mimeType"] == "image/png"
    assert first["aspectRatio"] == {"width": 2, "height": 2}


async def test_a_link_card_and_a_film_are_taken(talk: Conversation):
    (talk.folder / "film.mp4").write_bytes(b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(64))
    film = Media("video", "video/mp4", 0, 16, 9, 1.0, "La pose", "film.mp4")

    card = await talk.publish(Content(text="À lire", link="https://tuiles.example/blog"))
    video = await talk.publish(Content(text="Le film", media=(film,)))

    records = await talk.records()
    assert records[card.id]["embed"]["external"]["uri"] == "https://tuiles.example/blog"
    assert records[video.id]["embed"]["video"]["mimeType"] == "video/mp4"


async def test_a_thread_and_an_answer_refer_to_root_and_parent(talk: Conversation):
    content = Content(text="Un", parts=("Deux", "Trois"))
    first = await talk.publish(content)
    second = await talk.publish(content, "part", position=1, earlier=(first,))
    third = await talk.publish(content, "part", position=2, earlier=(first, second))
    answer = await talk.publish(Content(text="Quatre"), "answer", target=Remote(third.id))

    records = await talk.records()
    assert records[third.id]["reply"]["root"]["uri"] == first.id
    assert records[third.id]["reply"]["parent"]["cid"] == second.extra["cid"]
    assert records[answer.id]["reply"]["root"]["uri"] == first.id
    assert records[answer.id]["reply"]["parent"]["uri"] == third.id


async def test_the_same_step_twice_is_one_post_and_other_words_are_a_duplicate(talk: Conversation):
    call = await talk.step(Content(text="Une seule fois"))
    other = {**call.frozen, "record": {**call.frozen["record"], "text": "Autre chose"}}

    first, second = await talk.send(call), await talk.send(call)
    third = await talk.send(replace(call, frozen=other))

    assert isinstance(first, Accepted)
    assert first == second
    assert isinstance(third, Duplicate)
    texts = [record["text"] for record in (await talk.records()).values()]
    assert texts.count("Une seule fois") == 1
    assert "Autre chose" not in texts


async def test_a_look_up_sees_what_went_out_and_not_what_did_not(talk: Conversation):
    sent, unsent = await talk.step(Content(text="Parti")), await talk.step(Content(text="Resté"))
    verdict = await talk.send(sent)
    now = datetime.now(UTC)
    window = Window(now - timedelta(minutes=5), now + timedelta(minutes=5))

    seen = await CONNECTOR.look_up(sent, talk.api(), window)

    assert isinstance(verdict, Accepted)
    assert isinstance(seen, Seen)
    assert [(one.remote, one.certain) for one in seen.candidates] == [(verdict.remote, True)]
    assert await CONNECTOR.look_up(unsent, talk.api(), window) == Seen()


@pytest.mark.parametrize(("text", "words"), [("a" * 301, "got 301"), ("👨‍👩‍👧‍👦" * 121, "got 3025")])
async def test_one_too_many_is_refused_with_the_number(talk: Conversation, text: str, words: str):
    verdict = await talk.send(await talk.step(Content(text=text)))

    assert isinstance(verdict, Refused)
    assert verdict.code == "text_too_long"
    assert words in str(verdict.message)


async def test_exactly_the_limit_is_taken(talk: Conversation):
    for text in ("é" * 300, "👨‍👩‍👧‍👦" * 120):
        assert isinstance(await talk.send(await talk.step(Content(text=text))), Accepted)


async def test_a_file_over_the_servers_own_limit_is_refused_before_the_post(talk: Conversation):
    (talk.folder / "huge.png").write_bytes(png(6_000_000))
    huge = Media("image", "image/png", 6_000_000, 2, 2, asset="huge.png")

    with pytest.raises(RejectedError, match="refuses a file"):
        await talk.step(Content(text="Trop lourd", media=(huge,)))


async def test_a_deleted_post_is_absent_and_deleting_again_is_no_error(talk: Conversation):
    remote = await talk.publish(Content(text="Erreur"))
    deletion = await talk.step(Content(), "delete", target=remote)

    verdicts = [await talk.send(deletion), await talk.send(deletion)]

    assert all(isinstance(verdict, Accepted) for verdict in verdicts)
    assert await CONNECTOR.verify(remote, talk.api()) == Absent()


async def test_history_tells_posts_newest_first_and_no_figures_without_an_appview(talk: Conversation):
    older = await talk.publish(Content(text="Hier"))
    newer = await talk.publish(Content(text="Demain", media=(talk.image("c.png"),)))

    past = await CONNECTOR.history(talk.api(), datetime.now(UTC) - timedelta(days=90))

    assert [post.remote.id for post in past[:2]] == [newer.id, older.id]
    assert (past[0].text, past[0].media_count, past[0].figures) == ("Demain", 1, {})
    assert await CONNECTOR.post_figures((older, newer), talk.api()) == ()
    assert (await CONNECTOR.channel_figures(talk.api())).values == {}


async def test_a_session_is_renewed_with_its_refresh_token_and_survives_a_dead_one(talk: Conversation):
    first = dict(await talk.api().session())
    renewed = await CONNECTOR.open_session(first, talk.api())
    await talk.transport.exchange(
        Request(
            "POST",
            f"{talk.account.server}/xrpc/com.atproto.server.deleteSession",
            {"Authorization": f"Bearer {renewed['refresh']}"},
        )
    )

    reopened = await CONNECTOR.open_session(renewed, talk.api())

    assert CONNECTOR.session_is_fresh(renewed, datetime.now(UTC))
    assert CONNECTOR.session_is_fresh(reopened, datetime.now(UTC))
    assert reopened["refresh"] not in (first["refresh"], renewed["refresh"])


async def test_a_dead_token_on_the_irreversible_call_asks_for_a_new_session(talk: Conversation):
    call = await talk.step(Content(text="Jamais"))
    request = CONNECTOR.request(call, {"access": "not.a.token"})

    exchange = await talk.transport.exchange(request)

    assert exchange.response is not None
    verdict = CONNECTOR.read(call, exchange.response, datetime.now(UTC))
    assert isinstance(verdict, Later)
    assert verdict.renew_session
