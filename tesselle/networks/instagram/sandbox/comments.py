"""Comments and the replies below them."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, field_names, page_of, params, stamp, words
from tesselle.networks.instagram import limits
from tesselle.networks.instagram.sandbox.containers import units
from tesselle.networks.instagram.sandbox.media import MediaPages
from tesselle.simulation.network import SimPost

SCOPES = {"instagram_manage_comments", "instagram_business_manage_comments"}
NO_AUTHORS = "no_authors"
"""A flag: who wrote may not be asked for."""


class Comments(MediaPages):
    async def write(self, request: Request) -> JSONResponse:
        return await self._write(request, "media")

    async def reply(self, request: Request) -> JSONResponse:
        return await self._write(request, "comment")

    async def _write(self, request: Request, below: str) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        if not who.scopes & SCOPES:
            raise errors.not_allowed("instagram_manage_comments")
        under = await self.own_post(request.path_params["id"], who)
        is_media = under.data.get("kind") == "media"
        if is_media != (below == "media") or under.data.get("parent"):
            raise errors.invalid("Replies go to comments on a media, comments to a media")
        message = words(data, "message")
        if not message.strip() or units(message) > limits.COMMENT_UNITS:
            raise errors.invalid("message")
        comment = await self._made(under, message, who)
        if words(data, "fields"):
            raise errors.GraphRefusal(400, 20, "The response could not be built", 1772107)
        return JSONResponse({"id": comment.id})

    async def _made(self, under: SimPost, message: str, who: Caller) -> SimPost:
        number = str(17 * 10**15 + 2 * 10**9 + await self._network.next_id("ids"))
        told = {
            "kind": "comment",
            "media": str(under.data.get("media") or under.id),
            "parent": "" if under.data.get("kind") == "media" else under.id,
            "author": who.account.handle,
        }
        comment = self._network.new_post(number, who.account.id, message, parent_id=under.id, data=told)
        await self._network.add_post(comment)
        return comment

    async def below(self, request: Request) -> JSONResponse:
        """Newest first, the replies inside."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if NO_AUTHORS in self._network.flags and "from" in field_names(words(data, "fields")):
            raise errors.invalid("Tried accessing nonexisting field (from)")
        media = await self.own_post(request.path_params["id"], who)
        rows = []
        for comment in reversed(await self._network.replies_to(media.id)):
            deeper = [self._row(one) for one in await self._network.replies_to(comment.id)]
            rows.append({**self._row(comment), **({"replies": {"data": deeper}} if deeper else {})})
        return JSONResponse(page_of(rows, request, data, ("text", "timestamp")))

    def _row(self, comment: SimPost) -> dict[str, Any]:
        name = str(comment.data.get("author", ""))
        return {
            "id": comment.id,
            "text": comment.text,
            "timestamp": stamp(comment.created_at),
            "username": name,
            "from": {"id": comment.account_id, "username": name},
        }
