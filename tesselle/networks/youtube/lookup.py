"""Looking for what a doubtful attempt may have left."""

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting
from tesselle.networks.youtube.comments import SPOKEN, THREAD, VIDEO, is_comment
from tesselle.networks.youtube.films import remote_of
from tesselle.networks.youtube.reading import replies, silent
from tesselle.networks.youtube.wire import listed


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete" and call.target is not None:
            return await _deletion(call.target, api)
        if not call.frozen:
            return Seen()  # never came as far as a request
        if call.kind in SPOKEN:
            return await _comment(call, api, window)
        if call.kind == "edit" and call.target is not None:
            return await _edit(call, call.target, api)
        return await _film(call, api)
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _film(call: StepCall, api: Api) -> Sighting:
    """The film's number was known before: whether it is shown is all there is to ask."""
    found = await listed(api, "videos", {"part": "status", "id": call.frozen["video"]})
    if not found or found[0]["status"].get("privacyStatus") != call.frozen["status"]["privacyStatus"]:
        return Seen()
    return Seen((Candidate(remote_of(call), api.now, certain=True, text=call.content.title),))


async def _edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    found = await listed(api, "videos", {"part": "snippet", "id": target.id})
    wanted = call.frozen["snippet"]
    if not found or any(
        found[0]["snippet"].get(name) != wanted.get(name) for name in ("title", "description")
    ):
        return Seen()
    return Seen((Candidate(target, api.now, certain=True, text=call.text),))


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    gone = Seen((Candidate(target, api.now, certain=True),))
    resource = "comments" if is_comment(target) else "videos"
    try:
        return Seen() if await listed(api, resource, {"part": "id", "id": target.id}) else gone
    except RejectedError as error:
        if error.reason == "not_found":
            return gone
        raise


async def _comment(call: StepCall, api: Api, window: Window) -> Sighting:
    """The channel's own with the same words. No application is named, so that somebody could have typed
    it by hand: never certain."""
    said = call.frozen
    found = [
        Candidate(one.remote, one.posted_at, certain=False, text=one.text)
        for one in await replies(Remote(said[VIDEO]), api)
        if one.mine
        and one.parent_id == said[THREAD]
        and _words(one.text) == _words(said["text"])
        and window.start <= one.posted_at <= window.end
        and one.remote.id not in window.adopted
    ]
    return Seen(tuple(found))


def _words(text: str) -> str:
    return " ".join(text.split())
