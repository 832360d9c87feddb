"""Building what goes out: a post, a comment below it, an answer, an edit, a deletion."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Remote
from tesselle.networks.linkedin.limits import MEDIA_TITLE_UNITS, POLL_DURATIONS
from tesselle.networks.linkedin.little_text import escaped
from tesselle.networks.linkedin.options import MEDIA_TITLE, NO_RESHARES, PUBLIC, VISIBILITY
from tesselle.networks.linkedin.uploads import Wait, upload_all
from tesselle.networks.linkedin.wire import (
    address,
    comments_path,
    encoded,
    is_comment,
    of_page,
    post_path,
    public_address,
    signed,
)

OBJECT, PARENT = "object", "parent"
"""In a comment's `Remote.extra`: what it lies below, and the comment it answers if it does."""
TITLE_SIGNS = 60
COMMENTS = frozenset({StepKind.COMMENT.value, StepKind.ANSWER.value})


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    if call.frozen or call.kind == StepKind.DELETE:
        return call.frozen
    if call.kind in COMMENTS:
        return comment_of(call)
    if call.kind == StepKind.EDIT:
        return {"patch": {"$set": {"commentary": escaped(call.text)}}}
    post = {
        "author": call.account.remote_id,
        "commentary": escaped(call.text),
        "visibility": _visibility(call),
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": call.content.options.get(NO_RESHARES, "") in {"1", "on", "true", "yes"},
    }
    carried = await _carried(call.content, api, wait)
    return {**post, "content": carried} if carried else post


def _visibility(call: StepCall) -> str:
    """What a page posts is public."""
    return PUBLIC if of_page(call.account) else call.content.options.get(VISIBILITY) or PUBLIC


async def _carried(content: Content, api: Api, wait: Wait) -> dict[str, Any]:
    """A post carries one thing: its poll, else its files, else its link with one picture at most."""
    if content.poll is not None:
        return {"poll": _poll(content)}
    urns = await upload_all(content.media, api, wait)
    if carries_link(content):
        return {"article": _article(content, urns)}
    if len(urns) > 1:
        images = [_image(one, urn) for one, urn in zip(content.media, urns, strict=True)]
        return {"multiImage": {"images": images}}
    if urns:
        return {"media": _single(content, content.media[0], urns[0])}
    return {}


def carries_link(content: Content) -> bool:
    """Whether the link gets its card; one picture can be on it."""
    pictures = [one for one in content.media if one.kind == "image"]
    is_alone = len(content.media) == len(pictures) <= 1
    return bool(content.link) and content.poll is None and is_alone


def _single(content: Content, media: Media, urn: str) -> dict[str, str]:
    return _image(media, urn) if media.kind == "image" else {"id": urn, "title": title_of(content)}


def _image(media: Media, urn: str) -> dict[str, str]:
    return {"id": urn} | ({"altText": media.alt} if media.alt else {})


def title_of(content: Content) -> str:
    """A document cannot be without: the given title, else the first words of the post."""
    given = content.options.get(MEDIA_TITLE, "").strip()
    first = next((line.strip() for line in content.text.splitlines() if line.strip()), "")
    words = first if len(first) <= TITLE_SIGNS else first[:TITLE_SIGNS].rsplit(" ", 1)[0] + "…"
    return (given or words)[:MEDIA_TITLE_UNITS] or "Document"


def _article(content: Content, urns: list[str]) -> dict[str, str]:
    """LinkedIn reads nothing of the linked page: its card shows what is said here."""
    card = content.link_card
    told = {
        "source": content.link,
        "title": card.title.strip() or content.link,
        "description": card.description,
    }
    return {name: value for name, value in told.items() if value} | ({"thumbnail": urns[0]} if urns else {})


def _poll(content: Content) -> dict[str, Any]:
    poll = content.poll
    assert poll is not None
    return {
        "question": poll.question,
        "options": [{"text": answer} for answer in poll.answers],
        "settings": {"duration": POLL_DURATIONS.get(poll.seconds, "SEVEN_DAYS")},
    }


def comment_of(call: StepCall) -> dict[str, Any]:
    """Comments are plain text, not little text. Conversations have two levels: who answers an answer
    answers the comment above it."""
    below = call.earlier[0] if call.kind == StepKind.COMMENT else call.target
    assert below is not None
    data = {
        "actor": call.account.remote_id,
        "object": below.extra.get(OBJECT) or below.id,
        "message": {"text": call.text},
    }
    if is_comment(below.id):
        data["parentComment"] = below.extra.get(PARENT) or below.id
    return data


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    base, kind = call.account.server, call.kind
    if kind == StepKind.DELETE and call.target is not None:
        return Request("DELETE", address(base, *_place(call.target, call)), signed(session, "DELETE"))
    if kind == StepKind.EDIT and call.target is not None:
        url = address(base, post_path(call.target.id))
        return Request.json("POST", url, dict(call.frozen), signed(session, "PARTIAL_UPDATE"))
    path = "/rest/posts"
    if kind in COMMENTS:
        path = comments_path(call.frozen.get("parentComment") or call.frozen["object"])
    blind = not of_page(call.account)
    one = Request.json("POST", address(base, path), dict(call.frozen), signed(session))
    return Request(one.method, one.url, one.headers, one.body, fresh_connection=blind)


def _place(target: Remote, call: StepCall) -> tuple[str, str]:
    """Path and query of what is to be deleted."""
    if not is_comment(target.id):
        return post_path(target.id), ""
    return comment_path(target), f"actor={encoded(call.account.remote_id)}"


def comment_path(comment: Remote) -> str:
    number = comment.id.rstrip(")").rpartition(",")[2]
    return f"{comments_path(comment.extra[OBJECT])}/{encoded(number)}"


def post_remote(urn: str) -> Remote:
    return Remote(urn, public_address(urn))


def comment_remote(urn: str, below: str, parent: str = "") -> Remote:
    url = f"{public_address(below)}?commentUrn={encoded(urn)}"
    return Remote(urn, url, {OBJECT: below} | ({PARENT: parent} if parent else {}))
