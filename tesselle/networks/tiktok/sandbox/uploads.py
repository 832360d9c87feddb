"""Where a film goes up: piece after piece, without a token. With the last one it is posted."""

import re
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from tesselle.networks.tiktok.sandbox.posting import PostingPages

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class UploadPages(PostingPages):
    async def put(self, request: Request) -> Response:
        number, data = request.query_params.get("upload_id", ""), await request.body()
        task = await self._network.kept("tasks", number)
        if task is None or "size" not in task:
            return Response(status_code=404)
        if str(task["until"]) <= self._network.clock().isoformat() or task["failed"]:
            return Response(status_code=403)
        told = _RANGE.fullmatch(request.headers.get("content-range", ""))
        if told is None or "authorization" in request.headers:
            return Response(status_code=400)
        first, last, size = map(int, told.groups())
        if size != task["size"] or last - first + 1 != len(data):
            return Response(status_code=400)
        if task["post"]:
            return await self._again(task)
        if first != task["there"] or last + 1 != _end(task, first):
            return Response(status_code=416, headers={"Content-Range": f"bytes 0-{task['there']}/{size}"})
        task = {**task, "there": last + 1}
        if last + 1 == size:
            task["post"] = await self._posted(task)
        await self._network.keep("tasks", number, task)
        return Response(
            status_code=201 if task["post"] or task["failed"] else 206,
            headers={"Content-Range": f"bytes 0-{last}/{size}"},
        )

    async def _posted(self, task: dict[str, Any]) -> str:
        if "unreadable_files" in self._network.flags:
            task["failed"] = "file_format_check_failed"
            return ""
        info, film = task["info"], {"mime": "video/mp4", "alt": ""}
        text = str(info.get("title") or "")
        post = await self.made(task["account"], text, info, [film], is_draft=task["is_draft"])
        return post.id

    async def _again(self, task: dict[str, Any]) -> Response:
        """It has all of it; but what a late call will bring is brought by this one."""
        post = await self._network.stored_post(str(task["post"]))
        if post is not None and post.visible_at > self._network.clock():
            now = self._network.clock()
            await self._network.save_post(replace(post, created_at=now, visible_at=now))
            return Response(status_code=201)
        return Response(status_code=416, headers={"Content-Range": f"bytes 0-{task['size']}/{task['size']}"})


def _end(task: dict[str, Any], first: int) -> int:
    """Where the piece that begins there has to end."""
    place = first // int(task["piece"])
    return int(task["size"] if place >= int(task["count"]) - 1 else first + int(task["piece"]))
