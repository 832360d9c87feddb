"""The connector against mastodon_mock, a stateful Mastodon API server by somebody else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.card import Discussed
from tesselle.connectors.http.aiohttp_transport import AiohttpTransport
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.oauth2 import account_with
from tesselle.connectors.protocols import Account, StepCall, Window
from tesselle.connectors.tests.stage import Folder, png
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import BlockedError
from tesselle.domain.verdicts import (
    Absent,
    Accepted,
    Doubtful,
    Later,
    Present,
    Refused,
    Remote,
    Seen,
    Verdict,
)
from tesselle.networks.mastodon.auth import WIDE_SCOPES, make_known
from tesselle.networks.mastodon.connector import CONNECTOR
from tesselle.networks.mastodon.options import VISIBILITY
from tests.real.servers.mastodon import MastodonMock


@dataclass(slots=True)
class Conversation:
    """A connected account on the mock server."""

    transport: AiohttpTransport
    account: Account
    folder: Path
    steps: int = 0

    def api(self) -> NetworkApi:
        return NetworkApi(
            connector=CONNECTOR,
            account=self.account,
            transport=self.transport,
            now=datetime.now(UTC),
            session=MemorySession({}),
            files=Folder(self.folder),
        )

    async def step(self, content: Content, kind: str = "post", **more: Any) -> StepCall:
        self.steps += 1
        call = StepCall(self.account, kind, 0, content, f"step-{self.steps}", datetime.now(UTC), **more)
        return replace(call, frozen=await CONNECTOR.prepare(call, self.api()))

    async def send(self, call: StepCall) -> Verdict:
        request = CONNECTOR.request(call, await self.api().session())
        exchange = await self.transport.exchange(request)
        if exchange.response is None:
            return Doubtful(exchange.cause)
        return CONNECTOR.read(call, exchange.response, datetime.now(UTC))

    async def post(self, content: Content, **more: Any) -> Remote:
        verdict = await self.send(await self.step(content, **more))
        assert isinstance(verdict, Accepted), verdict
        return verdict.remote


def window() -> Window:
    now = datetime.now(UTC)
    return Window(now - timedelta(minutes=5), now + timedelta(minutes=5))


@pytest.fixture
async def alice(mastodon_mock: MastodonMock, tmp_path: Path) -> AsyncIterator[Conversation]:
    transport = AiohttpTransport()
    answers = {"server": mastodon_mock.base_url, "access_token": mastodon_mock.alice.access_token}
    empty = Account("", "", "", mastodon_mock.base_url, credentials=answers)
    asking = Conversation(transport, empty, tmp_path)
    identity = await CONNECTOR.identify(answers, asking.api())
    yield Conversation(transport, identity.account, tmp_path)
    await transport.close()


async def test_a_wrong_token_is_told_apart(mastodon_mock: MastodonMock, tmp_path: Path):
    transport = AiohttpTransport()
    answers = {"server": mastodon_mock.base_url, "access_token": "wrong"}
    empty = Account("", "", "", mastodon_mock.base_url, credentials=answers)

    with pytest.raises(BlockedError):
        await CONNECTOR.identify(answers, Conversation(transport, empty, tmp_path).api())

    await transport.close()


async def test_a_text_is_posted_read_back_and_deleted(alice: Conversation):
    remote = await alice.post(Content(text="Été : une terrasse à Morges 🧱"))

    assert isinstance(await CONNECTOR.verify(remote, alice.api()), Present)
    deletion = await alice.step(Content(), "delete", target=remote)
    assert isinstance(await alice.send(deletion), Accepted)
    assert isinstance(await CONNECTOR.verify(remote, alice.api()), Absent)


async def test_the_same_step_twice_is_one_post(alice: Conversation):
    call = await alice.step(Content(text="Une seule fois"))

    first, second = await alice.send(call), await alice.send(call)

    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    assert first.remote.id == second.remote.id


async def test_a_picture_goes_out_with_its_alternative_text(alice: Conversation):
    (alice.folder / "a.png").write_bytes(png())
    media = Media("image", "image/png", len(png()), 1, 1, alt="Mosaïque verte", asset="a.png")

    remote = await alice.post(Content(text="Avec image", media=(media,)))

    past = await CONNECTOR.history(alice.api(), datetime.now(UTC) - timedelta(days=90))
    assert [post.media_count for post in past if post.remote.id == remote.id] == [1]


async def test_a_thread_hangs_together(alice: Conversation):
    first = await alice.post(Content(text="Un"))
    content = Content(text="Un", parts=("Deux",))
    call = StepCall(alice.account, "part", 1, content, "part", datetime.now(UTC), earlier=(first,))
    call = replace(call, frozen=await CONNECTOR.prepare(call, alice.api()))
    assert isinstance(await alice.send(call), Accepted)

    replies = await CONNECTOR.replies(first, alice.api())

    assert [reply.text for reply in replies] == ["Deux"]


async def test_too_long_is_refused_for_good(alice: Conversation):
    verdict = await alice.send(await alice.step(Content(text="x" * 501)))

    assert isinstance(verdict, Refused)


async def test_a_throttle_says_when_to_come_back(alice: Conversation, mastodon_mock: MastodonMock):
    call = await alice.step(Content(text="Patience"))
    mastodon_mock.fail_next("POST", "/api/v1/statuses", {"type": "ratelimit"})

    verdict = await alice.send(call)

    assert isinstance(verdict, Later)
    assert verdict.until is not None


async def test_a_proxy_error_is_doubtful_and_the_look_up_finds_nothing(
    alice: Conversation, mastodon_mock: MastodonMock
):
    call = await alice.step(Content(text="Perdu en route"))
    mastodon_mock.fail_next("POST", "/api/v1/statuses", {"type": "status", "status": 503})

    assert isinstance(await alice.send(call), Doubtful)
    assert await CONNECTOR.look_up(call, alice.api(), window()) == Seen()


async def test_the_look_up_finds_what_was_posted(alice: Conversation):
    call = await alice.step(Content(text="Retrouvé"))
    verdict = await alice.send(call)
    assert isinstance(verdict, Accepted)

    seen = await CONNECTOR.look_up(call, alice.api(), window())

    assert isinstance(seen, Seen)
    assert [candidate.remote.id for candidate in seen.candidates] == [verdict.remote.id]


async def test_figures_are_told(alice: Conversation):
    remote = await alice.post(Content(text="Chiffres"))

    figures = await CONNECTOR.post_figures([remote], alice.api())

    assert [one.remote_id for one in figures] == [remote.id]
    assert figures[0].values["reactions"] == 0


async def test_a_private_mention_is_read_and_answered_to_its_author_alone(
    alice: Conversation, mastodon_mock: MastodonMock, tmp_path: Path
):
    transport = AiohttpTransport()
    answers = {"server": mastodon_mock.base_url, "access_token": mastodon_mock.bob.access_token}
    empty = Account("", "", "", mastodon_mock.base_url, credentials=answers)
    identity = await CONNECTOR.identify(answers, Conversation(transport, empty, tmp_path).api())
    bob = Conversation(transport, identity.account, tmp_path, steps=100)
    asked = await bob.post(Content(text="@alice Un devis ?", options={VISIBILITY: "direct"}))

    (message,) = [one for one in await CONNECTOR.received(Discussed.MESSAGES, alice.api()) if not one.past]
    ours = await alice.post(Content(text="Avec plaisir"), kind="answer", target=message.remote)

    assert (message.remote.id, message.author, message.mine) == (asked.id, "@bob", False)
    assert isinstance(await CONNECTOR.verify(ours, alice.api()), Present)
    assert ours.extra["visibility"] == "direct"
    said = await CONNECTOR.received(Discussed.MESSAGES, alice.api())
    assert [(one.remote.id, one.mine, one.past) for one in said] == [
        (asked.id, False, True),
        (ours.id, True, False),
    ]
    (seen,) = [one for one in await CONNECTOR.received(Discussed.MESSAGES, bob.api()) if not one.past]
    assert (seen.remote.id, seen.text) == (ours.id, "@bob Avec plaisir")
    await transport.close()


BACK = "http://127.0.0.1/channels/signed-in/"
VERIFIER = "a-verifier-of-forty-three-characters-at-least-0"


async def test_the_servers_own_page_signs_in_and_what_is_revoked_is_over(
    mastodon_mock: MastodonMock, alice: Conversation
):
    dialect, api = CONNECTOR.dialect("server"), alice.api()
    # It knows the wide rights only, and does not say so at registering.
    app = await make_known(mastodon_mock.base_url, BACK, "", WIDE_SCOPES, api)
    address = dialect.address(app, BACK, "the-state", VERIFIER)
    form = {**dict(parse_qsl(urlsplit(address).query)), "username": "alice"}
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = Request("POST", address.partition("?")[0], headers, urlencode(form).encode())

    exchange = await alice.transport.exchange(asked)
    assert exchange.response is not None
    returned = dict(parse_qsl(urlsplit(exchange.response.headers["location"]).query))
    kept = await dialect.exchange(app, BACK, returned, VERIFIER, api)

    asking = replace(alice, account=account_with(kept, mastodon_mock.base_url))
    (identity,) = await CONNECTOR.accounts("server", asking.api())
    assert returned["state"] == "the-state"
    assert identity.account.handle == alice.account.handle
    assert identity.missing == ()
    await dialect.revoke(kept, asking.api())
    with pytest.raises(BlockedError):
        await CONNECTOR.accounts("server", asking.api())


async def test_anybody_may_ask_how_many_follow_an_account(alice: Conversation, mastodon_mock: MastodonMock):
    await alice.post(Content(text="Compté"))
    host = urlsplit(mastodon_mock.base_url).netloc
    asked = CONNECTOR.public_request(f"https://{host}/@alice")
    assert asked is not None and "Authorization" not in asked.headers
    over_loopback = replace(asked, url=asked.url.replace("https:", "http:"))

    exchange = await alice.transport.exchange(over_loopback)

    assert exchange.response is not None and exchange.response.ok
    assert CONNECTOR.public_figures(exchange.response) == {"followers": 0, "posts": 1}
