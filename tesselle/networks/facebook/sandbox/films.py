"""Films: begun, uploaded, finished. What is finished is public once it was worked on."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, SentFile, caller, params, words
from tesselle.networks.facebook import limits
from tesselle.networks.facebook.sandbox.feed import Feed, units
from tesselle.simulation.network import SimulatedNetwork

WORK_SECONDS = 20
SLOW_SECONDS = 1_800
PIECE_BYTES = 1_000_000
REELS_A_DAY = 30
UNREADABLE = "The video file you selected is in a format that we don't support."


class Films(Feed):
    """Three doors with one film behind each."""

    def __init__(self, network: SimulatedNetwork) -> None:
        super().__init__(network)
        self._network = network

    async def pieces(self, request: Request) -> JSONResponse:
        """Asked for piece by piece, until both offsets are the same."""
        data = await params(request)
        who = await self.own(request, data, "pages_manage_posts")
        match words(data, "upload_phase").lower():
            case "start":
                size = int(words(data, "file_size") or 0)
                if not 0 < size <= limits.VIDEO_BYTES:
                    raise errors.invalid("file_size")
                video = await self._begun(who, "film", size)
                answer = {"video_id": video["id"], "upload_session_id": f"session-{video['id']}"}
                return JSONResponse(
                    {**answer, "start_offset": "0", "end_offset": str(min(size, PIECE_BYTES))}
                )
            case "transfer":
                return await self._piece(data, who)
            case "finish":
                return await self._finished(
                    words(data, "upload_session_id").removeprefix("session-"), data, who
                )
        raise errors.invalid("upload_phase")

    async def _piece(self, data: dict[str, Any], who: Caller) -> JSONResponse:
        video = await self._own_video(words(data, "upload_session_id").removeprefix("session-"), who)
        file, start = data.get("video_file_chunk"), int(words(data, "start_offset") or 0)
        if not isinstance(file, SentFile) or start != video["got"]:
            raise errors.GraphRefusal(400, 6001, "There was a problem uploading your video file.", 1363037)
        got = start + len(file.data)
        await self._network.keep("videos", video["id"], {**video, "got": got})
        end = min(video["size"], got + PIECE_BYTES)
        return JSONResponse({"start_offset": str(got), "end_offset": str(end)})

    async def reel(self, request: Request) -> JSONResponse:
        return await self._door(request, "reel")

    async def story(self, request: Request) -> JSONResponse:
        return await self._door(request, "story")

    async def _door(self, request: Request, kind: str) -> JSONResponse:
        data = await params(request)
        who = await self.own(request, data, "pages_manage_posts")
        match words(data, "upload_phase").lower():
            case "start":
                if kind == "reel":
                    await self._not_too_many(who)
                video = await self._begun(who, kind, 0)
                version = request.path_params["version"]
                place = f"{request.base_url}{version}/video-upload/{version}/{video['id']}"
                return JSONResponse({"video_id": video["id"], "upload_url": place})
            case "finish":
                return await self._finished(words(data, "video_id"), data, who)
        raise errors.invalid("upload_phase")

    async def bytes(self, request: Request) -> JSONResponse:
        who = await caller(request, {}, self._network)
        video = await self._own_video(request.path_params["video"], who)
        body, offset = await request.body(), int(request.headers.get("offset", "0"))
        size = int(request.headers.get("file_size", "0"))
        got = offset + len(body)
        await self._network.keep("videos", video["id"], {**video, "size": size, "got": got})
        return JSONResponse({"success": got == size})

    # behind the doors

    async def _begun(self, who: Caller, kind: str, size: int) -> dict[str, Any]:
        number = str(3 * 10**14 + await self._network.next_id("ids"))
        video = {"id": number, "account": who.account.id, "kind": kind, "size": size, "got": 0, "post": ""}
        await self._network.keep("videos", number, video)
        return video

    async def _own_video(self, number: str, who: Caller) -> dict[str, Any]:
        video = await self._network.kept("videos", number)
        if video is None or video["account"] != who.account.id:
            raise errors.missing(number)
        return video

    async def _not_too_many(self, who: Caller) -> None:
        since = self._network.clock() - timedelta(days=1)
        reels = [one for one in await self._network.truth() if one.data.get("kind") == "reel"]
        if sum(one.account_id == who.account.id and one.created_at > since for one in reels) >= REELS_A_DAY:
            raise errors.GraphRefusal(400, 613, "Calls to this api have exceeded the rate limit.")

    async def _finished(self, number: str, data: dict[str, Any], who: Caller) -> JSONResponse:
        video = await self._own_video(number, who)
        text = words(data, "description")
        if video["got"] < video["size"] or not video["size"]:
            raise errors.GraphRefusal(400, 6000, "The video was not uploaded.", 1363019)
        if video["post"]:
            raise errors.invalid("This video has already been published")
        if units(text) > limits.MESSAGE_UNITS:
            raise errors.invalid("Param description is too long")
        await self._make(video, text, who)
        return JSONResponse({"success": True})

    async def _make(self, video: dict[str, Any], text: str, who: Caller) -> None:
        flags, number = self._network.flags, await self._network.next_id("ids")
        seconds = SLOW_SECONDS if "slow_processing" in flags else WORK_SECONDS
        told = {"kind": video["kind"], "app": who.app, "video": video["id"]}
        file = {"id": video["id"], "mime": "video/mp4", "alt": ""}
        post = self._network.new_post(
            f"{who.account.id}_{number}", who.account.id, text, media=(file,), data=told
        )
        seen = post.visible_at + timedelta(seconds=seconds)
        error = UNREADABLE if "unreadable_films" in flags else ""
        await self._network.add_post(replace(post, visible_at=seen, draft=bool(error)))
        await self._network.keep("videos", video["id"], {**video, "post": post.id, "error": error})
