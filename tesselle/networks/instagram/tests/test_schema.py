"""Each request of our connector names only what Meta's own client (facebook-business 26.0.3) declares."""

import inspect
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from facebook_business.adobjects import contentpublishinglimitresponse as publishing_limit
from facebook_business.adobjects import (
    igcomment,
    igmedia,
    iguser,
    instagraminsightsresult,
    page,
    shadowigmediabuilder,
)

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.networks.instagram.metrics import INSIGHTS, asked_of

PROTOCOL = {"access_token", "appsecret_proof", "fields", "limit", "after"}
EDGES: dict[tuple[str, str], Any] = {
    ("POST", "media"): iguser.IGUser.create_media,
    ("POST", "media_publish"): iguser.IGUser.create_media_publish,
    ("POST", "comments"): igmedia.IGMedia.create_comment,
    ("POST", "replies"): igcomment.IGComment.create_reply,
    ("GET", "insights"): igmedia.IGMedia.get_insights,
}
NODES = (
    iguser.IGUser,
    igmedia.IGMedia,
    igcomment.IGComment,
    shadowigmediabuilder.ShadowIGMediaBuilder,
    publishing_limit.ContentPublishingLimitResponse,
    page.Page,
)
EDGE_NAMES = {"replies", "children", "instagram_business_account", "user_id", "account_type"}
"""Edges that are read inside their node, and the two fields that only graph.instagram.com has."""


def declared(method: Any) -> set[str]:
    types = re.search(r"param_types = \{(.*?)\}", inspect.getsource(method), re.S)
    return set(re.findall(r"'(\w+)':", types[1])) if types else set()


def sent(request: Request) -> set[str]:
    names = {name for name, _ in parse_qsl(urlsplit(request.url).query)}
    body = request.body.decode() if isinstance(request.body, bytes) else ""
    return names | {name for name, _ in parse_qsl(body)}


@pytest.fixture
async def requests(stage: Stage) -> list[Request]:
    """All that every kind of step and every read sends."""
    kept: list[Request] = []
    inner = stage.transport.exchange

    class Watched:
        async def exchange(self, request: Request, gate: Any = None) -> Any:
            kept.append(request)
            return await inner(request, gate)

    stage.transport = Watched()
    await do_everything(stage)
    return kept


async def do_everything(stage: Stage) -> None:
    connector, album = stage.plugin.connector, (stage.image("a.jpg"), stage.film())
    reel = {"format": "reel", "cover_second": "2", "collaborators": "jura", "location": "106088856"}
    await stage.publish(Content(text="Reel", media=(stage.film(),), options=reel))
    await stage.publish(Content(text="Its own cover", media=(stage.film(), album[0]), options=reel))
    await stage.publish(Content(media=album[:1], options={"format": "story"}))
    await stage.publish(Content(text="Album", media=album))
    call = await stage.prepared(stage.step(Content(text="Tiles", media=album[:1])))
    await stage.send(call)
    (found,) = await stage.found(call)
    for kind in ("answer", "delete"):
        step = await stage.prepared(stage.step(Content(text="Yes"), kind, target=found.remote))
        verdict = await stage.send(step)
        if kind == "answer":
            deeper = await stage.prepared(stage.step(Content(text="No"), kind, target=verdict.remote))
            await stage.send(deeper)
            await stage.look_up(deeper)
            await connector.post_figures((found.remote,), stage.api())
    await connector.channel_figures(stage.api())
    await connector.history(stage.api(), stage.clock.now)
    await connector.self_checks(stage.api())
    await connector.identify({}, stage.api())


def edge(request: Request) -> tuple[str, str]:
    return request.method, urlsplit(request.url).path.rpartition("/")[2]


async def test_no_parameter_is_made_up(requests):
    strange = []
    for request in requests:
        if edge(request)[1] == "debug_token":
            continue
        allowed = declared(EDGES[edge(request)]) if edge(request) in EDGES else set()
        strange += [(edge(request), name) for name in sent(request) - allowed - PROTOCOL]

    assert strange == []
    assert set(EDGES) <= {edge(request) for request in requests}


async def test_no_field_is_made_up(requests):
    known = set(EDGE_NAMES)
    for node in NODES:
        known |= {value for name, value in vars(node.Field).items() if not name.startswith("_")}

    asked = [dict(parse_qsl(urlsplit(request.url).query)).get("fields", "") for request in requests]

    assert {name for fields in asked for name in re.findall(r"[a-z_]+", fields)} - known == set()


def test_every_insight_we_ask_for_is_one_that_the_client_names():
    known = {name for name in vars(instagraminsightsresult.InstagramInsightsResult.Metric) if name[0] != "_"}

    asked = {name for product in INSIGHTS for names in asked_of(product) for name in names}
    assert "ig_reels_video_view_total_time" in asked
    assert asked <= known
