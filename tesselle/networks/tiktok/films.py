"""A film goes up in pieces. Nothing is posted before its last piece has arrived: that one is the
irreversible call, and the `publish_id` told at the beginning is its witness."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Refused
from tesselle.networks.tiktok import answers, pieces
from tesselle.networks.tiktok.status import Status, status_of
from tesselle.networks.tiktok.wire import INBOX, ask, base_of, is_own_place

DIRECT_INIT = "post/publish/video/init/"
INBOX_INIT = "post/publish/inbox/video/init/"
PIECE_SECONDS = 600.0

NOT_BEGUN = N_("TikTok’s answer to the beginning of an upload could not be read. It will be tried again.")
STRANGE_PLACE = N_("TikTok named a place for the film that is not its own; nothing was sent there.")
NO_FILM = N_("A post in this format is exactly one film. Add one, or choose the format for photos.")


def film_of(call: StepCall) -> Media:
    """Raises RejectedError: there is none."""
    film = next((media for media in call.media if media.kind == "video"), None)
    if film is None:
        raise RejectedError(Message(NO_FILM), "no_film")
    return film


async def prepare(call: StepCall, api: Api, info: Mapping[str, Any]) -> dict[str, Any]:
    """Everything is there but the last piece. What an earlier attempt began is gone on with, as long as
    TikTok waits for it."""
    film = film_of(call)
    path = api.media_file(film)
    cut = pieces.cut(path.stat().st_size)
    begun = dict(call.frozen) if call.frozen and call.frozen.get("size") == cut.size else {}
    status = await _waits_for_more(begun, api) if begun else None
    if status is None:
        begun, status = await _begin(call, cut, info, api), Status("PROCESSING_UPLOAD")
    for number in cut.missing(status.there):
        if number < cut.count - 1:
            data = await asyncio.to_thread(pieces.read, path, *cut.span(number))
            await api.call(_piece(begun["place"], data, cut, number, film.mime))
    return {**begun, "path": str(path), "size": cut.size, "mime": film.mime}


async def _waits_for_more(begun: Mapping[str, Any], api: Api) -> Status | None:
    """None: it has to be put up anew. Raises RejectedError: it was given up for what it is."""
    try:
        status = await status_of(str(begun["publish_id"]), api)
    except RejectedError:
        return None  # it is no longer known
    if status.state != "FAILED":
        return status
    if status.reason in answers.PASSING:
        return None
    verdict = answers.reason(status.reason)
    if isinstance(verdict, Refused):
        raise RejectedError(verdict.message, verdict.code)
    return None


async def _begin(call: StepCall, cut: pieces.Cut, info: Mapping[str, Any], api: Api) -> dict[str, Any]:
    source = {"source_info": {"source": "FILE_UPLOAD", **cut.to_json()}}
    is_draft = call.account.kind == INBOX
    body = source if is_draft else {"post_info": {"title": call.text, **info}, **source}
    told = await ask(api, INBOX_INIT if is_draft else DIRECT_INIT, body)
    number, place = str(told.get("publish_id") or ""), str(told.get("upload_url") or "")
    if not number or not place:
        raise NotSentError(Message(NOT_BEGUN))
    if not is_own_place(place, base_of(api, api.account.credentials)):
        raise NotSentError(Message(STRANGE_PLACE))
    return {"publish_id": number, "place": place, "privacy": str(info.get("privacy_level", ""))}


def last_piece(frozen: Mapping[str, Any]) -> Request:
    """No token goes along: the place itself is the permission."""
    cut = pieces.cut(int(frozen["size"]))
    data = pieces.read(Path(frozen["path"]), *cut.span(cut.count - 1))
    return _piece(frozen["place"], data, cut, cut.count - 1, frozen["mime"])


def _piece(place: str, data: bytes, cut: pieces.Cut, number: int, mime: str) -> Request:
    start, end = cut.span(number)
    headers = {"Content-Type": mime, "Content-Range": f"bytes {start}-{end - 1}/{cut.size}"}
    return Request("PUT", place, headers, data, deadline_seconds=PIECE_SECONDS)
