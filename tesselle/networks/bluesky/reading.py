"""Reading back, looking up, counting and remembering: everything that only reads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.protocols import Api, Figures, PastPost, Person, Reply, StepCall, Window
from tesselle.domain.errors import NetworkError, TryLaterError
from tesselle.domain.metrics import Scope
from tesselle.domain.verdicts import (
    Absent,
    Candidate,
    Presence,
    Present,
    Remote,
    Seen,
    Sighting,
    Silent,
)
from tesselle.networks.bluesky import xrpc
from tesselle.networks.bluesky.figures import counted
from tesselle.networks.bluesky.records import extras, remote

POSTS_A_CALL = 25
RECORDS_A_PAGE = 100
PEOPLE = 8
MAX_PAGES = 50
"""No channel writes 5,000 posts in 90 days; a server that never ends its list is left."""


async def _ask(api: Api, method: str, params: Mapping[str, Any]) -> dict[str, Any]:
    request = xrpc.query(api.account.server, method, params, xrpc.signed(await api.session()))
    return (await api.call(request)).mapping()


async def _record(address: xrpc.RecordAddress, api: Api) -> dict[str, Any] | Absent | Silent:
    """What lies at an address; `Silent` when the question itself failed."""
    try:
        answer = await _ask(api, "com.atproto.repo.getRecord", address.params)
    except TryLaterError as error:
        return Silent(str(error), error.until)
    except AnswerError as error:
        missing = xrpc.Complaint.of(error.response).name == "RecordNotFound"
        return Absent() if missing else Silent(str(error))
    except NetworkError as error:
        return Silent(str(error))
    return answer if isinstance(answer.get("value"), dict) else Silent("unreadable answer")


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    """Ask at the one place where it can be: the record key says it all."""
    if call.kind == "delete":
        return await _look_up_deletion(call, api)
    if "rkey" not in call.frozen:
        return Seen()
    address = xrpc.RecordAddress(api.account.remote_id, xrpc.POSTS, str(call.frozen["rkey"]))
    found = await _record(address, api)
    if isinstance(found, Silent):
        return found
    if isinstance(found, Absent) or found["value"] != call.frozen["record"] or address.uri in window.adopted:
        return Seen()
    value = found["value"]
    there = remote(address.uri, str(found.get("cid", "")), value)
    posted_at = xrpc.instant(value.get("createdAt"), call.instant)
    return Seen((Candidate(there, posted_at, certain=True, text=str(value.get("text", ""))),))


async def _look_up_deletion(call: StepCall, api: Api) -> Sighting:
    """A deletion has happened when its target is no longer there."""
    if call.target is None:
        return Seen()
    found = await _record(xrpc.RecordAddress.of(call.target.id), api)
    if isinstance(found, Silent):
        return found
    if isinstance(found, Absent):
        return Seen((Candidate(call.target, api.now, certain=True),))
    return Seen()


async def verify(there: Remote, api: Api) -> Presence:
    found = await _record(xrpc.RecordAddress.of(there.id), api)
    if isinstance(found, Silent | Absent):
        return found
    return Present(remote(there.id, str(found.get("cid", "")), found["value"]))


async def _views(uris: Sequence[str], api: Api) -> dict[str, dict[str, Any]]:
    """Posts as the AppView shows them, by address. Empty where a server has no AppView."""
    views: dict[str, dict[str, Any]] = {}
    for start in range(0, len(uris), POSTS_A_CALL):
        try:
            answer = await _ask(api, "app.bsky.feed.getPosts", {"uris": uris[start : start + POSTS_A_CALL]})
        except AnswerError as error:
            if not _no_appview(error):
                raise
            return views
        views.update({str(view["uri"]): view for view in answer.get("posts", ())})
    return views


def _no_appview(error: AnswerError) -> bool:
    return error.response.status == 502 and xrpc.Complaint.of(error.response).name == "UpstreamFailure"


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    views = await _views([there.id for there in remotes], api)
    return tuple(Figures(uri, counted(view, Scope.POST)) for uri, view in views.items())


async def channel_figures(api: Api) -> Figures:
    try:
        profile = await _ask(api, "app.bsky.actor.getProfile", {"actor": api.account.remote_id})
    except AnswerError as error:
        if not _no_appview(error):
            raise
        profile = {}
    return Figures(api.account.remote_id, counted(profile, Scope.CHANNEL))


async def replies(there: Remote, api: Api) -> tuple[Reply, ...]:
    answer = await _ask(api, "app.bsky.feed.getPostThread", {"uri": there.id, "depth": 6, "parentHeight": 0})
    return tuple(_replies(answer.get("thread") or {}, there.id, api))


def _replies(thread: Mapping[str, Any], parent_id: str, api: Api) -> Iterable[Reply]:
    for node in thread.get("replies") or ():
        post = node.get("post")
        if not post:  # blocked, or gone meanwhile
            continue
        record, author = post.get("record") or {}, post.get("author") or {}
        uri = str(post["uri"])
        yield Reply(
            remote=Remote(uri, xrpc.RecordAddress.of(uri).page, extras(str(post.get("cid", "")), record)),
            author=str(author.get("handle", "")),
            text=str(record.get("text", "")),
            posted_at=xrpc.instant(post.get("indexedAt"), api.now),
            parent_id=parent_id,
            mine=author.get("did") == api.account.remote_id,
        )
        yield from _replies(node, uri, api)


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """The account's own posts, answers to others left out, newest first, with what is counted."""
    posts = [post for post in await _records_since(api, since) if not post["value"].get("reply")]
    views = await _views([str(post["uri"]) for post in posts], api)
    return tuple(_past(post, views.get(str(post["uri"]), {}), api) for post in posts)


async def _records_since(api: Api, since: datetime) -> list[dict[str, Any]]:
    """Keys sort by time but are chosen by clients: only a whole page of old posts ends the walk."""
    kept: list[dict[str, Any]] = []
    params: dict[str, Any] = {
        "repo": api.account.remote_id,
        "collection": xrpc.POSTS,
        "limit": RECORDS_A_PAGE,
    }
    for _page in range(MAX_PAGES):
        answer = await _ask(api, "com.atproto.repo.listRecords", params)
        page = [one for one in answer.get("records", ()) if isinstance(one.get("value"), dict)]
        recent = [one for one in page if xrpc.instant(one["value"].get("createdAt"), since) >= since]
        kept += recent
        if not recent or not answer.get("cursor"):
            break
        params["cursor"] = answer["cursor"]
    return kept


def _past(post: Mapping[str, Any], view: Mapping[str, Any], api: Api) -> PastPost:
    value = post["value"]
    return PastPost(
        remote=remote(str(post["uri"]), str(post.get("cid", "")), value),
        posted_at=xrpc.instant(value.get("createdAt"), api.now),
        text=str(value.get("text", "")),
        media_count=_media_count(value.get("embed") or {}),
        figures=counted(view, Scope.POST),
    )


def _media_count(embed: Mapping[str, Any]) -> int:
    embed = embed.get("media") or embed
    if embed.get("$type") == "app.bsky.embed.video":
        return 1
    return len(embed.get("images") or embed.get("items") or ())


async def people(query: str, api: Api) -> tuple[Person, ...]:
    """As the network's own application looks while one types."""
    params = {"q": query, "limit": PEOPLE}
    answer = await _ask(api, "app.bsky.actor.searchActorsTypeahead", params)
    actors = (one for one in answer.get("actors") or () if isinstance(one, dict) and one.get("handle"))
    return tuple(Person(f"@{one['handle']}", str(one.get("displayName") or "")) for one in actors)
