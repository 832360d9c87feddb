"""From a step to the one request that does it."""

import json
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Remote
from tesselle.networks.reddit import communities
from tesselle.networks.reddit.options import ADULTS, COMMUNITY, FLAIR, REPEAT_LINK, SPOILER
from tesselle.networks.reddit.reading import found_post, post_of
from tesselle.networks.reddit.remotes import PENDING, is_pending
from tesselle.networks.reddit.uploads import upload, upload_plain_cover
from tesselle.networks.reddit.wire import address, form, signed

COMMENTS = (StepKind.COMMENT, StepKind.ANSWER)
TEXT_POST, LINK_POST, IMAGE, FILM, GALLERY = "self", "link", "image", "video", "gallery"

NO_COMMUNITY = N_("The post has no community. Choose one among the channel’s choices.")
NO_TITLE = N_("Reddit wants a title.")
ONE_COVER = N_("Beside a film Reddit has room for one picture, its cover. Take the others out.")
NOT_THERE_YET = N_(
    "The post is not listed yet, so that nothing can be said below it. It will be tried again."
)
ONLY_TEXT = N_("Only the words of text posts can be changed on Reddit.")
FIXED_TITLE = N_("A title can never be changed on Reddit. Put the old one back, or delete the post.")


async def prepare(call: StepCall, api: Api) -> Mapping[str, Any]:
    """Everything the request says, kept: files go up once, communities are asked once."""
    if call.kind == StepKind.DELETE or call.frozen:
        return call.frozen
    if call.kind in COMMENTS:
        return await _comment(call, api)
    if call.kind == StepKind.EDIT:
        return await _edit(call, api)
    content = call.content
    if not content.options.get(COMMUNITY, "").strip():
        raise RejectedError(Message(NO_COMMUNITY), "community_missing")
    if not content.title.strip():
        raise RejectedError(Message(NO_TITLE), "title_missing")
    await communities.check(content, api)
    return await _post(content, api)


def has_one_cover(content: Content) -> None:
    kinds = [one.kind for one in content.media]
    if "video" in kinds and kinds.count("image") > 1:
        raise RejectedError(Message(ONE_COVER), "one_cover")


async def _post(content: Content, api: Api) -> dict[str, Any]:
    film = next((one for one in content.media if one.kind == "video"), None)
    pictures = [one for one in content.media if one.kind == "image"]
    said = {"text": content.text} if content.text else {}
    has_one_cover(content)
    if film is not None:
        cover = await upload(pictures[0], api) if pictures else await upload_plain_cover(api)
        put = await upload(film, api)
        urls = {"url": put["url"], "video_poster_url": cover["url"]}
        return _frozen(FILM, content, {**said, **urls}, [put["asset"]])
    put_up = [await upload(one, api) for one in pictures]
    assets = [one["asset"] for one in put_up]
    if len(put_up) > 1:
        return _frozen(GALLERY, content, said, assets)
    if put_up:
        return _frozen(IMAGE, content, {**said, "url": put_up[0]["url"]}, assets)
    if content.link:
        again = "true" if content.options.get(REPEAT_LINK) else "false"
        return _frozen(LINK_POST, content, {**said, "url": content.link, "resubmit": again}, [])
    return _frozen(TEXT_POST, content, {"text": content.text}, [])


def _frozen(kind: str, content: Content, more: Mapping[str, str], assets: list[str]) -> dict[str, Any]:
    options = content.options
    fields = {
        "sr": options[COMMUNITY].strip(),
        "title": content.title.strip(),
        "sendreplies": "true",
        "nsfw": "true" if options.get(ADULTS) else "false",
        "spoiler": "true" if options.get(SPOILER) else "false",
        "validate_on_submit": "true",
        "resubmit": "true",
        **({"flair_id": options[FLAIR]} if options.get(FLAIR) else {}),
        **more,
    }
    return {"kind": kind, "fields": fields, "assets": assets}


async def _comment(call: StepCall, api: Api) -> dict[str, Any]:
    parent = call.target if call.kind == StepKind.ANSWER else call.earlier[0]
    assert parent is not None
    thing = parent.id
    if is_pending(parent):
        found = await found_post(parent, api)
        if found is None:
            raise NotSentError(Message(NOT_THERE_YET))
        thing = found.id
    return {"kind": call.kind, "fields": {"thing_id": thing, "text": call.text}}


async def _edit(call: StepCall, api: Api) -> dict[str, Any]:
    assert call.target is not None
    post = await post_of(call.target, api)
    if post is None or not post.get("is_self") or call.content.media or call.content.link:
        raise RejectedError(Message(ONLY_TEXT), "only_text")
    if call.content.title.strip() != str(post.get("title", "")).strip():
        raise RejectedError(Message(FIXED_TITLE), "fixed_title")
    return {"kind": call.kind, "fields": {"thing_id": str(post["name"]), "text": call.text}}


PATHS = {
    StepKind.COMMENT: "/api/comment",
    StepKind.ANSWER: "/api/comment",
    StepKind.EDIT: "/api/editusertext",
}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    """Nothing recognises a repeat, so nothing on the way may repeat it."""
    if call.kind == StepKind.DELETE:
        assert call.target is not None
        return form(call.account, "/api/del", {"id": call.target.id}, session)
    fields = call.frozen["fields"]
    if call.kind in PATHS:
        sent = form(call.account, PATHS[StepKind(call.kind)], fields, session)
    elif call.frozen["kind"] == GALLERY:
        sent = _gallery(call, session)
    else:
        sent = form(call.account, "/api/submit", {**fields, "kind": call.frozen["kind"]}, session)
    return Request(sent.method, sent.url, sent.headers, sent.body, fresh_connection=True)


def _gallery(call: StepCall, session: Mapping[str, str]) -> Request:
    """The one call that takes JSON."""
    fields = dict(call.frozen["fields"])
    switches = ("sendreplies", "nsfw", "spoiler", "validate_on_submit", "resubmit")
    body = {name: value == "true" if name in switches else value for name, value in fields.items()}
    items = [{"media_id": asset, "caption": "", "outbound_url": ""} for asset in call.frozen["assets"]]
    body |= {"items": items, "api_type": "json", "show_error_list": True}
    headers = {**signed(session, call.account.handle), "Content-Type": "application/json"}
    url = address(call.account, "/api/submit_gallery_post.json")
    return Request("POST", url, headers, json.dumps(body, ensure_ascii=False).encode())


def accepted_without_number(call: StepCall) -> Remote:
    """Reddit takes pictures and films without saying under which number: it has to be looked for."""
    fields = call.frozen["fields"]
    told = {
        "community": str(fields["sr"]),
        "title": str(fields["title"]),
        "assets": " ".join(call.frozen["assets"]),
        "since": call.instant.isoformat(),
    }
    return Remote(f"{PENDING}{call.frozen['assets'][0]}", "", told)
