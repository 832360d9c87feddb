"""Films go up before they are published; the network's number for one is the witness of what became of it.

Three doors, one manner: begin, send the bytes, finish. Only the last is irreversible, and a film is
published once, however often it is finished.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tesselle.connectors.http.exchange import FilePart, Multipart, Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.facebook.options import AI_GENERATED
from tesselle.networks.facebook.wire import GRAPH, UPLOAD_HOST, VIDEO_HOST

FILM, REEL, FILM_STORY = "film", "reel", "film_story"
EDGES: Mapping[str, str] = {FILM: "videos", REEL: "video_reels", FILM_STORY: "video_stories"}
UPLOAD_SECONDS = 3_600.0

NOT_BEGUN = N_("Facebook’s answer to the beginning of an upload could not be read. It will be tried again.")
NOT_TAKEN = N_("Facebook did not take the whole film. It will be sent again.")
STRANGE_PLACE = N_("Facebook named a place for the film that is not its own; nothing was sent there.")
UNREADABLE = N_("Facebook could not make use of the film (“%(answer)s”). Convert it, or use another one.")


@dataclass(frozen=True, slots=True)
class FilmState:
    """What `status` of a film says. `failed`: the network's words, "" while all is well."""

    is_public: bool
    is_worked_on: bool
    failed: str = ""


def state_of(item: Mapping[str, Any]) -> FilmState:
    """Both spellings of errors that the documentation has are read."""
    status = item.get("status") or {}
    phases = {name: status.get(f"{name}_phase") or {} for name in ("uploading", "processing", "publishing")}
    publishing = str(phases["publishing"].get("status", ""))
    is_public = publishing == "complete" or (item.get("published") is True and not publishing)
    failed = [phase for phase in phases.values() if phase.get("status") == "error"]
    if failed or status.get("video_status") in {"error", "expired"}:
        return FilmState(is_public, is_worked_on=False, failed=_words(failed) or str(status["video_status"]))
    processing = str(phases["processing"].get("status", ""))
    return FilmState(is_public, is_worked_on=publishing == "in_progress" or processing == "in_progress")


def _words(phases: list[Mapping[str, Any]]) -> str:
    for phase in phases:
        told = phase.get("errors") or phase.get("error") or []
        for error in told if isinstance(told, list) else [told]:
            if isinstance(error, dict) and error.get("message"):
                return str(error["message"])[:200]
    return ""


async def prepare(call: StepCall, api: Api) -> dict[str, Any]:
    """The film is there, to be finished. One that failed there is put up anew."""
    if call.frozen and await _still_good(str(call.frozen["video"]), api):
        return dict(call.frozen)
    film = next(media for media in call.media if media.kind == "video")
    if call.kind == FILM:
        return await _in_pieces(film, api)
    return await _in_one(EDGES[call.kind], film, api)


async def _still_good(video: str, api: Api) -> bool:
    try:
        seen = state_of(await GRAPH.ask(api, video, {"fields": "status,published"}))
    except RejectedError:
        return False
    return not seen.failed or seen.is_public


async def _in_pieces(film: Media, api: Api) -> dict[str, Any]:
    """The network says which piece it wants next."""
    path, edge = api.media_file(film), f"{api.account.remote_id}/videos"
    start = {"upload_phase": "start", "file_size": film.size_bytes}
    begun = await GRAPH.send(api, edge, start)
    if not begun.get("upload_session_id") or not begun.get("video_id"):
        raise NotSentError(Message(NOT_BEGUN))
    session, offsets = str(begun["upload_session_id"]), _offsets(begun)
    while offsets[0] < offsets[1]:
        piece = await asyncio.to_thread(_piece, path, *offsets)
        fields = {"upload_phase": "transfer", "upload_session_id": session, "start_offset": str(offsets[0])}
        form = Multipart(fields, (FilePart("video_file_chunk", path.name, film.mime, data=piece),))
        request = GRAPH.upload(
            api.account.server,
            await api.session(),
            edge,
            form,
            host=VIDEO_HOST,
            deadline_seconds=UPLOAD_SECONDS,
        )
        told = _offsets((await api.call(request)).mapping())
        if told[0] <= offsets[0]:
            raise NotSentError(Message(NOT_TAKEN))
        offsets = told
    return {"video": str(begun["video_id"]), "session": session}


def _offsets(answer: Mapping[str, Any]) -> tuple[int, int]:
    return int(answer.get("start_offset") or 0), int(answer.get("end_offset") or 0)


def _piece(path: Path, start: int, end: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(end - start)


async def _in_one(edge: str, film: Media, api: Api) -> dict[str, Any]:
    begun = await GRAPH.send(api, f"{api.account.remote_id}/{edge}", {"upload_phase": "start"})
    video, place = str(begun.get("video_id", "")), str(begun.get("upload_url", ""))
    if not video or not place:
        raise NotSentError(Message(NOT_BEGUN))
    own = urlsplit(api.account.server or UPLOAD_HOST)
    if urlsplit(place)[:2] != own[:2]:
        raise NotSentError(Message(STRANGE_PLACE))
    headers = {
        "Authorization": f"OAuth {(await api.session()).get('access_token', '')}",
        "offset": "0",
        "file_size": str(film.size_bytes),
        "Content-Type": "application/octet-stream",
    }
    request = Request("POST", place, headers, api.media_file(film), deadline_seconds=UPLOAD_SECONDS)
    if (await api.call(request)).mapping().get("success") is not True:
        raise NotSentError(Message(NOT_TAKEN))
    return {"video": video}


def finish(call: StepCall) -> dict[str, Any]:
    """The parameters of the call that makes it public."""
    frozen, text = call.frozen, call.text
    if call.kind == FILM:
        session = {"upload_phase": "finish", "upload_session_id": frozen["session"], "published": True}
        return {**session, "description": text}
    told = {"upload_phase": "finish", "video_id": frozen["video"]}
    if call.kind == FILM_STORY:
        return told
    is_made = call.content.options.get(AI_GENERATED, "") in {"1", "on", "true", "yes"}
    return {
        **told,
        "video_state": "PUBLISHED",
        "description": text,
        **({"is_ai_generated": True} if is_made else {}),
    }
