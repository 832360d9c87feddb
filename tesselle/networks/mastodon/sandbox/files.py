"""Uploads: kept until a post uses them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.mastodon import limits
from tesselle.networks.mastodon.sandbox.shapes import media_json
from tesselle.networks.mastodon.sandbox.wire import (
    NOT_FOUND,
    SentFile,
    caller,
    params,
    profile_of,
    refusal,
    words,
)
from tesselle.simulation.network import SimulatedNetwork

VIDEO_LOOKS = 1
SLOW_LOOKS = 3
"""How often one must ask for a film, or for anything while `slow_processing` is on."""


class Files:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def upload(self, request: Request) -> JSONResponse:
        profile = profile_of(request)
        who = await caller(request, self._network, "write:media")
        if "/v2/" in request.url.path and not profile.has_v2:
            raise refusal(404, "Not Found")
        data = await params(request)
        file = data.get("file")
        if not isinstance(file, SentFile):
            raise refusal(422, "Validation failed: File can't be blank")
        mime = file.mime
        if mime not in (*profile.image_mimes, *profile.video_mimes):
            raise refusal(422, "Validation failed: File content type is invalid, File is invalid")
        largest = limits.VIDEO_BYTES if mime.startswith("video/") else profile.image_bytes
        if len(file.data) > largest:
            raise refusal(422, f"Validation failed: File file size must be less than {largest // 2**20} MB")
        alt = words(data, "description")
        if len(alt) > profile.alt_characters:
            raise refusal(422, "Validation failed: Description character limit exceeded")
        looks = VIDEO_LOOKS if mime.startswith("video/") else 0
        looks = SLOW_LOOKS if "slow_processing" in self._network.flags else looks
        item = {
            "id": str(10**17 + await self._network.next_id("ids")),
            "account": who.account.id,
            "mime": mime,
            "alt": alt,
            "looks": looks if "/v2/" in request.url.path else 0,
            "post": "",
        }
        if focus := _focus(words(data, "focus")):
            item["focus"] = focus
        await self._network.keep("media", str(item["id"]), item)
        is_ready = not item["looks"]
        return JSONResponse(media_json(item, str(request.base_url), ready=is_ready), 200 if is_ready else 202)

    async def _own(self, request: Request, scope: str) -> dict[str, Any]:
        who = await caller(request, self._network, scope)
        item = await self._network.kept("media", request.path_params["id"])
        is_hidden = item is not None and item["post"] and profile_of(request).forgets_attached
        if item is None or item["account"] != who.account.id or is_hidden:
            raise refusal(404, NOT_FOUND)
        return item

    async def show(self, request: Request) -> JSONResponse:
        item = await self._own(request, "write:media")
        is_ready = item["looks"] == 0
        if not is_ready:
            await self._network.keep("media", item["id"], {**item, "looks": item["looks"] - 1})
        return JSONResponse(media_json(item, str(request.base_url), ready=is_ready), 200 if is_ready else 206)

    async def change(self, request: Request) -> JSONResponse:
        item = await self._own(request, "write:media")
        data = await params(request)
        item["alt"] = words(data, "description") or item["alt"]
        await self._network.keep("media", item["id"], item)
        return JSONResponse(media_json(item, str(request.base_url)))

    async def for_status(
        self, request: Request, ids: list[str], status_id: str
    ) -> tuple[dict[str, Any], ...]:
        """The files a status names, refused as the server refuses them."""
        profile = profile_of(request)
        if len(ids) > profile.max_media:
            raise refusal(422, f"Cannot attach more than {profile.max_media} files")
        who = await caller(request, self._network)
        items = []
        for media_id in ids:
            item = await self._network.kept("media", media_id)
            if item is None or item["account"] != who.account.id or item["post"] not in ("", status_id):
                raise refusal(422, f"Media {media_id} not found or already attached to another post")
            items.append(item)
        if len(items) > 1 and any(item["mime"].startswith("video/") for item in items):
            raise refusal(422, "Cannot attach a video to a post that already contains images")
        if any(item["looks"] for item in items):
            raise refusal(
                422, "Cannot attach files that have not finished processing. Try again in a moment!"
            )
        return tuple(items)

    async def attach(self, items: tuple[dict[str, Any], ...], status_id: str) -> None:
        for item in items:
            await self._network.keep("media", item["id"], {**item, "post": status_id})


def _focus(value: str) -> dict[str, float]:
    x, _, y = value.partition(",")
    return {"x": float(x), "y": float(y)} if x and y else {}
