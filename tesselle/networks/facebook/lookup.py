"""Looking for what a doubtful attempt may have left."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import instant
from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.facebook import films, photos
from tesselle.networks.facebook.posting import remote_of
from tesselle.networks.facebook.reading import silent
from tesselle.networks.facebook.wire import GRAPH, link_to, words_of

POST_FIELDS = (
    "id,message,created_time,permalink_url,application,"
    "attachments{media_type,target,subattachments{media_type,target}}"
)
COMMENT_FIELDS = "id,message,created_time,from,application,permalink_url"


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind in films.EDGES:
            return await _film(call, api)
        match call.kind:
            case "post":
                return await _post(call, api, window)
            case "photo_story":
                return await _story(call, api)
            case "comment" | "answer":
                return await _comment(call, api, window)
            case "edit" if call.target is not None:
                return await _edit(call, call.target, api)
            case _ if call.target is not None:
                return await _deletion(call.target, api)
            case _:
                return Seen()
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _film(call: StepCall, api: Api) -> Sighting:
    """The film itself tells. While Facebook works on it, that may be the upload or the publication."""
    if "video" not in call.frozen:
        return Seen()
    item = await GRAPH.ask(api, call.frozen["video"], {"fields": "status,published,permalink_url"})
    state = films.state_of(item)
    if state.is_public:
        made = remote_of(call, "")
        return Seen((Candidate(Remote(made.id, link_to(item), made.extra), api.now, certain=True),))
    return Silent("the film is still being worked on") if state.is_worked_on else Seen()


async def _back_to(items: AsyncIterator[dict[str, Any]], window: Window) -> AsyncIterator[dict[str, Any]]:
    """Newest first, as the lists come, until before the window."""
    async for item in items:
        at = instant(item["created_time"])
        if at < window.start:
            return
        if at <= window.end and str(item["id"]) not in window.adopted:
            yield item


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    if "photos" not in call.frozen:
        return Seen()
    wanted = set(call.frozen["photos"])
    found = []
    listed = GRAPH.each(api, f"{api.account.remote_id}/published_posts", {"fields": POST_FIELDS, "limit": 25})
    async for item in _back_to(listed, window):
        has_ours = bool(wanted) and photos.shown_in(item) == wanted
        same = words_of(str(item.get("message", ""))) == words_of(call.frozen["message"])
        if has_ours or (not wanted and same):
            remote = Remote(str(item["id"]), link_to(item))
            found.append(_candidate(item, remote, certain=has_ours or _from_our_app(item, api)))
    return Seen(tuple(found))


def _from_our_app(item: Mapping[str, Any], api: Api) -> bool:
    """Nobody writes by hand through our application."""
    told = str((item.get("application") or {}).get("id", ""))
    return bool(told) and told == api.account.credentials.get("client_id", "")


def _candidate(item: Mapping[str, Any], remote: Remote, *, certain: bool) -> Candidate:
    return Candidate(remote, instant(item["created_time"]), certain, str(item.get("message", "")))


async def _story(call: StepCall, api: Api) -> Sighting:
    if "photos" not in call.frozen:
        return Seen()
    async for item in GRAPH.each(api, f"{api.account.remote_id}/stories", {"limit": 100}):
        if str(item.get("media_id", "")) == call.frozen["photos"][0] and item.get("post_id"):
            made = remote_of(call, str(item["post_id"]))
            remote = Remote(made.id, str(item.get("url", "")), made.extra)
            return Seen((Candidate(remote, instant(item["creation_time"]), certain=True),))
    return Seen()


async def _comment(call: StepCall, api: Api, window: Window) -> Sighting:
    """Our Page's own with the same words: certain where the network says which application wrote it."""
    if "under" not in call.frozen:
        return Seen()
    params = {"fields": COMMENT_FIELDS, "filter": "stream", "order": "reverse_chronological", "limit": 50}
    found = []
    async for item in _back_to(GRAPH.each(api, f"{call.frozen['under']}/comments", params), window):
        is_own = str((item.get("from") or {}).get("id", "")) == api.account.remote_id
        if is_own and words_of(str(item.get("message", ""))) == words_of(call.frozen["message"]):
            made = remote_of(call, str(item["id"]))
            remote = Remote(made.id, link_to(item), made.extra)
            found.append(_candidate(item, remote, certain=_from_our_app(item, api)))
    return Seen(tuple(found))


async def _edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    field = str(call.frozen.get("field", "message"))
    item = await GRAPH.ask(api, target.id, {"fields": f"{field},permalink_url"})
    if words_of(str(item.get(field, ""))) != words_of(call.text):
        return Seen()
    return Seen((Candidate(target, api.now, certain=True, text=call.text),))


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    try:
        await GRAPH.ask(api, target.id, {"fields": "id"})
    except RejectedError as error:
        if error.reason != GONE:
            raise
        await GRAPH.ask(api, api.account.remote_id, {"fields": "id"})  # else nothing is visible to us
        return Seen((Candidate(target, api.now, certain=True),))
    return Seen()
