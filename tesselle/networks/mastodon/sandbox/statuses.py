"""Posts, answers and threads: written, changed, removed."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.mastodon.limits import POLL_ANSWERS, POLL_CHARACTERS, URL_WEIGHT
from tesselle.networks.mastodon.sandbox.files import Files
from tesselle.networks.mastodon.sandbox.shapes import stamp
from tesselle.networks.mastodon.sandbox.views import Views, sees
from tesselle.networks.mastodon.sandbox.wire import (
    NOT_FOUND,
    Caller,
    caller,
    is_yes,
    params,
    profile_of,
    refusal,
    words,
)
from tesselle.networks.mastodon.software import KEY_LIFE_SECONDS
from tesselle.simulation.network import SimPost, SimulatedNetwork

_NAME = re.compile(r"(?<!\w)@([\w.-]*\w)")

POLL_LEAST, POLL_MOST = 300, 2_629_746


class Statuses:
    def __init__(self, network: SimulatedNetwork, views: Views, files: Files) -> None:
        self._network = network
        self._views = views
        self._files = files

    async def create(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "write:statuses")
        known = await self._by_key(request, who)
        if known is not None:
            return await self._views.answer(request, known)
        data = await params(request)
        status_id = str(10**17 + await self._network.next_id("ids"))
        parent = await self._parent(words(data, "in_reply_to_id"), who)
        items = await self._files.for_status(request, [str(one) for one in data.get("media_ids") or ()], "")
        self._check(request, data, items, is_answer=parent is not None)
        poll = self._poll(data, items)
        post = self._network.new_post(
            status_id,
            who.account.id,
            words(data, "status"),
            parent_id=parent.id if parent is not None else "",
            media=items,
            data={
                "visibility": words(data, "visibility") or "public",
                "spoiler_text": words(data, "spoiler_text"),
                "sensitive": is_yes(data.get("sensitive")) or bool(words(data, "spoiler_text")),
                "language": words(data, "language") or None,
                "poll": poll,
                "app": who.app,
                "parent_account": parent.account_id if parent is not None else None,
            },
            to=await self._named(words(data, "status"), who) if words(data, "visibility") == "direct" else (),
        )
        await self._network.add_post(post)
        await self._files.attach(items, status_id)
        await self._keep_key(request, who, status_id)
        return await self._views.answer(request, post)

    # Idempotency-Key

    def _key(self, request: Request, who: Caller) -> str:
        key = request.headers.get("idempotency-key", "")
        return f"{who.account.id}:{key}" if key else ""

    async def _by_key(self, request: Request, who: Caller) -> SimPost | None:
        """What a repeated key meets: the first post, a refusal, or nothing at all."""
        manner, key = profile_of(request).key, self._key(request, who)
        kept = await self._network.kept("keys", key) if key and manner != "ignore" else None
        if kept is None:
            if key and manner == "refuse":  # remembered before anything is looked at
                await self._network.keep("keys", key, {"post": "", "at": self._network.clock().isoformat()})
            return None
        if manner == "refuse":
            raise refusal(400, "Duplicate idempotency key.")
        age = self._network.clock() - datetime.fromisoformat(kept["at"])
        if age > timedelta(seconds=KEY_LIFE_SECONDS):
            return None
        post = await self._network.stored_post(kept["post"])
        if post is None or post.removed:
            raise refusal(404, NOT_FOUND)
        return post

    async def _keep_key(self, request: Request, who: Caller, status_id: str) -> None:
        key = self._key(request, who)
        if key and profile_of(request).key == "replay":
            at = self._network.clock().isoformat()
            await self._network.keep("keys", key, {"post": status_id, "at": at})

    # rules

    async def _named(self, text: str, who: Caller) -> tuple[str, ...]:
        """The ids of whoever the text names."""
        known = {one.handle.casefold(): one.id for one in await self._network.accounts()}
        found: dict[str, None] = {}
        for name in _NAME.findall(text):
            account = await self._network.account(name)  # the public's are called by their id
            found |= dict.fromkeys(
                [known.get(name.casefold()) or (account.id if account is not None else "")]
            )
        return tuple(one for one in found if one and one != who.account.id)

    async def _parent(self, parent_id: str, who: Caller) -> SimPost | None:
        if not parent_id:
            return None
        parent = await self._network.stored_post(parent_id)
        if parent is None or parent.removed or not sees(who, parent):
            raise refusal(404, "The post you are trying to reply to does not appear to exist.")
        return parent

    def _check(
        self, request: Request, data: dict[str, Any], items: tuple[dict[str, Any], ...], *, is_answer: bool
    ) -> None:
        profile = profile_of(request)
        text, warning = words(data, "status"), words(data, "spoiler_text")
        if profile.needs_media and not items and not is_answer:
            raise refusal(403, "Empty statuses are not allowed")
        if not text.strip() and not items:
            raise refusal(422, "Validation failed: Text can't be blank")
        if profile.count(text, warning, URL_WEIGHT) > profile.max_characters:
            status, sentence = profile.too_long
            raise refusal(status, sentence % profile.max_characters if "%d" in sentence else sentence)

    def _poll(self, data: dict[str, Any], items: tuple[dict[str, Any], ...]) -> dict[str, Any] | None:
        given = data.get("poll")
        if not isinstance(given, dict):
            return None
        options = [str(one) for one in given.get("options") or ()]
        if items:
            raise refusal(422, "Validation failed: media attachments and a poll cannot be combined")
        if not 2 <= len(options) <= POLL_ANSWERS or any(len(one) > POLL_CHARACTERS for one in options):
            raise refusal(422, "Validation failed: Options are too many, too few or too long")
        if len(set(options)) != len(options):
            raise refusal(422, "Validation failed: Options contain duplicate items")
        if not POLL_LEAST <= int(given.get("expires_in") or 0) <= POLL_MOST:
            raise refusal(422, "Validation failed: Expires at is too soon or too far into the future")
        return {"options": options, "expires_in": int(given["expires_in"])}

    # later

    async def _own(self, request: Request) -> SimPost:
        who = await caller(request, self._network, "write:statuses")
        post = await self._network.stored_post(request.path_params["id"])
        if post is None or post.removed or post.account_id != who.account.id:
            raise refusal(404, NOT_FOUND)
        return post

    async def edit(self, request: Request) -> JSONResponse:
        """What the request does not name is dropped, files included."""
        post = await self._own(request)
        data = await params(request)
        items = await self._files.for_status(
            request, [str(one) for one in data.get("media_ids") or ()], post.id
        )
        alts = {str(one.get("id")): one.get("description") for one in data.get("media_attributes") or ()}
        items = tuple({**item, "alt": alts.get(item["id"]) or item["alt"]} for item in items)
        self._check(request, data, items, is_answer=bool(post.parent_id))
        changed = {
            "spoiler_text": words(data, "spoiler_text"),
            "sensitive": is_yes(data.get("sensitive")),
            "language": words(data, "language") or post.data.get("language"),
            "edited_at": stamp(self._network.clock()),
        }
        edited = replace(post, text=words(data, "status"), media=items, data={**post.data, **changed})
        await self._network.save_post(edited)
        await self._files.attach(items, post.id)
        return await self._views.answer(request, edited)

    async def delete(self, request: Request) -> JSONResponse:
        post = await self._own(request)
        await self._network.remove_post(post.id)
        return await self._views.answer(request, post, text=post.text)
