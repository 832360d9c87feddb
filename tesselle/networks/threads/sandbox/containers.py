"""Containers: made, filled while one asks, published once, within the day's quota."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, is_yes, listed, params, words
from tesselle.networks.threads import limits
from tesselle.networks.threads.sandbox.drafts import check_words, file_of
from tesselle.simulation.network import SimPost, SimulatedNetwork

FILM_LOOKS = 1
SLOW_LOOKS = 9
"""How often one must ask for a film, or for anything while `slow_processing` is on."""
KINDS = {"TEXT": "TEXT_POST", "IMAGE": "IMAGE", "VIDEO": "VIDEO", "CAROUSEL": "CAROUSEL_ALBUM"}
DAY = timedelta(days=1)


def unfound() -> errors.GraphRefusal:
    return errors.GraphRefusal(400, 24, "The requested resource does not exist", 4279009)


class Containers:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _own(self, request: Request, data: dict[str, Any], scope: str) -> Caller:
        who = await caller(request, data, self._network)
        if request.path_params["id"] not in {who.account.id, "me"}:
            raise errors.missing(request.path_params["id"])
        who.needs(scope)
        return who

    # making

    async def create(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self._own(request, data, "threads_content_publish")
        kind = words(data, "media_type").upper()
        if kind not in KINDS:
            raise errors.invalid("media_type must be one of TEXT, IMAGE, VIDEO, CAROUSEL")
        is_item = is_yes(data, "is_carousel_item")
        if not is_item:
            check_words(data, kind)
        container = await self._kept(who, kind, data, await self._files(data, kind, who), is_item=is_item)
        if kind == "TEXT" and is_yes(data, "auto_publish_text"):
            return JSONResponse({"id": (await self._published(container, who)).id})
        return JSONResponse({"id": container["id"]})

    async def _files(self, data: dict[str, Any], kind: str, who: Caller) -> list[dict[str, Any]]:
        if kind == "TEXT":
            return []
        return await self._children(data, who) if kind == "CAROUSEL" else [file_of(data, kind, self._network)]

    async def _children(self, data: dict[str, Any], who: Caller) -> list[dict[str, Any]]:
        numbers = [str(one) for one in listed(data, "children")]
        if not 2 <= len(numbers) <= limits.MAX_ITEMS:
            raise errors.invalid("Param children must have between 2 and 20 items.")
        found = []
        for number in numbers:
            child = await self._network.kept("containers", number)
            if child is None or child["account"] != who.account.id or not child["item"]:
                raise unfound()
            if child["looks"] > 0:
                raise errors.invalid("The carousel's items are not ready")
            found += child["files"]
        return found

    async def _kept(
        self, who: Caller, kind: str, data: dict[str, Any], files: list[dict[str, Any]], *, is_item: bool
    ) -> dict[str, Any]:
        number = str(18 * 10**15 + await self._network.next_id("ids"))
        flags = self._network.flags
        looks = SLOW_LOOKS if "slow_processing" in flags else FILM_LOOKS if kind == "VIDEO" else 0
        container = {
            "id": number,
            "account": who.account.id,
            "kind": kind,
            "text": words(data, "text"),
            "reply_to": await self._answered(words(data, "reply_to_id"), who),
            "files": files,
            "item": is_item,
            "looks": looks,
            "error": "FAILED_PROCESSING_VIDEO" if files and "unreadable_files" in flags else "",
            "media": "",
            "topic": words(data, "topic_tag"),
            "link": words(data, "link_attachment"),
            "poll": words(data, "poll_attachment"),
            "control": words(data, "reply_control") or "everyone",
            "until": (self._network.clock() + timedelta(hours=limits.CONTAINER_HOURS)).isoformat(),
        }
        await self._network.keep("containers", number, container)
        return container

    async def _answered(self, number: str, who: Caller) -> str:
        if number and await self._network.post(number) is None:
            raise errors.missing(number)
        if number:
            who.needs("threads_manage_replies")
        return number

    # publishing

    async def publish(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self._own(request, data, "threads_content_publish")
        container = await self._network.kept("containers", words(data, "creation_id"))
        if container is None or container["account"] != who.account.id or container["item"]:
            raise unfound()
        if container["media"]:
            return JSONResponse({"id": await self._published_before(str(container["media"]))})
        is_over = str(container["until"]) <= self._network.clock().isoformat()
        if is_over or container["looks"] > 0 or container["error"]:
            raise unfound()
        return JSONResponse({"id": (await self._published(container, who)).id})

    async def _published_before(self, number: str) -> str:
        """Once only; but what a late call will bring is brought by this one."""
        post = await self._network.stored_post(number)
        if post is None or post.visible_at <= self._network.clock():
            raise unfound()
        now = self._network.clock()
        await self._network.save_post(replace(post, created_at=now, visible_at=now))
        return post.id

    async def _published(self, container: dict[str, Any], who: Caller) -> SimPost:
        kind = "reply_quota" if container["reply_to"] else "quota"
        if (await self._used(who))[kind] >= int(who.account.facts[kind]):
            raise errors.GraphRefusal(400, 613, "The limit of posts for this day is reached")
        number = str(17 * 10**15 + 10**9 + await self._network.next_id("ids"))
        told = {name: container[name] for name in ("topic", "link", "poll", "control")}
        data = {"type": KINDS[container["kind"]], "author": who.account.handle, **told}
        files, parent = tuple(container["files"]), container["reply_to"]
        post = self._network.new_post(
            number, who.account.id, container["text"], parent_id=parent, media=files, data=data
        )
        await self._network.add_post(post)
        await self._network.keep("containers", container["id"], {**container, "media": number})
        return post

    # the day's quota

    async def _used(self, who: Caller) -> dict[str, int]:
        since = self._network.clock() - DAY
        own = [
            post
            for post in await self._network.truth()
            if post.account_id == who.account.id and post.created_at > since
        ]
        removed = await self._network.kept("deletions", who.account.id) or {"at": []}
        return {
            "quota": sum(not post.parent_id for post in own),
            "reply_quota": sum(bool(post.parent_id) for post in own),
            "delete_quota": sum(at > since.isoformat() for at in removed["at"]),
        }

    async def quota(self, request: Request) -> JSONResponse:
        """Only what is asked for."""
        data = await params(request)
        who = await self._own(request, data, "threads_content_publish")
        asked, used = words(data, "fields").split(","), await self._used(who)
        row: dict[str, Any] = {}
        for kind, count in used.items():
            prefix = kind.removesuffix("quota")
            config = {"quota_total": who.account.facts[kind], "quota_duration": 86_400}
            row |= {f"{prefix}quota_usage": count, f"{prefix}config": config}
        return JSONResponse({"data": [{name: value for name, value in row.items() if name in asked}]})
