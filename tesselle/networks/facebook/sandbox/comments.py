"""Comments, two levels deep."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, page_of, params, words
from tesselle.networks.facebook import limits
from tesselle.networks.facebook.sandbox.feed import units
from tesselle.networks.facebook.sandbox.shapes import comment_fields
from tesselle.simulation.network import SimPost, SimulatedNetwork


class Comments:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def write(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("pages_manage_engagement")
        under = await self._thing(request.path_params["id"], who)
        message = words(data, "message")
        if not message.strip() or units(message) > limits.COMMENT_UNITS:
            raise errors.invalid("Param message")
        if under.data.get("parent"):
            raise errors.invalid("Replies to replies are not supported")
        comment = await self._made(under, message, who)
        if words(data, "fields"):
            # The comment stands all the same.
            raise errors.GraphRefusal(400, 20, "The response could not be built", 1772107)
        return JSONResponse({"id": comment.id})

    async def _made(self, under: SimPost, message: str, who: Caller) -> SimPost:
        post = str(under.data.get("post", under.id))
        number = await self._network.next_id("ids")
        told = {
            "kind": "comment",
            "app": who.app,
            "post": post,
            "parent": under.id if under.parent_id else "",
            "author": who.account.name,
        }
        comment_id = f"{post.rpartition('_')[2]}_{number}"
        comment = self._network.new_post(comment_id, who.account.id, message, parent_id=under.id, data=told)
        await self._network.add_post(comment)
        return comment

    async def _thing(self, number: str, who: Caller) -> SimPost:
        """A post, a comment, or the film of a post, once it is there for all."""
        video = await self._network.kept("videos", number)
        found = await self._network.post(str(video["post"]) if video is not None else number)
        if found is None or found.draft:
            raise errors.missing(number)
        return found

    async def all(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        under = await self._thing(request.path_params["id"], who)
        found = await self._network.replies_to(under.id)
        if words(data, "filter") == "stream":
            found += [deeper for one in found for deeper in await self._network.replies_to(one.id)]
        backwards = words(data, "order") == "reverse_chronological"
        found.sort(key=lambda one: one.created_at, reverse=backwards)
        if "pages_read_user_content" not in who.scopes:
            found = [one for one in found if one.account_id == who.account.id]
        rows: list[dict[str, Any]] = [comment_fields(one, who.account.id) for one in found]
        return JSONResponse(page_of(rows, request, data, ("message", "created_time", "from")))
