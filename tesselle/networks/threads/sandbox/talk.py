"""Conversations: replies of one level, of all levels, and hiding them."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, is_yes, params
from tesselle.networks.threads.sandbox.posts import PostPages, page_by_cursors, post_fields
from tesselle.simulation.network import SimPost

USUAL = ("text", "timestamp")


class TalkPages(PostPages):
    async def replies(self, request: Request) -> JSONResponse:
        return await self._answered(request, deep=False)

    async def conversation(self, request: Request) -> JSONResponse:
        return await self._answered(request, deep=True)

    async def _answered(self, request: Request, *, deep: bool) -> JSONResponse:
        """Newest first, unless asked otherwise."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if not who.scopes & {"threads_read_replies", "threads_manage_replies"}:
            raise errors.not_allowed("threads_read_replies")
        top = await self.seen(request.path_params["id"], who)
        found = sorted(await self._below(top, deep=deep), key=lambda post: post.created_at)
        if is_yes(data, "reverse", usual=True):
            found.reverse()
        return JSONResponse(
            page_by_cursors([await self._row(one, who) for one in found], request, data, USUAL)
        )

    async def _below(self, post: SimPost, *, deep: bool) -> list[SimPost]:
        found = []
        for one in await self._network.replies_to(post.id):
            found.append(one)
            found += await self._below(one, deep=True) if deep else []
        return found

    async def _row(self, post: SimPost, who: Caller) -> dict[str, Any]:
        fields = await post_fields(post, self._network)
        hidden = "HIDDEN" if post.data.get("hidden") else "NOT_HUSHED"
        return {**fields, "is_reply_owned_by_me": post.account_id == who.account.id, "hide_status": hidden}

    async def hide(self, request: Request) -> JSONResponse:
        """Top-level replies only; what is below goes along."""
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("threads_manage_replies")
        post = await self.seen(request.path_params["id"], who)
        above = await self._network.stored_post(post.parent_id) if post.parent_id else None
        if above is None or above.parent_id:
            raise errors.invalid("Only top-level replies can be hidden")
        is_hidden = is_yes(data, "hide")
        for one in (post, *await self._below(post, deep=True)):
            await self._network.save_post(replace(one, data={**one.data, "hidden": is_hidden}))
        return JSONResponse({"success": True})
