"""Containers: made, filled while one asks, published once."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, is_yes, listed, params, words
from tesselle.networks.instagram import limits
from tesselle.simulation.network import SimPost, SimulatedNetwork

FILM_LOOKS = 1
SLOW_LOOKS = 9
"""How often one must ask for a film, or for anything while `slow_processing` is on."""

_TAG = re.compile(r"(?:(?<=\s)|^)#\w")
PUBLISH_SCOPES = ("instagram_content_publish", "instagram_business_content_publish")


def units(text: str) -> int:
    """Two for each sign beyond the first plane: how the apps that Instagram is made of hold text."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


class Containers:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _own(self, request: Request, data: dict[str, Any]) -> Caller:
        who = await caller(request, data, self._network)
        if request.path_params["id"] not in {who.account.id, "me"}:
            raise errors.missing(request.path_params["id"])
        if not who.scopes & set(PUBLISH_SCOPES):
            raise errors.not_allowed(PUBLISH_SCOPES[0])
        return who

    # making

    async def create(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self._own(request, data)
        kind = words(data, "media_type").upper() or ("VIDEO" if words(data, "video_url") else "IMAGE")
        caption = words(data, "caption")
        if units(caption) > limits.CAPTION_UNITS:
            raise errors.GraphRefusal(400, 36004, "The caption is too long", 2207010)
        if len(_TAG.findall(caption)) > limits.MAX_HASHTAGS:
            raise errors.GraphRefusal(400, 36004, "The caption has too many hashtags", 2207010)
        if units(words(data, "alt_text")) > limits.ALT_UNITS:
            raise errors.invalid("alt_text")
        if len(listed(data, "collaborators")) > 3:
            raise errors.invalid("Too many collaborators")
        if not words(data, "location_id").isdecimal() and words(data, "location_id"):
            raise errors.invalid("location_id")
        if kind == "CAROUSEL":
            files = await self._children(data, who)
        else:
            files = [self._file(data, kind)]
        is_item = is_yes(data, "is_carousel_item")
        if kind == "VIDEO" and not is_item:
            raise errors.GraphRefusal(400, 100, "VIDEO is no longer supported, use REELS", 2207023)
        container = await self._kept(who, kind, "" if kind == "STORIES" else caption, files, is_item=is_item)
        return JSONResponse({"id": container["id"]})

    def _file(self, data: dict[str, Any], kind: str) -> dict[str, Any]:
        film, picture = words(data, "video_url"), words(data, "image_url")
        address = film or picture
        if not address.startswith(("http://", "https://")) or bool(film) == bool(picture):
            raise errors.GraphRefusal(400, 100, "Only one of image_url and video_url", 2207023)
        if kind in {"REELS", "VIDEO"} and not film:
            raise errors.GraphRefusal(400, 100, "video_url is required", 2207023)
        content = self._fetched(address)
        if picture:
            self._picture(content)
        mime = "video/mp4" if film else "image/jpeg"
        cover = self._cover(data, kind)
        return {"mime": mime, "alt": words(data, "alt_text"), "address": address, **cover}

    def _cover(self, data: dict[str, Any], kind: str) -> dict[str, str]:
        """A reel's own picture; with it, the second of the film is passed over."""
        address = words(data, "cover_url")
        if not address:
            return {}
        if kind != "REELS":
            raise errors.invalid("cover_url is only for reels")
        self._picture(self._fetched(address))
        return {"cover": address}

    def _fetched(self, address: str) -> bytes | None:
        """None where nobody looks at files."""
        content = self._network.web(address) if self._network.web is not None else None
        if self._network.web is not None and content is None:
            raise errors.GraphRefusal(
                400, 9004, "Only photo or video can be accepted as media type.", 2207052
            )
        return content

    def _picture(self, content: bytes | None) -> None:
        if content is None:
            return
        if len(content) > limits.IMAGE_BYTES:
            raise errors.GraphRefusal(400, 36000, "The image is too large to download", 2207004)
        if not content.startswith(b"\xff\xd8"):
            raise errors.GraphRefusal(400, 36001, "The image format is not supported", 2207005)

    async def _children(self, data: dict[str, Any], who: Caller) -> list[dict[str, Any]]:
        numbers = [str(one) for one in listed(data, "children")]
        if not 2 <= len(numbers) <= limits.MAX_ITEMS:
            raise errors.GraphRefusal(400, 100, "The carousel has too few or too many items", 2207028)
        found = []
        for number in numbers:
            child = await self._network.kept("containers", number)
            if child is None or child["account"] != who.account.id or not child["item"]:
                raise errors.GraphRefusal(400, 24, "The media could not be found", 2207006)
            if child["looks"] > 0:
                raise errors.GraphRefusal(400, 9007, "Media ID is not available", 2207027)
            found += child["files"]
        return found

    async def _kept(
        self, who: Caller, kind: str, caption: str, files: list[dict[str, Any]], *, is_item: bool
    ) -> dict[str, Any]:
        number = str(18 * 10**15 + await self._network.next_id("ids"))
        flags, now = self._network.flags, self._network.clock()
        has_film = any(file["mime"].startswith("video/") for file in files) and kind != "CAROUSEL"
        looks = SLOW_LOOKS if "slow_processing" in flags else FILM_LOOKS if has_film else 0
        error = (
            "Error: The video file is in an unsupported format. 2207026"
            if "unreadable_files" in flags
            else ""
        )
        container = {
            "id": number,
            "account": who.account.id,
            "app": who.app,
            "kind": kind,
            "caption": caption,
            "files": files,
            "item": is_item,
            "looks": looks,
            "error": error,
            "media": "",
            "until": (now + timedelta(hours=limits.CONTAINER_HOURS)).isoformat(),
        }
        await self._network.keep("containers", number, container)
        return container

    # publishing

    async def publish(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self._own(request, data)
        container = await self._network.kept("containers", words(data, "creation_id"))
        if container is None or container["account"] != who.account.id or container["item"]:
            raise errors.GraphRefusal(400, 24, "The media could not be found", 2207006)
        if container["media"]:
            return JSONResponse({"id": await self._published_before(str(container["media"]))})
        if str(container["until"]) <= self._network.clock().isoformat():
            raise errors.GraphRefusal(400, -2, "The media has expired", 2207020)
        if container["looks"] > 0 or container["error"]:
            raise errors.GraphRefusal(
                400, 9007, "The media is not ready for publishing, please wait", 2207027
            )
        if await self._used(who) >= int(who.account.facts["quota"]):
            raise errors.GraphRefusal(403, 9, "The daily publishing limit is reached", 2207042)
        post = await self._made(container, who)
        return JSONResponse({"id": post.id})

    async def _published_before(self, number: str) -> str:
        """Once only; but what a late call will bring is brought by this one."""
        post = await self._network.stored_post(number)
        if post is None or post.visible_at <= self._network.clock():
            raise errors.invalid("The media has already been published")
        now = self._network.clock()
        await self._network.save_post(replace(post, created_at=now, visible_at=now))
        return post.id

    async def _made(self, container: dict[str, Any], who: Caller) -> SimPost:
        number = str(17 * 10**15 + 10**9 + await self._network.next_id("ids"))
        product = {"REELS": "REELS", "STORIES": "STORY"}.get(container["kind"], "FEED")
        told = {"kind": "media", "product": product, "type": container["kind"], "app": who.app}
        post = self._network.new_post(
            number, who.account.id, container["caption"], media=tuple(container["files"]), data=told
        )
        await self._network.add_post(post)
        await self._network.keep("containers", container["id"], {**container, "media": number})
        return post

    async def _used(self, who: Caller) -> int:
        since: datetime = self._network.clock() - timedelta(days=1)
        return sum(
            post.account_id == who.account.id and post.data.get("kind") == "media" and post.created_at > since
            for post in await self._network.truth()
        )

    async def quota(self, request: Request) -> JSONResponse:
        who = await self._own(request, await params(request))
        config = {"quota_total": who.account.facts["quota"], "quota_duration": 86_400}
        return JSONResponse({"data": [{"quota_usage": await self._used(who), "config": config}]})
