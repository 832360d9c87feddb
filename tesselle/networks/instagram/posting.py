"""What goes out: a container by its number, a comment, a deletion."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.dialects.graph import containers
from tesselle.connectors.dialects.graph.containers import Wait
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, StepCall
from tesselle.domain.content import Content, Media
from tesselle.domain.errors import RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.instagram import options
from tesselle.networks.instagram.answers import PASSING, QUOTA
from tesselle.networks.instagram.limits import REEL, STORY
from tesselle.networks.instagram.wire import DIRECT, graph_of

FORMAT = "format"
MEDIA, PARENT = "media", "parent"
ENDS_AT = "ends_at"
STORY_LIFE = timedelta(hours=24)
QUOTA_WAIT = timedelta(hours=1)

STORY_HAS_NO_WORDS = N_("A story on Instagram shows no words of a post. Empty the text.")
ONE_FILE = N_("A story on Instagram is exactly one file. Keep one.")
ONE_FILM = N_(
    "A reel on Instagram is one film, and at most one picture beside it as its cover. Remove the others."
)


def steps(purpose: str, content: Content, account: Account) -> tuple[str, ...]:
    match purpose:
        case "post":
            comments = ("comment",) if content.first_comment and content.format != STORY else ()
            return ("post", *comments)
        case "answer":
            return ("answer",)
        case "delete" if account.kind != DIRECT:
            return ("delete",)
        case _:
            raise ValueError(f"There is no {purpose!r} here.")


async def prepare(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    match call.kind:
        case "post":
            return await _post(call, api, wait)
        case "comment":
            return {"path": f"{call.earlier[0].id}/comments", "message": call.text}
        case "answer" if call.target is not None:
            return _answer(call.text, call.target)
        case _:
            return {}


async def _post(call: StepCall, api: Api, wait: Wait) -> Mapping[str, Any]:
    """The container of an earlier attempt, as long as it lives; else a new one, within the day's quota."""
    graph, before = graph_of(api.account), str(call.frozen.get("container", ""))
    if before:
        state, _words = await containers.state_of(graph, api, before)
        if state not in {"ERROR", "EXPIRED"}:
            return call.frozen
    _fits_its_format(call.content)
    await _within_quota(api)
    container = await _container(call, api, wait)
    await containers.filled(graph, api, container, wait, PASSING)
    return {"container": container, "caption": call.text}


def objections(content: Content) -> Sequence[Callable[[], object]]:
    looks: list[Callable[[], object]] = [lambda: _fits_its_format(content)]
    if content.format != STORY:
        looks.append(lambda: options.shared(content.options))
    if content.format == REEL:
        looks.append(lambda: options.of_reel(content.options))
    return looks


def _fits_its_format(content: Content) -> None:
    """What Instagram would drop without a word is refused here."""
    kinds = [one.kind for one in content.media]
    if content.format == STORY and len(kinds) != 1:
        raise RejectedError(Message(ONE_FILE), "one_file")
    if content.format == REEL and (kinds.count("video") != 1 or kinds.count("image") > 1):
        raise RejectedError(Message(ONE_FILM), "one_film")
    if content.format == STORY and content.text.strip():
        raise RejectedError(Message(STORY_HAS_NO_WORDS), "text_not_allowed")


async def _within_quota(api: Api) -> None:
    """Meta's own pages name two numbers for a day's posts: the account's is asked for."""
    used, total = await quota(api)
    if total and used >= total:
        raise TryLaterError(Message(QUOTA), api.now + QUOTA_WAIT)


async def quota(api: Api) -> tuple[int, int]:
    """Posts of the last day and how many there may be; zeros where it is not told."""
    path = f"{api.account.remote_id}/content_publishing_limit"
    try:
        told = await graph_of(api.account).ask(api, path, {"fields": "quota_usage,config"})
        row = (told.get("data") or [{}])[0]
        return int(row.get("quota_usage") or 0), int((row.get("config") or {}).get("quota_total") or 0)
    except (RejectedError, ValueError, TypeError, AttributeError):
        return 0, 0


async def _container(call: StepCall, api: Api, wait: Wait) -> str:
    graph, path = graph_of(api.account), f"{api.account.remote_id}/media"
    content = call.content
    if content.format == REEL:
        return await containers.made(graph, api, path, _reel(call, api))
    if len(call.media) > 1:
        children = [await containers.made(graph, api, path, _child(one, api)) for one in call.media]
        for child in children:
            await containers.filled(graph, api, child, wait, PASSING)
        album = {"media_type": "CAROUSEL", "children": children, "caption": call.text}
        return await containers.made(graph, api, path, {**album, **options.shared(content.options)})
    return await containers.made(graph, api, path, _single(call.media[0], call, api))


def _child(media: Media, api: Api) -> dict[str, Any]:
    address = api.media_address(media)
    if media.kind == "video":
        return {"is_carousel_item": True, "media_type": "VIDEO", "video_url": address}
    return {"is_carousel_item": True, "image_url": address, "alt_text": media.alt}


def _single(media: Media, call: StepCall, api: Api) -> dict[str, Any]:
    """A single film in a post becomes a reel too."""
    address, chosen = api.media_address(media), call.content.options
    where = {"video_url": address} if media.kind == "video" else {"image_url": address}
    if call.content.format == STORY:
        return {"media_type": "STORIES", **where}
    if media.kind == "video":
        shared = {"share_to_feed": True, **options.shared(chosen)}
        return {"media_type": "REELS", **where, "caption": call.text, **shared}
    return {**where, "caption": call.text, "alt_text": media.alt, **options.shared(chosen)}


def _reel(call: StepCall, api: Api) -> dict[str, Any]:
    """A picture beside the film is its cover: Instagram then looks at no second of the film."""
    film = next(one for one in call.media if one.kind == "video")
    told = options.of_reel(call.content.options)
    for picture in (one for one in call.media if one.kind == "image"):
        told.pop("thumb_offset", None)
        told["cover_url"] = api.media_address(picture)
    address = {"media_type": "REELS", "video_url": api.media_address(film)}
    return {**address, "caption": call.text, **told, **options.shared(call.content.options)}


def _answer(text: str, target: Remote) -> dict[str, Any]:
    """Below a post a comment, below a comment a reply, below a reply one more beside it."""
    if MEDIA not in target.extra:
        return {"path": f"{target.id}/comments", "message": text, "media": target.id, "parent": ""}
    parent = target.extra.get(PARENT) or target.id
    return {"path": f"{parent}/replies", "message": text, "media": target.extra[MEDIA], "parent": parent}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    graph, server = graph_of(call.account), call.account.server
    match call.kind:
        case "post":
            params = {"creation_id": call.frozen["container"]}
            return graph.post(server, session, f"{call.account.remote_id}/media_publish", params)
        case "comment" | "answer":
            # No `fields`: the comment would be made, and its answer an error.
            params = {"message": call.frozen["message"]}
            return graph.post(server, session, call.frozen["path"], params, fresh_connection=True)
        case _ if call.target is not None:
            return graph.delete(server, session, call.target.id)
        case _:
            raise ValueError(f"{call.kind} of nothing")


def remote_of(call: StepCall, number: str, url: str = "") -> Remote:
    if call.kind == "post":
        return Remote(number, url, _ends(call.instant) if call.content.format == STORY else {})
    media = call.frozen.get("media") or call.frozen["path"].partition("/")[0]
    parent = str(call.frozen.get("parent", ""))
    return Remote(number, url, {MEDIA: str(media), **({PARENT: parent} if parent else {})})


def _ends(instant: datetime) -> dict[str, str]:
    return {FORMAT: STORY, ENDS_AT: (instant + STORY_LIFE).isoformat()}
