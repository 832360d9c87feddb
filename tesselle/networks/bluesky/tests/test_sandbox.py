"""The sandbox behaves as the reference server was measured to."""

import json
from typing import Any

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.tests.stage import Stage, png
from tesselle.networks.bluesky import xrpc
from tesselle.networks.bluesky.sandbox.counting import graphemes

POST = "app.bsky.feed.post"
RKEY = "3khuwc44c2222"
FAMILY = "👨‍👩‍👧‍👦"


class Speaker:
    """Speaks to the sandbox over the transport, with a session of its own."""

    def __init__(self, stage: Stage, session: dict[str, str]) -> None:
        self.stage, self.session = stage, session
        self.did = stage.account.remote_id

    async def ask(self, request: Request) -> tuple[int, dict[str, Any], Response]:
        response = (await self.stage.transport.exchange(request)).response
        assert response is not None
        return response.status, response.mapping(), response

    async def post(self, method: str, data: Any) -> tuple[int, dict[str, Any]]:
        request = xrpc.procedure("https://bluesky.example", method, data, xrpc.signed(self.session))
        return (await self.ask(request))[:2]

    async def put(self, rkey: str = RKEY, **record: Any) -> tuple[int, dict[str, Any]]:
        filled = {"$type": POST, "text": "x", "createdAt": "2026-11-23T09:30:00.000Z", **record}
        data = {"repo": self.did, "collection": POST, "rkey": rkey, "record": filled}
        return await self.post("com.atproto.repo.putRecord", data)

    async def upload(self, content: bytes, mime: str = "image/png") -> dict[str, Any]:
        headers = {**xrpc.signed(self.session), "Content-Type": mime}
        url = "https://bluesky.example/xrpc/com.atproto.repo.uploadBlob"
        status, answer, _ = await self.ask(Request("POST", url, headers, content))
        assert status == 200, answer
        blob: dict[str, Any] = answer["blob"]
        return blob


@pytest.fixture
async def speaker(stage: Stage) -> Speaker:
    return Speaker(stage, dict(await stage.api().session()))


async def test_the_same_bytes_again_are_a_no_op_and_other_bytes_overwrite_in_silence(speaker: Speaker):
    first = await speaker.put()
    again = await speaker.put()
    other = await speaker.put(createdAt="2026-11-23T09:31:00.000Z")

    assert (first[1]["uri"], first[1]["cid"]) == (again[1]["uri"], again[1]["cid"])
    assert ("commit" in first[1], "commit" in again[1]) == (True, False)
    assert other[0] == 200
    assert other[1]["cid"] != first[1]["cid"]


async def test_what_was_deleted_comes_back_to_life_and_deleting_twice_is_no_error(speaker: Speaker):
    await speaker.put()
    address = {"repo": speaker.did, "collection": POST, "rkey": RKEY}
    first = await speaker.post("com.atproto.repo.deleteRecord", address)
    second = await speaker.post("com.atproto.repo.deleteRecord", address)

    back = await speaker.put()

    assert (first[0], "commit" in first[1], second) == (200, True, (200, {}))
    assert back[0] == 200
    assert len(await speaker.stage.network.posts()) == 1


async def test_creating_on_a_key_that_exists_is_an_internal_error_and_without_a_key_makes_two(
    speaker: Speaker,
):
    await speaker.put()
    record = {"$type": POST, "text": "y", "createdAt": "2026-11-23T09:30:00.000Z"}
    data = {"repo": speaker.did, "collection": POST, "record": record}
    writes = [
        {"$type": "com.atproto.repo.applyWrites#create", "collection": POST, "rkey": RKEY, "value": record}
    ]

    taken = await speaker.post("com.atproto.repo.createRecord", {**data, "rkey": RKEY})
    batch = await speaker.post("com.atproto.repo.applyWrites", {"repo": speaker.did, "writes": writes})
    await speaker.post("com.atproto.repo.createRecord", data)
    await speaker.post("com.atproto.repo.createRecord", data)

    assert (taken[0], batch[0]) == (500, 500)
    assert len(await speaker.stage.network.posts()) == 3


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ({"text": "a" * 301}, "grapheme too big (maximum 300, got 301) at $.record.text"),
        ({"text": FAMILY * 300}, "string too big (maximum 3000, got 7500) at $.record.text"),
        ({"langs": ["a", "b", "c", "d"]}, "array too big (maximum 3, got 4) at $.record.langs"),
        ({"tags": ["t"] * 9}, "array too big (maximum 8, got 9) at $.record.tags"),
        ({"createdAt": "2026-11-23"}, 'Invalid datetime (got "2026-11-23") at $.record.createdAt'),
    ],
)
async def test_a_wrong_record_is_refused_in_the_servers_own_words(speaker: Speaker, record, words):
    status, answer = await speaker.put(**record)

    assert (status, answer["error"]) == (400, "InvalidRequest")
    assert answer["message"] == f"Invalid app.bsky.feed.post record: {words}"


async def test_images_need_alternative_text_a_known_file_and_a_bearable_size(speaker: Speaker):
    blob = await speaker.upload(png())

    def images(*items: dict[str, Any]) -> dict[str, Any]:
        return {"$type": "app.bsky.embed.images", "images": list(items)}

    none = await speaker.put(embed=images({"image": blob}))
    heavy = await speaker.put(embed=images({"image": blob | {"size": 2_000_001}, "alt": ""}))
    lost = await speaker.put(embed=images({"image": blob | {"ref": {"$link": "bafkreix"}}, "alt": ""}))
    five = await speaker.put(embed=images(*[{"image": blob, "alt": ""}] * 5))

    assert none[1]["message"].endswith('Missing required key "alt" at $.record.embed.images[0]')
    assert "blob too big (maximum 2000000, got 2000001)" in heavy[1]["message"]
    assert lost[1]["error"] == "BlobNotFound"
    assert "array too big (maximum 4, got 5)" in five[1]["message"]


async def test_what_only_shows_on_the_screen_is_taken_without_a_word(speaker: Speaker):
    facet = {"index": {"byteStart": 5, "byteEnd": 99}, "features": []}

    status, answer = await speaker.put(facets=[facet], embed={"$type": "app.bsky.embed.nonsense"}, extra="x")

    assert (status, answer["validationStatus"]) == (200, "valid")


async def test_the_type_of_a_file_is_what_its_bytes_say(speaker: Speaker):
    assert (await speaker.upload(png(), "image/jpeg"))["mimeType"] == "image/png"


async def test_keys_floats_broken_json_and_foreign_repositories_are_refused(speaker: Speaker):
    key = await speaker.put(rkey="my-post")
    floating = await speaker.put(extra=1.5)
    headers = {**xrpc.signed(speaker.session), "Content-Type": "application/json"}
    url = "https://bluesky.example/xrpc/com.atproto.repo.putRecord"
    broken = await speaker.ask(Request("POST", url, headers, b'{"repo":'))
    foreign = await speaker.post("com.atproto.repo.putRecord", {"repo": "did:plc:somebody"})

    assert 'Invalid TID string (got "my-post") at $' in key[1]["message"]
    assert floating[0] == 400
    assert broken[1]["error"] == "SyntaxError"
    assert (foreign[0], foreign[1]["error"]) == (403, "AccountNotFound")


async def test_tokens_are_missing_unverifiable_of_the_wrong_kind_or_expired(speaker: Speaker):
    answers = []
    for token in ("", "garbage.in.here", speaker.session["refresh"]):
        speaker.session = {"access": token} if token else {}
        headers = xrpc.signed(speaker.session) if token else {}
        request = xrpc.procedure(
            "https://bluesky.example", "com.atproto.repo.deleteRecord", {"repo": "x"}, headers
        )
        status, answer, _ = await speaker.ask(request)
        answers.append((status, answer["error"]))

    assert answers == [(401, "AuthMissing"), (400, "InvalidToken"), (400, "InvalidToken")]


async def test_an_access_token_lives_two_hours_and_outlives_the_end_of_its_session(speaker: Speaker):
    end = Request(
        "POST",
        "https://bluesky.example/xrpc/com.atproto.server.deleteSession",
        {"Authorization": f"Bearer {speaker.session['refresh']}"},
    )
    assert (await speaker.ask(end))[0] == 200

    assert (await speaker.put())[0] == 200
    speaker.stage.clock.forward(7201)
    assert (await speaker.put())[1] == {"error": "ExpiredToken", "message": "Token has expired"}


async def test_a_used_refresh_token_leads_to_the_same_successor_for_two_hours(speaker: Speaker):
    refresh = Request(
        "POST",
        "https://bluesky.example/xrpc/com.atproto.server.refreshSession",
        {"Authorization": f"Bearer {speaker.session['refresh']}"},
    )

    first, second = await speaker.ask(refresh), await speaker.ask(refresh)
    speaker.stage.clock.forward(7201)
    late = await speaker.ask(refresh)

    assert first[1]["refreshJwt"] == second[1]["refreshJwt"]
    assert (late[0], late[1]["message"]) == (400, "Token has been revoked")


async def test_more_than_thirty_sign_ins_in_five_minutes_are_throttled(speaker: Speaker):
    data = {
        "identifier": speaker.stage.opened.answers["handle"],
        "password": speaker.stage.opened.answers["app_password"],
    }
    statuses = [(await speaker.post("com.atproto.server.createSession", data))[0] for _ in range(30)]

    assert statuses[-1] == 429
    speaker.stage.clock.forward(301)
    assert (await speaker.post("com.atproto.server.createSession", data))[0] == 200


async def test_every_answer_carries_the_networks_own_rate_headers(speaker: Speaker):
    request = xrpc.query("https://bluesky.example", "com.atproto.server.describeServer", {})
    response = (await speaker.ask(request))[2]

    assert response.headers["ratelimit-policy"] == "3000;w=300"
    assert json.loads(response.body)["blobUploadLimit"] == 50_000_000


async def test_reads_fail_and_writes_go_on_while_the_appview_is_away(speaker: Speaker):
    speaker.stage.network.flags.add("appview_down")
    for method in ("app.bsky.feed.getPosts?uris=at://x", "app.bsky.unknown.method"):
        url = f"https://bluesky.example/xrpc/{method}"
        status, answer, _ = await speaker.ask(Request("GET", url, xrpc.signed(speaker.session)))
        assert (status, answer["error"]) == (502, "UpstreamFailure")

    assert (await speaker.put())[0] == 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("été", 3),
        ("e\u0301", 1),
        (FAMILY, 1),
        ("🇨🇭🇫🇷", 2),
        ("👍🏽", 1),
        ("한국", 2),
        ("❤️‍🔥", 1),
        ("\r\n", 1),
        ("", 0),
    ],
)
def test_a_character_is_what_a_reader_calls_one(text: str, expected: int):
    assert graphemes(text) == expected


@given(st.text(st.sampled_from("aé €\u0301\u200d\ufe0f👨👩👧🏽🇨🇭🇫❤🔥한ᄀ각\r\n#1"), max_size=30))
def test_the_second_counting_agrees_with_the_first(text: str):
    assert graphemes(text) == len(regex.findall(r"\X", text))
