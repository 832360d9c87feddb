"""Each request of our connector names only what Meta's own client (facebook-business 26.0.3) declares.

The client's methods carry the API's parameter names; they are read from its source, since it offers
them in no other way.
"""

import inspect
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from facebook_business.adobjects import advideo, comment, page, pagepost, photo, stories

from tesselle.connectors.http.exchange import Multipart, Request
from tesselle.connectors.tests.stage import Stage
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Accepted

PROTOCOL = {"access_token", "appsecret_proof", "fields", "limit", "after"}
"""What every call may carry, whichever edge it goes to."""

WRITES: dict[str, Any] = {
    "feed": page.Page.create_feed,
    "photos": page.Page.create_photo,
    "videos": page.Page.create_video,
    "video_reels": page.Page.create_video_reel,
    "video_stories": page.Page.create_video_story,
    "photo_stories": page.Page.create_photo_story,
    "comments": pagepost.PagePost.create_comment,
}
READS: dict[str, Any] = {
    "published_posts": page.Page.get_published_posts,
    "stories": page.Page.get_stories,
    "comments": pagepost.PagePost.get_comments,
    "insights": pagepost.PagePost.get_insights,
}
NODES = (page.Page, pagepost.PagePost, comment.Comment, advideo.AdVideo, photo.Photo)
FILES = {"source", "video_file_chunk"}


def declared(method: Any) -> set[str]:
    source = inspect.getsource(method)
    types = re.search(r"param_types = \{(.*?)\}", source, re.S)
    return set(re.findall(r"'(\w+)':", types[1])) if types else set()


def updates() -> set[str]:
    return declared(pagepost.PagePost.api_update) | declared(advideo.AdVideo.api_update)


def fields_known() -> set[str]:
    known = {"target", "subattachments", "media_type", "attachments", "reactions", "comments", "tasks"}
    for node in (*NODES, stories.Stories):
        known |= {value for name, value in vars(node.Field).items() if not name.startswith("_")}
    return known


def sent(request: Request) -> set[str]:
    names = {name for name, _ in parse_qsl(urlsplit(request.url).query)}
    if isinstance(request.body, Multipart):
        return names | set(request.body.fields) | {file.name for file in request.body.files}
    if isinstance(request.body, bytes):
        names |= {name for name, _ in parse_qsl(request.body.decode())}
    return names


class Watched:
    """A transport that keeps what goes through it."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.requests: list[Request] = []

    async def exchange(self, request: Request, gate: Any = None) -> Any:
        self.requests.append(request)
        return await self.inner.exchange(request, gate)


@pytest.fixture
def watched(stage: Stage) -> Watched:
    stage.transport = watched = Watched(stage.transport)
    return watched


async def do_everything(stage: Stage) -> None:
    """Every kind of step, every read."""
    connector = stage.plugin.connector
    album = (stage.image("a.png"), stage.image("b.png"))
    post = await stage.publish(Content(text="Tiles", media=album))
    await stage.publish(Content(text="Tiles", link="https://example.com"))
    for format in ("", "reel", "story"):
        options = {"format": format, "ai_generated": "on"}
        content = Content(text="" if format == "story" else "Laying", media=(stage.film(),), options=options)
        call = await stage.prepared(stage.step(content))
        verdict = await stage.send(call)
        assert isinstance(verdict, Accepted)
        await stage.verify(verdict.remote)
        await stage.look_up(call)
    story = await stage.prepared(stage.step(Content(media=album[:1], options={"format": "story"})))
    await stage.send(story)
    await stage.look_up(story)
    for kind, text in (("answer", "Yes"), ("edit", "Better"), ("delete", "")):
        call = await stage.prepared(stage.step(Content(text=text), kind, target=post))
        await stage.send(call)
        await stage.look_up(call)
    await stage.look_up(await stage.prepared(stage.step(Content(text="Tiles"))))
    last = await stage.publish(Content(text="Last"))
    await connector.post_figures((last,), stage.api())
    await connector.channel_figures(stage.api())
    await connector.replies(last, stage.api())
    await connector.history(stage.api(), stage.clock.now)
    await connector.self_checks(stage.api())


async def test_no_parameter_is_made_up(stage, watched):
    await do_everything(stage)

    strange = []
    for request in watched.requests:
        edge = urlsplit(request.url).path.split("/")[-1]
        if "/video-upload/" in request.url or edge == "debug_token":
            continue
        table = WRITES if request.method == "POST" else READS
        allowed = declared(table[edge]) if edge in table else updates() if request.method == "POST" else set()
        strange += [(edge, name) for name in sent(request) - allowed - PROTOCOL - FILES]
    assert strange == []
    seen = {urlsplit(request.url).path.split("/")[-1] for request in watched.requests}
    assert seen >= set(WRITES) | set(READS)


async def test_no_field_is_made_up(stage, watched):
    await do_everything(stage)

    asked = [dict(parse_qsl(urlsplit(request.url).query)).get("fields", "") for request in watched.requests]
    names = {
        name for fields in asked for name in re.findall(r"[a-z]\w*", re.sub(r"\.\w+\([^)]*\)", "", fields))
    }
    assert names - fields_known() == set()
