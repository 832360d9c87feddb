"""Reading back, looking up, counting and the past. Only public posts have a number and figures."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost, StepCall
from tesselle.domain.errors import NetworkError, TryLaterError
from tesselle.domain.verdicts import (
    Absent,
    Candidate,
    Presence,
    Present,
    ProcessingFailed,
    Refused,
    Remote,
    Seen,
    Sighting,
    Silent,
    StillProcessing,
)
from tesselle.networks.tiktok import answers
from tesselle.networks.tiktok.limits import PHOTOS
from tesselle.networks.tiktok.metrics import OF_CHANNEL, OF_POST, of_channel, of_post
from tesselle.networks.tiktok.options import EVERYONE
from tesselle.networks.tiktok.posting import BEGAN_AT, LEVEL, POST, remote_of
from tesselle.networks.tiktok.status import Status, status_of
from tesselle.networks.tiktok.wire import ask

AT_ONCE = 20
MAX_PAGES = 60
NUMBER_WITHIN = timedelta(hours=12)
"""Moderation can take hours; a post whose number did not come by then is called there without it."""


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


async def look_up(call: StepCall, api: Api) -> Sighting:
    """A film's number tells. Photos have none before they are handed over: nothing tells about them."""
    if call.kind == PHOTOS:
        return Silent("nothing tells whether photos were taken")
    if "publish_id" not in call.frozen:
        return Seen()
    number = str(call.frozen["publish_id"])
    try:
        status = await status_of(number, api)
    except (NetworkError, ValueError) as error:
        return silent(error)
    if not status.has_all(int(call.frozen["size"])):
        return Seen()
    return Seen((Candidate(remote_of(call, number), call.instant, certain=True, text=call.text),))


async def verify(remote: Remote, api: Api) -> Presence:
    try:
        status = await status_of(remote.id, api)
        if status.state == "FAILED":
            return _failed(status)
        if status.state != "PUBLISH_COMPLETE":
            return StillProcessing()
        if status.post:
            return await _public(remote, status.post, api)
    except (NetworkError, ValueError) as error:
        return silent(error)
    began_at = remote.extra.get(BEGAN_AT, "")
    is_fresh = bool(began_at) and api.now - datetime.fromisoformat(began_at) < NUMBER_WITHIN
    waits = remote.extra.get(LEVEL, "") == EVERYONE and is_fresh
    return StillProcessing() if waits else Present(remote)


async def _public(remote: Remote, post: str, api: Api) -> Presence:
    """What nobody sees any more is missing from the answer."""
    (shown, *_) = [*await _videos((post,), api, ("id", "share_url")), {}]
    if not shown:
        return Absent()
    return Present(Remote(remote.id, str(shown.get("share_url") or remote.url), {**remote.extra, POST: post}))


def _failed(status: Status) -> Presence:
    verdict = answers.reason(status.reason)
    code = verdict.code if isinstance(verdict, Refused) else "failed"
    return ProcessingFailed(code, verdict.message)


# figures and the past


async def _videos(numbers: Sequence[str], api: Api, fields: Sequence[str]) -> list[dict[str, Any]]:
    told = await ask(api, "video/query/", {"filters": {"video_ids": list(numbers)}}, fields=fields)
    return [one for one in told.get("videos") or () if isinstance(one, dict)]


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    """Of those whose number is known; what was posted elsewhere is remembered by it."""
    numbers = {remote.extra.get(POST) or remote.id: remote.id for remote in remotes}
    known = [number for number in numbers if number.isdecimal()]
    found = []
    for start in range(0, len(known), AT_ONCE):
        videos = await _videos(known[start : start + AT_ONCE], api, ("id", *OF_POST))
        found += [Figures(numbers[str(video["id"])], of_post(video)) for video in videos]
    return tuple(found)


async def channel_figures(api: Api) -> Figures:
    told = await ask(api, "user/info/", fields=OF_CHANNEL)
    return Figures(api.account.remote_id, of_channel(told.get("user") or {}))


HISTORY = ("id", "create_time", "title", "video_description", "share_url", *OF_POST)


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    past: list[PastPost] = []
    asked: dict[str, Any] = {"max_count": AT_ONCE}
    for _page in range(MAX_PAGES):
        told = await ask(api, "video/list/", asked, fields=HISTORY)
        videos = told.get("videos")
        if not isinstance(videos, list):
            raise ValueError("no list of films")
        fresh = [one for one in map(_past, videos) if one.posted_at >= since]
        past += fresh
        if len(fresh) < len(videos) or not told.get("has_more"):
            break
        asked["cursor"] = told.get("cursor")
    return tuple(past)


def _past(video: Mapping[str, Any]) -> PastPost:
    words = str(video.get("video_description") or video.get("title") or "")
    remote = Remote(str(video["id"]), str(video.get("share_url") or ""))
    return PastPost(remote, datetime.fromtimestamp(int(video["create_time"]), UTC), words, 1, of_post(video))
