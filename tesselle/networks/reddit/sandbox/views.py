"""What is only read: the account, its lists, single things, the tree of comments."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.reddit.sandbox import wire
from tesselle.networks.reddit.sandbox.shapes import thing
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

SHOWN_AT_ONCE = 200
SHOWN_IN_A_SHORT_TREE = 2
"""With the flag `short_tree`: the rest hides behind a stub."""


class Views:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def me(self, request: Request, account: SimAccount) -> Response:
        return JSONResponse(
            {
                "id": account.id,
                "name": account.handle,
                "icon_img": "https://styles.redd.example/portrait.png",
                "total_karma": int(account.facts.get("karma", 120)),
                "created_utc": 1_600_000_000.0,
                "has_verified_email": "mail_unconfirmed" not in self._network.flags,
                "is_suspended": "suspended" in self._network.flags,
            }
        )

    async def about(self, request: Request, account: SimAccount) -> Response:
        shown = await self._called(request)
        profile = {"display_name": f"u_{shown.handle}", "subscribers": shown.followers}
        data = {"id": shown.id, "name": shown.handle, "total_karma": 120, "subreddit": profile}
        return wire.answered(request, {"kind": "t2", "data": data})

    async def submitted(self, request: Request, account: SimAccount) -> Response:
        """Newest first. What a filter removed is still in one's own list."""
        return await self._listed(request, comments=False)

    async def commented(self, request: Request, account: SimAccount) -> Response:
        return await self._listed(request, comments=True)

    async def _listed(self, request: Request, *, comments: bool) -> Response:
        owner = await self._called(request)
        own = [one for one in await self._network.posts(owner.id) if bool(one.parent_id) == comments]
        shown = [await thing(self._network, one) for one in reversed(own)]
        return wire.paged(request, shown, "t1" if comments else "t3")

    async def _called(self, request: Request) -> SimAccount:
        wanted = request.path_params["user"].lower()
        for one in await self._network.accounts():
            if one.handle.lower() == wanted:
                return one
        raise wire.plain(404, "Not Found")

    async def info(self, request: Request, account: SimAccount) -> Response:
        """Shells of deleted things included; what nobody ever posted is missing."""
        found = []
        for name in request.query_params.get("id", "").split(","):
            post = await self._network.stored_post(name)
            is_there = post is not None and post.visible_at <= self._network.clock()
            if post is not None and is_there:
                seen = await self._network.post(name)
                found.append(await thing(self._network, seen or post))
        children = [{"kind": one["name"][:2], "data": one} for one in found]
        data = {"after": None, "before": None, "dist": len(children), "children": children}
        return wire.answered(request, {"kind": "Listing", "data": data})

    async def comments(self, request: Request, account: SimAccount) -> Response:
        post = await self._network.post(f"t3_{request.path_params['id']}")
        if post is None:
            raise wire.plain(404, "Not Found")
        shown = await thing(self._network, post)
        tree = await self._tree(post, int(request.query_params.get("depth", "10")))
        return wire.answered(request, [wire.listing([shown], "t3"), tree])

    async def _tree(self, post: SimPost, depth: int) -> dict[str, Any]:
        short = "short_tree" in self._network.flags
        most = SHOWN_IN_A_SHORT_TREE if short else SHOWN_AT_ONCE
        below = list(reversed(await self._network.replies_to(post.id)))
        listing = wire.listing([], "t1")
        for one in below[:most]:
            data = await thing(self._network, one)
            if depth > 1 and await self._network.replies_to(one.id):
                data["replies"] = await self._tree(one, depth - 1)
            listing["data"]["children"].append({"kind": "t1", "data": data})
        if below[most:]:
            listing["data"]["children"].append(_stub(post, below[most:]))
        return listing

    async def more(self, request: Request, account: SimAccount) -> Response:
        told = await wire.form_of(request) if request.method == "POST" else dict(request.query_params)
        posts = [await self._network.post(f"t1_{one}") for one in told.get("children", "").split(",")]
        things = [{"kind": "t1", "data": await thing(self._network, one)} for one in posts if one is not None]
        return wire.made({"things": things})


def _stub(parent: SimPost, hidden: Sequence[SimPost]) -> dict[str, Any]:
    numbers = [one.id.removeprefix("t1_") for one in hidden]
    data = {
        "id": numbers[0],
        "name": f"t1_{numbers[0]}",
        "parent_id": parent.id,
        "count": len(numbers),
        "depth": 0,
        "children": numbers,
    }
    return {"kind": "more", "data": data}
