"""What is out: read, listed, measured, deleted. Containers and the profile answer at the same addresses."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import Caller, caller, chosen, listed, page_of, params, stamp
from tesselle.simulation.network import SimPost, SimulatedNetwork

SUBCODE_33 = "subcode_33"
"""A flag: reads of containers answer wrongly that there is no such thing."""
FIGURES = {
    "views": "impressions",
    "likes": "reactions",
    "replies": "comments",
    "reposts": "shares",
    "quotes": "quotes",
    "shares": "sent_on",
}
OWN_FIGURES = {"views", "likes", "replies", "reposts", "quotes", "clicks", "followers_count"}


async def post_fields(post: SimPost, network: SimulatedNetwork) -> dict[str, Any]:
    kind, name = str(post.data.get("type", "TEXT_POST")), str(post.data.get("author", ""))
    code = f"D{abs(hash_of(post.id)):x}"
    fields: dict[str, Any] = {
        "id": post.id,
        "media_product_type": "THREADS",
        "media_type": kind,
        "permalink": f"https://www.threads.com/@{name}/post/{code}",
        "shortcode": code,
        "username": name,
        "text": post.text,
        "timestamp": stamp(post.created_at),
        "is_reply": bool(post.parent_id),
        "has_replies": bool(await network.replies_to(post.id)),
        "topic_tag": post.data.get("topic") or None,
        "link_attachment_url": post.data.get("link") or None,
    }
    if len(post.media) > 1:
        fields["children"] = {"data": [{"id": f"{post.id}{place}"} for place, _ in enumerate(post.media)]}
    if post.parent_id:
        fields["replied_to"] = {"id": post.parent_id}
        fields["root_post"] = {"id": (await root_of(post, network)).id}
    return {name: value for name, value in fields.items() if value is not None}


def hash_of(number: str) -> int:
    return sum(ord(sign) * 31**place for place, sign in enumerate(number[-9:]))


async def root_of(post: SimPost, network: SimulatedNetwork) -> SimPost:
    while post.parent_id:
        above = await network.stored_post(post.parent_id)
        if above is None:
            break
        post = above
    return post


def page_by_cursors(
    rows: list[dict[str, Any]], request: Request, data: dict[str, Any], usual: Sequence[str] = ()
) -> dict[str, Any]:
    """As its collection of requests shows lists: with cursors, and no address of the next page."""
    page = page_of(rows, request, data, usual)
    page.get("paging", {}).pop("next", None)
    return page


class PostPages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def seen(self, number: str, who: Caller) -> SimPost:
        """One's own, or a reply below one's own."""
        post = await self._network.post(number)
        if post is None:
            raise errors.missing(number)
        root = await root_of(post, self._network)
        if who.account.id not in {post.account_id, root.account_id}:
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
            return JSONResponse(chosen(await self._status(container), data, ("status",)))
        if number in {"me", who.account.id}:
            name = who.account.handle
            profile = {"id": who.account.id, "username": name, "name": who.account.name, "is_verified": False}
            return JSONResponse(chosen(profile, data))
        post = await self.seen(number, who)
        return JSONResponse(chosen(await post_fields(post, self._network), data))

    async def _status(self, container: dict[str, Any]) -> dict[str, Any]:
        """Each look brings it nearer to its end."""
        number = container["id"]
        post = await self._network.stored_post(str(container["media"]))
        if post is not None and post.visible_at <= self._network.clock():
            return {"id": number, "status": "PUBLISHED"}
        if str(container["until"]) <= self._network.clock().isoformat():
            return {"id": number, "status": "EXPIRED"}
        if container["error"]:
            return {"id": number, "status": "ERROR", "error_message": container["error"]}
        if container["looks"] > 0:
            await self._network.keep("containers", number, {**container, "looks": container["looks"] - 1})
            return {"id": number, "status": "IN_PROGRESS"}
        return {"id": number, "status": "FINISHED"}

    async def own(self, request: Request) -> JSONResponse:
        return await self._listed(request, replies=False)

    async def own_replies(self, request: Request) -> JSONResponse:
        return await self._listed(request, replies=True)

    async def _listed(self, request: Request, *, replies: bool) -> JSONResponse:
        """Newest first."""
        data = await params(request)
        who = await caller(request, data, self._network)
        own = [post for post in await self._network.posts(who.account.id) if bool(post.parent_id) == replies]
        rows = [await post_fields(post, self._network) for post in reversed(own)]
        return JSONResponse(page_by_cursors(rows, request, data))

    async def insights(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("threads_manage_insights")
        post = await self.seen(request.path_params["id"], who)
        asked, figures = [str(one) for one in listed(data, "metric")], await self._network.figures(post)
        if not asked or not set(asked) <= set(FIGURES):
            raise errors.invalid(f"metric[0] must be one of the following values: {', '.join(FIGURES)}")
        rows = [
            {"name": name, "period": "lifetime", "values": [{"value": figures.get(FIGURES[name], 0)}]}
            for name in asked
        ]
        return JSONResponse({"data": rows})

    async def own_insights(self, request: Request) -> JSONResponse:
        """The profile's views come by day, everything else as one total."""
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("threads_manage_insights")
        asked = [str(one) for one in listed(data, "metric")]
        if not asked or not set(asked) <= OWN_FIGURES:
            raise errors.invalid("metric[0] must be one of the following values")
        rows: list[dict[str, Any]] = []
        for name in asked:
            value = who.account.followers if name == "followers_count" else 0
            told = (
                {"values": [{"value": 0}, {"value": 0}]}
                if name == "views"
                else {"total_value": {"value": value}}
            )
            rows.append({"name": name, "period": "day", **told})
        return JSONResponse({"data": rows})

    async def delete(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await caller(request, data, self._network)
        who.needs("threads_delete")
        post = await self.seen(request.path_params["id"], who)
        if post.account_id != who.account.id:
            raise errors.not_allowed("threads_delete")
        await self._network.remove_post(post.id)
        gone = await self._network.kept("deletions", who.account.id) or {"at": []}
        at = [*gone["at"], self._network.clock().isoformat()]
        await self._network.keep("deletions", who.account.id, {"at": at})
        return JSONResponse({"success": True, "deleted_id": post.id})
