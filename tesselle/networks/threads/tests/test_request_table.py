"""Our requests and the sandbox's answers, held to Meta's own collection of requests for Threads.

The table was drawn from fbsamples/threads_api (2 January 2026) on 25 November 2026, and its requests were
run against the sandbox that day: names and values of what is sent, fields and metrics that can be asked for,
the shape of what is answered. On 26 November the collection was still that one.
`debug_token` and the swapping of tokens take the token as a parameter there.
"""

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.sign_in_contract import identities, signed_in
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content

TABLE = json.loads((Path(__file__).parent / "responses/collection.json").read_text())
Said = list[tuple[Request, dict[str, Any]]]


def edge(request: Request) -> str:
    """The row of the table that a request belongs to."""
    path = urlsplit(request.url).path.removeprefix("/v1.0")
    first, slash, rest = path.lstrip("/").partition("/")
    return f"{request.method} /{'{id}' if first.isdigit() else first}{slash}{rest}"


def sent(request: Request) -> dict[str, str]:
    body = request.body.decode() if isinstance(request.body, bytes) else ""
    return dict(parse_qsl(urlsplit(request.url).query)) | dict(parse_qsl(body))


@pytest.fixture
async def said(stage: Stage) -> Said:
    """Everything that every kind of step and every read sends, with its answers."""
    kept: Said = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request: Request, gate: Any = None) -> Any:
            exchange = await inner(request, gate)
            kept.append((request, exchange.response.mapping()))
            return exchange

    stage.transport = Watched()
    await do_everything(stage)
    return [(request, answer) for request, answer in kept if "/oauth/authorize" not in request.url]


async def do_everything(stage: Stage) -> None:
    connector, (way,) = stage.plugin.connector, stage.plugin.card.sign_ins
    kept = await signed_in(stage, way)
    stage.clock.forward(2 * 86_400)
    await connector.dialect(way.slug).refresh(kept, stage.api())
    await identities(stage, way, kept)
    chosen = {"topic": "sol", "replies": "followers_only"}
    await stage.publish(Content(text="Words", link="https://example.com", options=chosen))
    await stage.publish(Content(text="?", options={"poll": "a\nb", "poll_seconds": "86400"}))
    await stage.publish(Content(text="One", media=(stage.image("one.png"),)))
    content = Content(text="Album", parts=("More",), media=(stage.image(), stage.film()))
    call = await stage.prepared(stage.step(content))
    first = (await stage.send(call)).remote
    await stage.found(call)
    part = await stage.prepared(stage.step(content, "part", position=1, earlier=(first,)))
    await stage.send(part)
    await stage.found(part)
    await stage.verify(first)
    await connector.replies(first, stage.api())
    await connector.post_figures((first,), stage.api())
    await connector.channel_figures(stage.api())
    await connector.history(stage.api(), stage.clock.now)
    await stage.send(await stage.prepared(stage.step(Content(), "delete", target=first)))


async def test_no_address_and_no_parameter_is_made_up(said):
    strange = [
        (edge(request), name)
        for request, _answer in said
        for name in sent(request)
        if name not in TABLE["requests"].get(edge(request), ())
    ]

    assert strange == []
    assert {edge(request) for request, _ in said} == set(TABLE["requests"]) - {"GET /oauth/access_token"}


async def test_only_fields_metrics_and_values_that_are_there_are_asked_for(said):
    strange = []
    for request, _answer in said:
        for name, value in sent(request).items():
            known = {"fields": TABLE["fields"], "metric": TABLE["metrics"]}.get(name, {}).get(edge(request))
            known = known or TABLE["values"].get(name)
            if known is not None:
                strange += [(edge(request), name, one) for one in value.split(",") if one not in known]

    assert strange == []


def unlike(value: Any, shown: Any, place: str = "") -> list[str]:
    """Where an answer has another shape than the collection's example."""
    if isinstance(shown, dict):
        if not isinstance(value, dict):
            return [f"{place}: no object"]
        told = [f"{place}.{name}: not there" for name in set(value) - set(shown)]
        return told + [
            one for name in value for one in unlike(value[name], shown.get(name), f"{place}.{name}")
        ]
    if isinstance(shown, list):
        return [one for item in value for one in unlike(item, shown[0], f"{place}[]")]
    return [] if shown is None or type(value) is type(shown) else [f"{place}: {value!r}"]


async def test_what_the_sandbox_answers_has_the_shape_of_what_meta_shows(said):
    strange = [
        (edge(request), one)
        for request, answer in said
        if edge(request) in TABLE["answers"]
        for one in unlike(answer, TABLE["answers"][edge(request)])
    ]

    assert strange == []


def test_the_table_finds_what_is_wrong():
    shown = TABLE["answers"]["GET /me/threads"]

    assert unlike({"data": [{"id": 5, "caption": "x"}]}, shown) == [
        ".data[].caption: not there",
        ".data[].id: 5",
    ]
