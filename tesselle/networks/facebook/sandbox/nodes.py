"""One thing by its number: read, changed, deleted, measured."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, chosen, listed, params, words
from tesselle.networks.facebook import limits
from tesselle.networks.facebook.sandbox.feed import units
from tesselle.networks.facebook.sandbox.pages import USAGE, page_fields
from tesselle.networks.facebook.sandbox.shapes import comment_fields, film_fields, post_fields
from tesselle.simulation.network import SimPost, SimulatedNetwork

INSIGHTS = {
    "post_media_view": ("impressions", 1),
    "post_total_media_view_unique": ("reach", 1),
    "post_clicks": ("clicks", 1),
    "post_video_views": ("video_views", 1),
    "post_video_view_time": ("watch_time", 1000),
    "post_video_avg_time_watched": ("mean_watch_time", 1000),
}
"""What is counted for it, in whole units, and how many of the network's go into one."""


class Nodes:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def read(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        fields, usual = await self._fields(request.path_params["id"], who)
        return JSONResponse(chosen(fields, data, usual), headers={"X-App-Usage": USAGE})

    async def _fields(self, number: str, who: Caller) -> tuple[dict[str, Any], tuple[str, ...]]:
        if number == who.account.id:
            return page_fields(who.account), ("name",)
        photo, video = await self._network.kept("photos", number), await self._network.kept("videos", number)
        if photo is not None and photo["account"] == who.account.id:
            return {"id": number, "alt_text_custom": photo["alt"]}, ()
        if video is not None and video["account"] == who.account.id:
            post = await self._network.stored_post(str(video["post"])) if video["post"] else None
            if post is not None and post.removed:
                raise errors.missing(number)
            return film_fields(video, await self._counted(post), self._network.clock()), ("description",)
        post = await self._own_post(number, who)
        if post.parent_id:
            return comment_fields(post, who.account.id), ("message", "created_time", "from")
        return post_fields(post, await self._network.replies_to(post.id)), ("message", "created_time")

    async def _counted(self, post: SimPost | None) -> SimPost | None:
        return None if post is None else replace(post, figures=await self._network.figures(post))

    async def _own_post(self, number: str, who: Caller) -> SimPost:
        post = await self._network.post(number)
        if post is None or post.draft:
            raise errors.missing(number)
        top = str(post.data.get("post", "")) or post.parent_id or post.id
        owner = await self._network.stored_post(top)
        if owner is None or owner.account_id != who.account.id:
            raise errors.missing(number)
        return post

    async def _target(self, number: str, who: Caller) -> SimPost:
        """What is changed or deleted: a post, a comment, or the post of a film."""
        video = await self._network.kept("videos", number)
        return await self._own_post(str(video["post"]) if video is not None else number, who)

    async def change(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("pages_manage_posts")
        post = await self._target(request.path_params["id"], who)
        name = "description" if post.data.get("video") else "message"
        text = words(data, name)
        if name not in data or units(text) > limits.MESSAGE_UNITS:
            raise errors.invalid(f"Param {name}")
        stored = await self._network.stored_post(post.id)
        assert stored is not None
        await self._network.save_post(replace(stored, text=text))
        return JSONResponse({"success": True})

    async def delete(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("pages_manage_posts")
        post = await self._target(request.path_params["id"], who)
        await self._network.remove_post(post.id)
        return JSONResponse({"success": True})

    async def insights(self, request: Request) -> JSONResponse:
        """One name that is not known fails the whole call."""
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("read_insights")
        post = await self._own_post(request.path_params["id"], who)
        asked = [str(one) for one in listed(data, "metric")]
        if not asked or any(name not in INSIGHTS for name in asked):
            known = ", ".join(sorted(INSIGHTS))
            raise errors.invalid(f"The value must be a valid insights metric: {known}")
        figures = await self._network.figures(post)
        figures["mean_watch_time"] = figures.get("watch_time", 0) // max(figures.get("video_views", 0), 1)
        rows = [
            {
                "name": name,
                "period": "lifetime",
                "values": [{"value": figures.get(INSIGHTS[name][0], 0) * INSIGHTS[name][1]}],
                "id": f"{post.id}/insights/{name}/lifetime",
            }
            for name in asked
        ]
        return JSONResponse({"data": rows, "paging": {}})
