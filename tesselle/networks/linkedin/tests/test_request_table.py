"""Each request of the connector against a table written from LinkedIn's documentation and its Postman
collections (Posts, Images, Videos, Documents, Comments, Share statistics), as of 23 November 2026.

`...` stands for any value of that type; nothing beside what is listed may be sent.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from tesselle.connectors.http.exchange import Exchange, Gate, Request
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError

POST = {
    "author": str,
    "commentary": str,
    "visibility": str,
    "distribution": {
        "feedDistribution": str,
        "targetEntities": list,
        "thirdPartyDistributionChannels": list,
    },
    "lifecycleState": str,
    "isReshareDisabledByAuthor": bool,
}
COMMENT = {"actor": str, "object": str, "message": {"text": str}}
CONTENTS: dict[str, Any] = {
    "media": {"id": str, "title?": str, "altText?": str},
    "multiImage": {"images": [{"id": str, "altText?": str}]},
    "article": {"source": str, "title": str, "description?": str, "thumbnail?": str},
    "poll": {"question": str, "options": [{"text": str}], "settings": {"duration": str}},
}
URN = r"urn%3Ali%3A[a-zA-Z]+%3A(?:[\w-]|%3A|%28|%29|%2C)+"
UPLOAD: dict[str, Any] = {"initializeUploadRequest": {"owner": str}}
FILM = {"owner": str, "fileSizeBytes": int, "uploadCaptions": bool, "uploadThumbnail": bool}
FINISHED = {"video": str, "uploadToken": str, "uploadedPartIds": list}

TABLE: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/rest/posts", {**POST, "content?": {f"{name}?": value for name, value in CONTENTS.items()}}),
    ("POST", f"/rest/posts/{URN}", {"patch": {"$set": {"commentary": str}}}),
    ("GET", f"/rest/posts/{URN}", None),
    ("DELETE", f"/rest/posts/{URN}", None),
    ("GET", rf"/rest/posts\?q=author&author={URN}&start=\d+&count=\d+&sortBy=CREATED", None),
    ("POST", f"/rest/socialActions/{URN}/comments", {**COMMENT, "parentComment?": str}),
    ("GET", rf"/rest/socialActions/{URN}/comments\?start=\d+&count=\d+", None),
    ("GET", rf"/rest/socialActions/{URN}/comments/\d+", None),
    ("DELETE", rf"/rest/socialActions/{URN}/comments/\d+\?actor={URN}", None),
    ("POST", r"/rest/(?:images|documents)\?action=initializeUpload", UPLOAD),
    ("POST", r"/rest/videos\?action=initializeUpload", {"initializeUploadRequest": FILM}),
    ("POST", r"/rest/videos\?action=finalizeUpload", {"finalizeUploadRequest": FINISHED}),
    ("GET", f"/rest/(?:images|videos|documents)/{URN}", None),
    ("PUT", r"/dms-uploads/\w+/\d+", bytes),
    ("GET", r"/rest/organizationAcls\?q=roleAssignee&state=APPROVED&count=100&start=0", None),
    ("GET", r"/rest/organizations/\d+", None),
    (
        "GET",
        r"/rest/organizationalEntityShareStatistics\?q=organizationalEntity"
        rf"&organizationalEntity={URN}&(?:shares|ugcPosts)=List\({URN}(?:,{URN})*\)",
        None,
    ),
    ("GET", rf"/rest/networkSizes/{URN}\?edgeType=COMPANY_FOLLOWED_BY_MEMBER", None),
    (
        "GET",
        rf"/rest/memberCreatorPostAnalytics\?q=entity&entity=\((?:share|ugc):{URN}\)"
        r"&queryType=[A-Z_]+&aggregation=TOTAL",
        None,
    ),
    ("GET", rf"/rest/videoAnalytics\?q=entity&entity={URN}&type=(?:VIDEO_VIEW|TIME_WATCHED)", None),
    (
        "GET",
        rf"/rest/memberCreatorVideoAnalytics\?q=entity&entity=\(ugc:{URN}\)"
        r"&queryType=(?:VIDEO_PLAY|VIDEO_WATCH_TIME)&aggregation=TOTAL",
        None,
    ),
    ("GET", "/v2/userinfo", None),
    ("GET", "/v2/me", None),
)
METHODS = {("POST", "/rest/posts/"): "PARTIAL_UPDATE", ("DELETE", "/rest/posts/"): "DELETE"}


def differs(sent: Any, wanted: Any, place: str = "") -> str:
    """Where what was sent is not what the table says; "" where it is."""
    if isinstance(wanted, type):
        return "" if isinstance(sent, wanted) else f"{place} is {sent!r}"
    if isinstance(wanted, list):
        if not isinstance(sent, list):
            return f"{place} is {sent!r}"
        return next((why for one in sent if (why := differs(one, wanted[0], f"{place}[]"))), "")
    if not isinstance(sent, Mapping):
        return f"{place} is {sent!r}"
    known = {name.rstrip("?"): value for name, value in wanted.items()}
    missing = [name for name in wanted if not name.endswith("?") and name not in sent]
    strange = sorted(set(sent) - set(known))
    if missing or strange:
        return f"{place}: missing {missing}, strange {strange}"
    return next((why for name in sent if (why := differs(sent[name], known[name], f"{place}.{name}"))), "")


def row_of(request: Request) -> int:
    """Fails with a sentence when no row allows the request."""
    where = re.sub(r"^https://linkedin\.example", "", request.url)
    rows = [number for number, (method, pattern, _) in enumerate(TABLE)
            if method == request.method and re.fullmatch(pattern, where)]  # fmt: skip
    assert len(rows) == 1, f"{request.method} {where}: rows {rows}"
    wanted = TABLE[rows[0]][2]
    if wanted is None:
        assert not request.body, f"{where}: a body that nobody asked for"
    elif wanted is not bytes:
        assert isinstance(request.body, bytes)
        why = differs(json.loads(request.body), wanted)
        assert not why, f"{where}: {why}"
    _headers(request, where)
    return rows[0]


def _headers(request: Request, where: str) -> None:
    headers = {name.lower(): value for name, value in request.headers.items()}
    if where.startswith("/rest/"):
        assert re.fullmatch(r"20\d{4}", headers["linkedin-version"])
        assert headers["x-restli-protocol-version"] == "2.0.0"
    piece_of_film = request.method == "PUT" and headers["content-type"] == "application/octet-stream"
    assert ("authorization" in headers) != piece_of_film, f"{where}: the token"
    for (method, prefix), wanted in METHODS.items():
        if request.method == method and where.startswith(prefix):
            assert headers["x-restli-method"] == wanted


class Watched:
    """A transport that holds each request against the table."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.rows: set[int] = set()

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        self.rows.add(row_of(request))
        answer: Exchange = await self._inner.exchange(request, gate)
        return answer


@pytest.fixture
async def watched(stage_for):
    async def watch(kind: str, **options: Any):
        stage = await stage_for(kind, **options)
        stage.transport = Watched(stage.transport)
        return stage

    return watch


async def _send(stage, content, kind="", **more):
    call = await stage.prepared(stage.step(content, kind, **more))
    return await stage.send(call), call


CONTENTS_SENT = (
    lambda stage: Content(text="Prix (TTC)"),
    lambda stage: Content(text="a", link="https://a.example", media=(stage.image(),),
                          options={"link_title": "t", "link_description": "d"}),
    lambda stage: Content(text="b", media=(stage.image(),)),
    lambda stage: Content(text="c", media=(stage.image("1.png"), stage.image("2.png", alt=""))),
    lambda stage: Content(text="d", media=(stage.film(),)),
    lambda stage: Content(text="e", media=(stage.document(),)),
    lambda stage: Content(text="f", options={"poll": "a\nb", "poll_question": "?", "poll_seconds": "86400"}),
)  # fmt: skip


async def everything(stage):
    """Each request that the connector ever makes for this account."""
    connector = stage.plugin.connector
    posts = []
    for content in CONTENTS_SENT:
        verdict, call = await _send(stage, content(stage))
        posts.append(verdict.remote)
        await stage.look_up(call)
        await stage.verify(verdict.remote)
    said, call = await _send(stage, Content(text="said"), "answer", target=posts[0])
    await stage.look_up(call)
    await _send(stage, Content(text="answered"), "answer", target=said.remote)
    await stage.verify(said.remote)
    await connector.identify({}, stage.api())
    for reading in (
        connector.replies(posts[0], stage.api()),
        connector.post_figures(posts, stage.api()),
        connector.channel_figures(stage.api()),
        connector.self_checks(stage.api()),
    ):
        try:
            await reading
        except NetworkError:
            continue
    await _send(stage, Content(text="better"), "edit", target=posts[0])
    for target in (said.remote, posts[0]):
        await _send(stage, Content(), "delete", target=target)


async def test_every_request_is_in_the_table_and_the_table_has_no_row_that_is_never_sent(watched):
    accounts = (
        await watched("page"),
        await watched("member"),
        await watched("member", scopes="r_basicprofile w_member_social r_member_postAnalytics"),
    )
    for stage in accounts:
        await everything(stage)

    sent = set().union(*(stage.transport.rows for stage in accounts))
    assert [TABLE[row][:2] for row in set(range(len(TABLE))) - sent] == []


def test_the_table_would_see_a_strange_field():
    assert "strange ['content']" in differs({**json.loads("{}"), "content": {}}, {"title?": str})
    assert differs({"id": 7}, {"id": str}) == ".id is 7"
