"""Our requests and the sandbox's answers, held to a table of TikTok's own pages.

There is no machine-readable description of these interfaces, and no client of TikTok's for servers: the table
was drawn by hand from notes of developers.tiktok.com (Content Posting API, Display API, OAuth) of 23 November
2026. On 25 November paths, headers, the beginning of an upload, the rules for pieces and the status answer were
held against the pages themselves; on 26 November the rest as far as pages could be reached, and the changelog (to
26 February 2026), which names no change of the Content Posting API. Clients of others were looked at: decision 35.
"""

import itertools
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.domain.content import Content
from tesselle.networks.tiktok import pieces

KINDS = {"text": str, "number": int, "switch": bool}
TABLE = json.loads((Path(__file__).parent / "responses/pages.json").read_text())


def edge(request: Request) -> str:
    return f"{request.method} {urlsplit(request.url).path}"


def sent(request: Request) -> dict[str, Any]:
    body = request.body if isinstance(request.body, bytes) else b""
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("application/json"):
        return json.loads(body)
    return dict(parse_qsl(body.decode())) if kind.endswith("urlencoded") else {}


def strange(value: Any, known: Any, place: str = "") -> list[str]:
    """What a request or an answer has that the table does not know, or of another kind."""
    if isinstance(known, dict):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        told = [f"{place}.{name}" for name in value if name not in known]
        return told + [
            one
            for name in value
            if name in known
            for one in strange(value[name], known[name], f"{place}.{name}")
        ]
    if isinstance(known, list) and not isinstance(value, list):
        return [] if value in known else [f"{place}: {value!r}"]
    if isinstance(known, list):
        is_choice = len(known) > 1
        inner = known if is_choice else known[0]
        return [one for item in value for one in strange(item, inner, f"{place}[]")]
    return [] if type(value) is KINDS[known] else [f"{place}: {value!r} is no {known}"]


@pytest.fixture
async def said(stage_of):
    """All that both kinds of account send, with the answers."""
    kept = []
    for kind in ("direct", "inbox"):
        stage = await stage_of(kind)
        inner = stage.transport.exchange

        async def noted(request, gate=None, inner=inner):
            exchange = await inner(request, gate)
            kept.append((request, exchange.response))
            return exchange

        stage.transport = type("Watched", (), {"exchange": staticmethod(noted)})()
        await do_everything(stage, kind)
    return [(request, answer) for request, answer in kept if "/auth/authorize/" not in request.url]


async def do_everything(stage, kind):
    connector = stage.plugin.connector
    way = next(one for one in stage.plugin.card.sign_ins if one.slug == kind)
    kept = await signed_in(stage, way)
    kept = await connector.dialect(kind).refresh(kept, stage.api())
    await identities(stage, way, kept)
    await connector.dialect(kind).revoke(kept, stage.api())
    every = dict.fromkeys(("comments", "duets", "stitches", "own_business", "made_with_ai", "music"), "on")
    chosen = {**stage.options, **every, "cover_second": "1"}
    words = "Laying" if kind == "direct" else ""
    call = await stage.prepared(stage.step(Content(text=words, media=(stage.film(),), options=chosen)))
    remote = (await stage.send(call)).remote
    await stage.look_up(call)
    photos = replace(call.content, text="Tiles", title="Floor", media=(stage.image(),))
    await stage.publish(replace(photos, options={**chosen, "format": "photos"}))
    presence = await connector.verify(remote, stage.api())
    await connector.post_figures((getattr(presence, "remote", remote),), stage.api())
    await connector.channel_figures(stage.api())
    await connector.history(stage.api(), stage.clock.now)


async def test_no_address_and_no_value_is_made_up(said):
    told: list[Any] = []
    for request, _answer in said:
        row = TABLE["requests"].get(edge(request))
        told += (
            [edge(request)] if row is None else [(edge(request), one) for one in strange(sent(request), row)]
        )

    assert told == []
    assert {edge(request) for request, _ in said} == set(TABLE["requests"])


async def test_only_fields_that_are_there_are_asked_for(said):
    for request, _answer in said:
        fields = dict(parse_qsl(urlsplit(request.url).query)).get("fields", "")
        known = TABLE["fields"].get(edge(request), [])
        assert {one for one in fields.split(",") if one} <= set(known)
        assert bool(fields) == bool(known), f"{edge(request)}: fields are mandatory there, and nowhere else"


async def test_what_the_sandbox_answers_is_what_the_pages_show(said):
    told = []
    for request, answer in said:
        row = TABLE["answers"].get(edge(request))
        told += [(edge(request), one) for one in strange(answer.mapping(), row)] if row else []

    assert told == []


async def test_every_json_request_says_its_charset(said):
    for request, _answer in said:
        if request.headers.get("Content-Type", "").startswith("application/json"):
            assert request.headers["Content-Type"] == "application/json; charset=UTF-8"


@pytest.mark.parametrize("one", TABLE["cuts"], ids=lambda one: str(one["size"]))
def test_films_are_cut_as_the_pages_show(one):
    cut = pieces.cut(one["size"], one["piece"])
    start, end = cut.span(cut.count - 1)

    assert cut.count == one["count"]
    assert f"bytes {start}-{end - 1}/{cut.size}" == one["last"]


@pytest.mark.parametrize("size", [1, 4_999_999, 5_000_000, 10_000_000, 19_999_999, 20_000_000, 4_000_000_000])
def test_our_own_pieces_keep_to_the_rules(size):
    cut = pieces.cut(size)
    spans = [cut.span(number) for number in range(cut.count)]

    assert spans[0][0] == 0 and spans[-1][1] == size
    assert all(left[1] == right[0] for left, right in itertools.pairwise(spans))
    assert cut.count == max(size // cut.piece, 1) <= 1_000
    assert size < 5_000_000 or all(5_000_000 <= end - start <= 64_000_000 for start, end in spans)


def test_the_table_finds_what_is_wrong():
    row = TABLE["requests"]["POST /v2/post/publish/status/fetch/"]

    assert strange({"publish_id": 5, "id": "x"}, row) == [".id", ".publish_id: 5 is no text"]
