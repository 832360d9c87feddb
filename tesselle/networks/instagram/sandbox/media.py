"""What is out: read, listed, measured, deleted. Containers answer at the same addresses."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, chosen, listed, page_of, params, stamp
from tesselle.networks.instagram.sandbox.accounts import account_fields
from tesselle.simulation.network import SimPost, SimulatedNetwork

USAGE = '{"call_count":9,"total_time":4,"total_cputime":2}'
SUBCODE_33 = "subcode_33"
"""A flag: reads of containers answer wrongly that there is no such thing."""

METRICS = {
    "FEED": {"views", "reach", "likes", "comments", "shares", "saved", "total_interactions", "follows"},
    "REELS": {
        *("views", "reach", "likes", "comments", "shares", "saved", "total_interactions"),
        *("ig_reels_video_view_total_time", "ig_reels_avg_watch_time"),
    },
    "STORY": {"views", "reach", "shares", "replies", "navigation", "total_interactions"},
}
FIGURES = {
    "views": "impressions",
    "reach": "reach",
    "likes": "reactions",
    "comments": "comments",
    "shares": "shares",
    "saved": "saves",
    "ig_reels_video_view_total_time": "watch_time",
    "ig_reels_avg_watch_time": "mean_watch_time",
}
IN_MILLISECONDS = {"watch_time", "mean_watch_time"}


def _shown(figure: str, figures: Mapping[str, int]) -> int:
    return figures.get(figure, 0) * (1000 if figure in IN_MILLISECONDS else 1)


def media_fields(post: SimPost, handle: str) -> dict[str, Any]:
    is_film = any(str(file["mime"]).startswith("video/") for file in post.media)
    kind = "CAROUSEL_ALBUM" if post.data["type"] == "CAROUSEL" else "VIDEO" if is_film else "IMAGE"
    shortcode = f"C{int(post.id) % 10**9:x}"
    fields: dict[str, Any] = {
        "id": post.id,
        "caption": post.text,
        "timestamp": stamp(post.created_at),
        "media_type": kind,
        "media_product_type": post.data["product"],
        "permalink": f"https://www.instagram.com/p/{shortcode}/",
        "shortcode": shortcode,
        "username": handle,
        "like_count": post.figures.get("reactions", 0),
        "comments_count": post.figures.get("comments", 0),
    }
    if kind == "CAROUSEL_ALBUM":
        fields["children"] = {"data": [{"id": f"{post.id}{place}"} for place, _ in enumerate(post.media)]}
    return fields


class MediaPages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def own_post(self, number: str, who: Caller) -> SimPost:
        post = await self._network.post(number)
        if post is None:
            raise errors.missing(number)
        top = await self._network.stored_post(str(post.data.get("media") or post.parent_id or post.id))
        if top is None or top.account_id != who.account.id:
            raise errors.missing(number)
        return post

    async def read(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        number = request.path_params["id"]
        container = await self._network.kept("containers", number)
        if container is not None and container["account"] == who.account.id:
            if SUBCODE_33 in self._network.flags:
                raise errors.missing(number)
            return JSONResponse(chosen(await self._status(container), data, ()))
        if number == who.account.id:
            fields, usual = await account_fields(who.account, self._network), ("username",)
        else:
            post = await self.own_post(number, who)
            if post.data.get("kind") != "media":
                fields, usual = {"id": post.id, "text": post.text}, ("text",)
            else:
                fields, usual = media_fields(post, who.account.handle), ("caption",)
        return JSONResponse(chosen(fields, data, usual), headers={"X-App-Usage": USAGE})

    async def _status(self, container: dict[str, Any]) -> dict[str, Any]:
        """Each look brings it nearer to its end."""
        number = container["id"]
        post = await self._network.stored_post(str(container["media"]))
        if post is not None and post.visible_at <= self._network.clock():
            return {"id": number, "status_code": "PUBLISHED", "status": "Published"}
        if str(container["until"]) <= self._network.clock().isoformat():
            return {"id": number, "status_code": "EXPIRED", "status": "Expired"}
        if container["error"]:
            return {"id": number, "status_code": "ERROR", "status": container["error"]}
        if container["looks"] > 0:
            await self._network.keep("containers", number, {**container, "looks": container["looks"] - 1})
            return {"id": number, "status_code": "IN_PROGRESS", "status": "In progress"}
        return {"id": number, "status_code": "FINISHED", "status": "Finished"}

    async def own(self, request: Request) -> JSONResponse:
        return await self._listed(request, stories=False)

    async def stories(self, request: Request) -> JSONResponse:
        return await self._listed(request, stories=True)

    async def _listed(self, request: Request, *, stories: bool) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        if request.path_params["id"] not in {who.account.id, "me"}:
            raise errors.missing(request.path_params["id"])
        since = self._network.clock() - timedelta(days=1)
        rows = []
        for post in reversed(await self._network.posts(who.account.id)):
            is_media = post.data.get("kind") == "media"
            is_story = post.data.get("product") == "STORY"
            if is_media and is_story == stories and (not stories or post.created_at > since):
                rows.append(media_fields(post, who.account.handle))
        return JSONResponse(page_of(rows, request, data))

    async def insights(self, request: Request) -> JSONResponse:
        """A metric that does not go with this kind of post fails the whole call."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if not who.scopes & {"instagram_manage_insights", "instagram_business_manage_insights"}:
            raise errors.GraphRefusal(400, 10, "Application does not have permission for this action")
        post = await self.own_post(request.path_params["id"], who)
        asked = [str(one) for one in listed(data, "metric")]
        known = METRICS.get(str(post.data.get("product")), set())
        if not asked or not set(asked) <= known:
            raise errors.invalid(f"metric[0] must be one of the following values: {', '.join(sorted(known))}")
        figures = await self._network.figures(post)
        figures["mean_watch_time"] = figures.get("watch_time", 0) // max(figures.get("video_views", 0), 1)
        rows = [
            {
                "name": name,
                "period": "lifetime",
                "values": [{"value": _shown(FIGURES.get(name, ""), figures)}],
            }
            for name in asked
        ]
        return JSONResponse({"data": rows})

    async def delete(self, request: Request) -> JSONResponse:
        """Through the Page's door only."""
        data = await params(request)
        who = await caller(request, data, self._network)
        if who.kind == "INSTAGRAM":
            raise errors.invalid("Unsupported delete request")
        who.needs("instagram_manage_contents")
        post = await self.own_post(request.path_params["id"], who)
        await self._network.remove_post(post.id)
        return JSONResponse({"success": True})
