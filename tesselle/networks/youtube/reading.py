"""Reading back, counting, conversations, the past: everything that only reads, but the look-up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.dialects.google.sign_in import bearer, missing_scopes
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.messages import Message
from tesselle.domain.metrics import Scope
from tesselle.domain.verdicts import (
    Absent,
    Presence,
    Present,
    ProcessingFailed,
    Remote,
    Silent,
    StillProcessing,
)
from tesselle.networks.youtube import FIGURES, metrics
from tesselle.networks.youtube.comments import comment_remote, is_comment
from tesselle.networks.youtube.drafts import instant
from tesselle.networks.youtube.films import FAILED, WANTED, failure_of
from tesselle.networks.youtube.options import PRIVATE, PUBLIC
from tesselle.networks.youtube.wire import PAGE, analytics_address, each, listed

BEGINNING = "2005-04-23"
"""Of YouTube's first film: reports of a whole life begin here."""
SHOWN_REPLIES = 5


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


async def verify(thing: Remote, api: Api) -> Presence:
    resource, part = ("comments", "id") if is_comment(thing) else ("videos", "status,processingDetails")
    try:
        found = await listed(api, resource, {"part": part, "id": thing.id})
    except RejectedError as error:
        return Absent() if error.reason == "not_found" else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    if not found:
        return Absent()
    return Present(thing) if is_comment(thing) else _presence(found[0].get("status") or {}, thing)


def _presence(status: Mapping[str, Any], thing: Remote) -> Presence:
    if why := failure_of(status):
        return ProcessingFailed("media_refused", Message(FAILED, {"why": why}))
    if status.get("uploadStatus") == "deleted":
        return Absent()
    hidden = status.get("privacyStatus") == PRIVATE and thing.extra.get(WANTED, PRIVATE) != PRIVATE
    return Present(thing) if status.get("uploadStatus") == "processed" and not hidden else StillProcessing()


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    ids, found = [thing.id for thing in remotes], dict[str, dict[str, int]]()
    for start in range(0, len(ids), PAGE):
        some = ids[start : start + PAGE]
        for video in await listed(api, "videos", {"part": "statistics", "id": ",".join(some)}):
            found[str(video["id"])] = metrics.counted(video.get("statistics") or {}, Scope.POST)
        for video_id, values in (await _reported(some, api)).items():
            if video_id in found:
                found[video_id] |= values
    return tuple(Figures(video, values) for video, values in found.items())


async def _reported(videos: Sequence[str], api: Api) -> dict[str, dict[str, int]]:
    """What only YouTube Analytics tells; its silence keeps no other figure back."""
    if not videos or missing_scopes(api.account.credentials, (FIGURES,)):
        return {}
    query = {
        "ids": "channel==MINE",
        "startDate": BEGINNING,
        "endDate": api.now.date().isoformat(),
        "metrics": ",".join(metrics.METRICS[metric].field for metric in metrics.ANALYTICS),
        "dimensions": "video",
        "filters": f"video=={','.join(videos)}",
        "sort": "-shares",
        "maxResults": len(videos),
    }
    url = analytics_address(api.account.server, query)
    try:
        answer = await api.call(Request("GET", url, bearer(await api.session())))
    except NetworkError:
        return {}
    return metrics.of_report(answer.mapping())


async def channel_figures(api: Api) -> Figures:
    number = api.account.remote_id
    found = await listed(api, "channels", {"part": "statistics", "id": number})
    return Figures(number, metrics.of_channel(found[0].get("statistics") or {}) if found else {})


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """The public films of that time, newest first, with their figures."""
    query = {"part": "snippet,contentDetails,status", "playlistId": api.account.facts.get("uploads", "")}
    past: list[PastPost] = []
    async for item in each(api, "playlistItems", query):
        if instant(item["snippet"]["publishedAt"]) < since:
            break
        if (item.get("status") or {}).get("privacyStatus") == PUBLIC:
            past.append(_past(item))
    figures = {one.remote_id: one.values for one in await post_figures([one.remote for one in past], api)}
    return tuple(
        PastPost(one.remote, one.posted_at, one.text, 1, figures.get(one.remote.id, {})) for one in past
    )


def _past(item: Mapping[str, Any]) -> PastPost:
    snippet, details = item["snippet"], item.get("contentDetails") or {}
    video = str(snippet["resourceId"]["videoId"])
    words = "\n\n".join(str(snippet[name]) for name in ("title", "description") if snippet.get(name))
    at = instant(details.get("videoPublishedAt") or snippet["publishedAt"])
    return PastPost(Remote(video, f"https://www.youtube.com/watch?v={video}"), at, words, 1)


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    query = {"part": "snippet,replies", "videoId": remote.id, "order": "time", "textFormat": "plainText"}
    found: list[Reply] = []
    try:
        async for thread in each(api, "commentThreads", {**query, "maxResults": 100}):
            found += await _of_thread(thread, remote.id, api)
    except RejectedError as error:
        if error.reason != "comments_off":
            raise
    return tuple(found)


async def _of_thread(thread: Mapping[str, Any], video: str, api: Api) -> list[Reply]:
    """The thread brings a few of its answers along; where there are more, they are asked for."""
    snippet, top = thread["snippet"], thread["snippet"]["topLevelComment"]
    below = list((thread.get("replies") or {}).get("comments") or ())
    if int(snippet.get("totalReplyCount") or 0) > len(below):
        query = {"part": "snippet", "parentId": top["id"], "maxResults": 100, "textFormat": "plainText"}
        below = [one async for one in each(api, "comments", query)]
    answers = [_reply(one, video, str(top["id"]), api) for one in below]
    return [_reply(top, video, "", api), *sorted(answers, key=lambda one: one.posted_at)]


def _reply(comment: Mapping[str, Any], video: str, thread: str, api: Api) -> Reply:
    snippet = comment["snippet"]
    author = str((snippet.get("authorChannelId") or {}).get("value") or "")
    return Reply(
        remote=comment_remote(str(comment["id"]), video, thread),
        author=str(snippet.get("authorDisplayName") or ""),
        text=str(snippet.get("textOriginal") or snippet.get("textDisplay") or ""),
        posted_at=instant(snippet["publishedAt"]),
        parent_id=thread,
        mine=author == api.account.remote_id,
    )
