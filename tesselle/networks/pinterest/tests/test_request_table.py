"""Our requests and the sandbox's answers, held to Pinterest's own description of its API.

The table was drawn from pinterest/api-description 5.23.0 (11 December 2025) on 25 November 2026:
names, bounds and patterns of what is sent, names of what is answered.
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tesselle.connectors.http.exchange import Request
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote
from tesselle.networks.pinterest.wire import signed

TABLE = json.loads((Path(__file__).parent / "responses/description.json").read_text())


def broken(value: Any, rule: dict[str, Any], place: str = "body") -> list[str]:
    """What of a value the description does not allow."""
    if "fields" in rule:
        told = [f"{place}: {name} is unknown" for name in set(value) - set(rule["fields"])]
        told += [f"{place}: {name} is missing" for name in set(rule.get("required", ())) - set(value)]
        for name, inner in rule["fields"].items():
            told += broken(value[name], inner, f"{place}.{name}") if value.get(name) is not None else []
        return told
    if "items" in rule:
        told = [] if rule["min"] <= len(value) <= rule["max"] else [f"{place}: {len(value)} items"]
        return told + [one for item in value for one in broken(item, rule["items"], place)]
    if "one_of" in rule:
        return broken(value, rule["one_of"][value["source_type"]], place)
    if "max" in rule and len(str(value)) > rule["max"]:
        return [f"{place}: {len(str(value))} signs"]
    if "pattern" in rule and not re.fullmatch(rule["pattern"], str(value)):
        return [f"{place}: not {rule['pattern']}"]
    if "values" in rule and value not in rule["values"]:
        return [f"{place}: {value!r}"]
    return [] if "least" not in rule or value >= rule["least"] else [f"{place}: {value}"]


CONTENTS = {
    "a picture": lambda stage: Content(media=(stage.image(),)),
    "everything": lambda stage: Content(
        text="d" * 800,
        title="t" * 100,
        link="https://carrelage.example/" + "l" * 2000,
        media=(replace(stage.image(), alt="a" * 500),),
        options={"section": "650000000001"},
    ),
    "a carousel": lambda stage: Content(media=tuple(stage.image(f"{n}.png") for n in range(5))),
    "a film": lambda stage: Content(media=(stage.film(),), options={"cover": "end"}),
}


async def sent(stage, content):
    whole = replace(content, options={**stage.options, **content.options})
    return await stage.request_for(await stage.prepared(stage.step(whole)))


@pytest.mark.parametrize("name", CONTENTS)
async def test_a_pin_we_send_is_one_that_pinterest_describes(stage, name):
    request = await sent(stage, CONTENTS[name](stage))

    assert (request.method, urlsplit(request.url).path) == ("POST", "/v5/pins")
    assert request.headers["Content-Type"] == "application/json"
    assert broken(json.loads(request.body), TABLE["pin_create"]) == []


async def test_the_table_finds_what_is_wrong(stage):
    body = json.loads((await sent(stage, CONTENTS["everything"](stage))).body)

    assert broken({**body, "title": "t" * 101}, TABLE["pin_create"]) == ["body.title: 101 signs"]
    assert broken({**body, "board_id": "x"}, TABLE["pin_create"]) == [r"body.board_id: not \d+"]
    assert broken({**body, "board": "1"}, TABLE["pin_create"]) == ["body: board is unknown"]


@pytest.mark.parametrize("name", CONTENTS)
async def test_a_pin_the_sandbox_shows_is_one_that_pinterest_describes(stage, name):
    exchange = await stage.transport.exchange(await sent(stage, CONTENTS[name](stage)))

    assert exchange.response.status == 201
    assert broken(exchange.response.mapping(), TABLE["pin"]) == []


@pytest.mark.parametrize("path", ["/user_account", "/boards", "/pins?pin_metrics=true"])
async def test_what_else_the_sandbox_shows_is_as_described(stage, path):
    await stage.transport.exchange(await sent(stage, CONTENTS["a picture"](stage)))
    request = Request("GET", f"{stage.opened.server}/v5{path}", signed(stage.opened.answers))

    answer = (await stage.transport.exchange(request)).response.mapping()

    for one in answer.get("items", [answer]):
        assert broken(one, TABLE[path.partition("?")[0].strip("/")]) == []


async def test_how_a_film_is_asked_for_and_answered_is_as_described(stage, monkeypatch):
    """Without a zone and in whole days, by metric types of films; summed up under `all`."""
    asked: list[str] = []
    exchange = stage.transport.exchange

    async def noted(request: Request, gate=None):
        answer = await exchange(request, gate)
        if urlsplit(request.url).path.endswith("/analytics"):
            asked.append(request.url)
            assert broken(answer.response.mapping(), TABLE["pin_analytics"]) == []
        return answer

    remote = await stage.publish(replace(CONTENTS["a film"](stage), options=stage.options))
    monkeypatch.setattr(stage.transport, "exchange", noted)
    await stage.plugin.connector.post_figures((remote,), stage.api())

    (url,) = asked
    query = {name: value for name, (value,) in parse_qs(urlsplit(url).query).items()}
    assert set(query) <= set(TABLE["parameters"])
    kinds = TABLE["pin_analytics"]["fields"]["all"]["fields"]["summary_metrics"]["fields"]
    assert set(query["metric_types"].split(",")) <= set(kinds)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", query["start_date"])


async def test_every_question_of_ours_uses_only_parameters_that_are_described(stage, monkeypatch):
    asked: list[str] = []
    exchange = stage.transport.exchange

    async def noted(request: Request, gate=None):
        asked.extend(parse_qs(urlsplit(request.url).query) if request.method == "GET" else [])
        return await exchange(request, gate)

    monkeypatch.setattr(stage.transport, "exchange", noted)
    call = await stage.prepared(stage.step(replace(CONTENTS["a picture"](stage), options=stage.options)))
    await stage.look_up(call)
    for some in (1, 9):
        await stage.plugin.connector.post_figures([Remote(str(n)) for n in range(some)], stage.api())
    await stage.plugin.connector.history(stage.api(), stage.clock.now)
    await stage.plugin.connector.choices("board", {}, stage.api())

    assert asked
    assert set(asked) <= set(TABLE["parameters"])
