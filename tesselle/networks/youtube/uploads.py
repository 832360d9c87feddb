"""A film goes up in pieces, and goes on where it broke off: YouTube keeps count, we follow its count."""

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.connectors.api import AnswerError
from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request, Response
from tesselle.connectors.protocols import Api
from tesselle.domain.content import Media
from tesselle.domain.errors import NotSentError
from tesselle.domain.messages import N_, Message
from tesselle.networks.youtube.limits import CHUNK_STEP
from tesselle.networks.youtube.wire import PUT_UP, address

PIECE_BYTES = 32 * CHUNK_STEP
ANSWER_SECONDS = 30.0
SLOWEST_UPLOAD_BYTES_A_SECOND = 250_000
PATIENCE = 3
"""So often YouTube may keep nothing of a piece before we come back later."""
GO_ON = 308
SESSION_GONE = frozenset({404, 410})
MOST_SESSIONS = 200

UNREADABLE = N_("YouTube’s answer to an upload could not be read. It will be tried again.")
STUCK = N_("YouTube keeps nothing of the film for the moment. It will be tried again.")


Mark = tuple[str, ...]
"""The step's key, and all that its upload is made of: what was changed since is another film."""


class Sessions:
    """Where uploads of this process are under way: a try that broke off goes on there. One session makes
    at most one film, whose number it tells even after the last byte."""

    def __init__(self) -> None:
        self._begun: OrderedDict[Mark, str] = OrderedDict()

    def of(self, mark: Mark) -> str:
        return self._begun.get(mark, "")

    def keep(self, mark: Mark, session: str) -> None:
        self._begun[mark] = session
        while len(self._begun) > MOST_SESSIONS:
            self._begun.popitem(last=False)

    def forget(self, mark: Mark) -> None:
        self._begun.pop(mark, None)


class _GoneError(Exception):
    """YouTube has forgotten the session."""


async def upload(
    key: str, film: Media, resource: Mapping[str, Any], *, quiet: bool, api: Api, sessions: Sessions
) -> str:
    """The film's number, once YouTube has all of it."""
    path, account = api.media_file(film), api.account
    mark = (key, account.server, account.remote_id, film.asset, json.dumps(resource, sort_keys=True))
    if session := sessions.of(mark):
        try:
            return await _whole(session, path, await _progress(session, path, api), api)
        except _GoneError:
            sessions.forget(mark)
    session = await _begun(path, film.mime, resource, quiet, api)
    sessions.keep(mark, session)
    try:
        return await _whole(session, path, ("", 0), api)
    except _GoneError as error:
        sessions.forget(mark)
        raise NotSentError(Message(STUCK)) from error


async def _begun(path: Path, mime: str, resource: Mapping[str, Any], quiet: bool, api: Api) -> str:
    params = {"uploadType": "resumable", "part": ",".join(resource)}
    params |= {"notifySubscribers": "false"} if quiet else {}
    headers = bearer(await api.session()) | {
        "Content-Type": "application/json; charset=UTF-8",
        "X-Upload-Content-Length": str(_size(path)),
        "X-Upload-Content-Type": mime,
    }
    body = json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode()
    url = address(api.account.server, f"{PUT_UP}/videos", params)
    answer = await api.call(Request("POST", url, headers, body))
    session = answer.headers.get("location", "")
    if not session.startswith(("https://", "http://")):
        raise NotSentError(Message(UNREADABLE))
    return session


Progress = tuple[str, int]
"""The film's number once it is whole, and how many bytes are there."""


async def _whole(session: str, path: Path, progress: Progress, api: Api) -> str:
    total, refused = _size(path), 0
    video, kept = progress
    while not video:
        piece = await asyncio.to_thread(_piece, path, kept)
        last = kept + len(piece) - 1
        span = f"bytes {kept}-{last}/{total}" if piece else f"bytes */{total}"
        video, now_kept = await _put(session, piece, span, api)
        refused = refused + 1 if now_kept <= kept else 0
        if not video and refused >= PATIENCE:
            raise NotSentError(Message(STUCK))
        kept = now_kept
    return video


async def _progress(session: str, path: Path, api: Api) -> Progress:
    return await _put(session, b"", f"bytes */{_size(path)}", api)


def _size(path: Path) -> int:
    return path.stat().st_size


def _piece(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read(PIECE_BYTES)


async def _put(session: str, piece: bytes, span: str, api: Api) -> Progress:
    headers = bearer(await api.session()) | {"Content-Range": span}
    seconds = ANSWER_SECONDS + len(piece) / SLOWEST_UPLOAD_BYTES_A_SECOND
    try:
        answer = await api.call(Request("PUT", session, headers, piece, seconds))
    except AnswerError as error:
        if error.response.status in SESSION_GONE:
            raise _GoneError from error
        if error.response.status != GO_ON:
            raise
        return "", _kept(error.response)
    video = str(answer.mapping().get("id") or "")
    if not video:
        raise NotSentError(Message(UNREADABLE))
    return video, 0


def _kept(answer: Response) -> int:
    """`Range: bytes=0-N`; nothing is told where nothing was kept."""
    last = answer.headers.get("range", "").rpartition("-")[2]
    return int(last) + 1 if last.isdecimal() else 0
