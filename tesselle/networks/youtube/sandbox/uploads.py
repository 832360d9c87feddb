"""Films come in pieces: a session is opened, and every piece says where it belongs."""

import re
import secrets
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError, body_of
from tesselle.networks.youtube import limits
from tesselle.networks.youtube.sandbox.rules import checked_snippet, checked_status, invalid
from tesselle.networks.youtube.sandbox.videos import Videos
from tesselle.networks.youtube.sandbox.wire import parts_of
from tesselle.simulation.network import SimAccount, SimulatedNetwork

SPAN = re.compile(r"bytes (?:(?P<first>\d+)-(?P<last>\d+)|\*)/(?P<total>\d+|\*)")
STARTS = {"image/jpeg": b"\xff\xd8", "image/png": b"\x89PNG"}
HEAD = 12
SESSION = "sessions"


class Uploads:
    def __init__(self, network: SimulatedNetwork, videos: Videos) -> None:
        self._network = network
        self._videos = videos

    async def begin(self, request: Request, account: SimAccount) -> Response:
        if request.query_params.get("uploadType") != "resumable":
            raise ProblemError(400, "This make-believe YouTube takes films in pieces only.", "badRequest")
        parts, data = parts_of(request), await body_of(request)
        if "day_is_full" in self._network.flags:
            words = "The user has exceeded the number of videos they may upload."
            raise ProblemError(400, words, "uploadLimitExceeded", domain="youtube.video")
        size = request.headers.get("x-upload-content-length", "")
        if not size.isdecimal() or not 0 < int(size) <= limits.FILM_BYTES:
            raise ProblemError(400, "The request does not include the video content.", "mediaBodyRequired")
        snippet = checked_snippet(data.get("snippet") or {} if "snippet" in parts else {})
        status = checked_status(data.get("status") or {} if "status" in parts else {})
        number = secrets.token_urlsafe(24)  # whoever knows the address may fill it
        session = {
            "id": number,
            "account": account.id,
            "size": int(size),
            "kept": 0,
            "head": "",
            "video": "",
            "resource": {**snippet, **status},
        }
        await self._network.keep(SESSION, number, session)
        place = f"{request.base_url}upload/youtube/v3/videos?uploadType=resumable&upload_id={number}"
        return Response(status_code=200, headers={"location": place})

    async def put(self, request: Request, account: SimAccount) -> Response:
        number = request.query_params.get("upload_id", "")
        session = await self._network.kept(SESSION, number)
        if session is None or session["account"] != account.id:
            return Response("Not Found", 404)
        if session["video"]:
            return await self._made(request, session)
        span = SPAN.fullmatch(request.headers.get("content-range", f"bytes 0-{session['size'] - 1}/*"))
        if span is None:
            raise ProblemError(400, "Invalid Content-Range.", "badRequest")
        if span["first"] is not None:
            await self._take(number, session, int(span["first"]), int(span["last"]), await request.body())
        if session["kept"] < session["size"]:
            return _go_on(session["kept"])
        session["video"] = await self._videos.make(account, session)
        await self._network.keep(SESSION, number, session)
        return await self._made(request, session)

    async def _made(self, request: Request, session: dict[str, Any]) -> Response:
        """However often it is asked: one session, one film."""
        post = await self._videos.stored(session["video"])
        return JSONResponse(await self._videos.shown(post, frozenset({"snippet", "status"})))

    async def _take(self, number: str, session: dict[str, Any], first: int, last: int, data: bytes) -> None:
        is_last = last + 1 == session["size"]
        whole_steps = (last + 1 - first) % limits.CHUNK_STEP == 0
        if len(data) != last + 1 - first or last >= session["size"] or not (is_last or whole_steps):
            raise ProblemError(400, "Failed to parse Content-Range header.", "badRequest")
        if first != session["kept"] or "keeps_nothing" in self._network.flags:
            return
        kept = len(data)
        if "keeps_a_part" in self._network.flags and kept > limits.CHUNK_STEP:
            kept = limits.CHUNK_STEP
        session["head"] = session["head"] or data[:HEAD].hex()
        session["kept"] += kept
        await self._network.keep(SESSION, number, session)

    async def thumbnail(self, request: Request, account: SimAccount) -> Response:
        video = await self._videos.own(account, request.query_params.get("videoId", ""))
        if "not_verified" in self._network.flags:
            words = (
                "The authenticated user doesn't have permissions to upload and set custom video thumbnails."
            )
            raise ProblemError(403, words, "forbidden", domain="youtube.thumbnail")
        mime, data = request.headers.get("content-type", ""), await request.body()
        if mime not in STARTS or not data.startswith(STARTS[mime]) or len(data) > limits.THUMBNAIL_BYTES:
            raise invalid("imageFormatUnsupported", "The provided image content is in an unsupported format.")
        await self._videos.dress(video, mime, len(data))
        sizes = {"default": 120, "medium": 320, "high": 480, "maxres": 1280}
        item = {
            name: {"url": f"https://i.ytimg.example/vi/{video.id}/{name}.jpg", "width": width}
            for name, width in sizes.items()
        }
        return JSONResponse({"kind": "youtube#thumbnailSetResponse", "items": [item]})


def _go_on(kept: int) -> Response:
    return Response(status_code=308, headers={"range": f"bytes=0-{kept - 1}"} if kept else {})
