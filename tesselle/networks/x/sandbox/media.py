"""Uploads: at once, or in pieces and then looked at until they are ready."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.x import limits
from tesselle.networks.x.sandbox.wire import body, caller, forbidden, invalid
from tesselle.simulation.network import SimulatedNetwork

LIFE_SECONDS = 86_400
FILM_LOOKS = 1
SLOW_LOOKS = 3
"""How often one must ask for a film, or while `slow_processing` is on."""
KINDS = {"tweet_image": "3", "tweet_gif": "16", "tweet_video": "7"}
BROKEN = {"code": 1, "name": "InvalidMedia", "message": "Unsupported codec"}


class MediaDesk:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _open(self, account: str, mime: str, category: str, size: int) -> dict[str, Any]:
        if category not in KINDS:
            raise invalid("media_category is not one of the allowed values", media_category=category)
        media_id = str(1_990_000_000_000_000_000 + await self._network.next_id("media"))
        until = self._network.clock() + timedelta(seconds=LIFE_SECONDS)
        item = {
            "id": media_id,
            "key": f"{KINDS[category]}_{media_id}",
            "account": account,
            "mime": mime,
            "category": category,
            "size": size,
            "got": 0,
            "next": 0,
            "looks": 0,
            "broken": False,
            "ready": False,
            "alt": "",
            "post": "",
            "until": until.isoformat(),
        }
        await self._save(item)
        return item

    async def _save(self, item: Mapping[str, Any]) -> None:
        await self._network.keep("media", str(item["id"]), item)

    async def at_once(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "media.write")
        mime, category, data = await _sent(request)
        if mime and mime not in limits.IMAGE_MIMES:
            raise invalid(f"unsupported media type: {mime}", media_type=mime)
        if len(data) > limits.IMAGE_BYTES:
            raise invalid("file size exceeds the maximum for its media type", media=len(data))
        item = await self._open(who.account.id, mime, category, len(data))
        await self._save({**item, "ready": True, "got": len(data)})
        return JSONResponse(
            {"data": {**_told(item), "size": len(data), "image": {"image_type": mime, "w": 2, "h": 2}}}
        )

    async def initialize(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "media.write")
        data = await body(request)
        size, mime = int(data.get("total_bytes", 0)), str(data.get("media_type", ""))
        if size > limits.VIDEO_BYTES:
            raise invalid("total_bytes exceeds the maximum", total_bytes=size)
        if mime not in limits.VIDEO_MIMES:
            raise invalid(f"unsupported media type: {mime}", media_type=mime)
        item = await self._open(who.account.id, mime, str(data.get("media_category", "")), size)
        return JSONResponse({"data": _told(item)})

    async def append(self, request: Request) -> JSONResponse:
        item = await self._own(request, request.path_params["id"])
        _mime, index, data = await _sent(request, "segment_index")
        if int(index or -1) > int(item["next"]):
            raise invalid("Segments do not add up", segment_index=index)
        if int(index) == int(item["next"]):  # a piece sent again is kept once
            item = {**item, "got": item["got"] + len(data), "next": item["next"] + 1}
            await self._save(item)
        until = datetime.fromisoformat(item["until"])
        return JSONResponse({"data": {"expires_at": int(until.timestamp())}})

    async def finalize(self, request: Request) -> JSONResponse:
        item = await self._own(request, request.path_params["id"])
        if item["got"] != item["size"]:
            raise invalid("Segments do not add up to provided total file size.", id=item["id"])
        looks = SLOW_LOOKS if "slow_processing" in self._network.flags else FILM_LOOKS
        item = {**item, "looks": looks, "broken": "broken_films" in self._network.flags}
        await self._save(item)
        info = {"state": "pending", "check_after_secs": 1}
        return JSONResponse({"data": {**_told(item), "size": item["size"], "processing_info": info}})

    async def status(self, request: Request) -> JSONResponse:
        item = await self._own(request, request.query_params.get("media_id", ""))
        looks = max(0, int(item["looks"]) - 1)
        state = "in_progress" if looks else "failed" if item["broken"] else "succeeded"
        await self._save({**item, "looks": looks, "ready": state == "succeeded" or item["ready"]})
        info: dict[str, Any] = {"state": state, "progress_percent": 40 if looks else 100}
        info |= {"check_after_secs": 5} if looks else {}
        info |= {"error": BROKEN} if state == "failed" else {}
        return JSONResponse({"data": {**_told(item), "processing_info": info}})

    async def metadata(self, request: Request) -> JSONResponse:
        data = await body(request)
        item = await self._own(request, str(data.get("id", "")))
        alt = str(((data.get("metadata") or {}).get("alt_text") or {}).get("text", ""))
        if len(alt) > limits.ALT_CHARACTERS:
            raise invalid("alt_text is too long", alt_text=len(alt))
        await self._save({**item, "alt": alt})
        told = {"id": item["id"], "associated_metadata": {"alt_text": {"text": alt}}}
        return JSONResponse({"data": told})

    async def _own(self, request: Request, media_id: str) -> dict[str, Any]:
        who = await caller(request, self._network, "media.write")
        item = await self._network.kept("media", media_id)
        if item is None or item["account"] != who.account.id:
            raise invalid("Invalid media id", id=media_id)
        return item

    async def for_post(self, account: str, ids: list[str]) -> tuple[dict[str, Any], ...]:
        """The files a post names, refused as X refuses them."""
        items = []
        for media_id in ids:
            item = await self._network.kept("media", media_id)
            if item is None or item["account"] != account or not item["ready"] or self._is_over(item):
                raise invalid("Your media IDs are invalid.", **{"media.media_ids": media_id})
            items.append(item)
        films = sum(item["category"] != "tweet_image" for item in items)
        if len(items) > limits.MAX_IMAGES:
            raise invalid("media_ids: maximum of 4 items allowed", **{"media.media_ids": len(items)})
        if films and len(items) > 1:
            raise forbidden("You are not permitted to perform this action.")
        return tuple(items)

    def _is_over(self, item: Mapping[str, Any]) -> bool:
        return datetime.fromisoformat(item["until"]) <= self._network.clock()


def _told(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": item["id"], "media_key": item["key"], "expires_after_secs": LIFE_SECONDS}


async def _sent(request: Request, name: str = "media_category") -> tuple[str, str, bytes]:
    """Type, one named field, and the bytes: as a form, or as JSON with the bytes in base64."""
    if request.headers.get("content-type", "").startswith("application/json"):
        data = await body(request)
        mime = str(data.get("media_type", ""))
        return mime, str(data.get(name, "")), base64.b64decode(str(data.get("media", "")))
    async with request.form(max_part_size=limits.IMAGE_BYTES * 2) as form:
        file = form.get("media")
        if not isinstance(file, UploadFile):
            raise invalid("media is required")
        return file.content_type or "", str(form.get(name, "")), await file.read()
