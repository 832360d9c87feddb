"""Posts of a place: taken, looked at, shown or not."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import body_of
from tesselle.networks.google_business.sandbox import rules
from tesselle.networks.google_business.sandbox.wire import invalid, not_found, paged, place_for, stamp
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

SLOW_LOOKS = 3
"""How often one must ask until a post was looked at, while `slow_processing` is on."""


class Posts:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def create(self, request: Request, caller: SimAccount) -> Response:
        place, told = await place_for(request, caller, self._network), await body_of(request)
        if "no_posts_here" in self._network.flags:
            reason = "LOCATION_DISABLED_FOR_LOCAL_POST_API"
            raise invalid("name", "The location may not use the local post API.", reason)
        rules.check(told, self._network.web)
        number = 8_100_000_000 + await self._network.next_id("posts")
        name = f"{place.facts['account']}/{place.id}/localPosts/{number}"
        media = [
            {"mime": "image/jpeg", "alt": "", "source": item["sourceUrl"]} for item in told.get("media") or []
        ]
        post = self._network.new_post(
            name,
            place.id,
            str(told.get("summary") or ""),
            title=str((told.get("event") or {}).get("title") or ""),
            media=tuple(media),
            data={
                "told": {name: value for name, value in told.items() if name != "media"},
                "state": "REJECTED" if "rejects" in self._network.flags else "LIVE",
                "looks": SLOW_LOOKS if "slow_processing" in self._network.flags else 0,
                "updated_at": stamp(self._network.clock()),
            },
        )
        await self._network.add_post(post)
        return JSONResponse(self._shown(post, state="PROCESSING"))

    async def _named(self, request: Request, caller: SimAccount) -> SimPost:
        place = await place_for(request, caller, self._network)
        name = f"{place.facts['account']}/{place.id}/localPosts/{request.path_params['post']}"
        post = await self._network.post(name)
        if post is None or post.account_id != place.id:
            raise not_found()
        return post

    async def read(self, request: Request, caller: SimAccount) -> Response:
        post = await self._named(request, caller)
        if post.data["looks"]:
            await self._network.save_post(replace(post, data={**post.data, "looks": post.data["looks"] - 1}))
        return JSONResponse(self._shown(post))

    async def listed(self, request: Request, caller: SimAccount) -> Response:
        """Newest first. `partial_listing`: the newest is not there yet."""
        place = await place_for(request, caller, self._network)
        posts = [one for one in await self._network.posts(place.id) if "/localPosts/" in one.id]
        found = list(reversed(posts))
        if "partial_listing" in self._network.flags:
            found = found[1:]
        return paged(request, "localPosts", [self._shown(post) for post in found], 100, 20)

    async def change(self, request: Request, caller: SimAccount) -> Response:
        post, told = await self._named(request, caller), await body_of(request)
        mask = [name for name in request.query_params.get("updateMask", "").split(",") if name]
        if not mask or "media" in mask or set(told) - set(mask):
            raise invalid("update_mask", "Must name the fields that change; media cannot be changed.")
        whole = {**post.data["told"], **{name: told.get(name) for name in mask}}
        rules.check(whole, None)
        now = self._network.clock()
        changed = replace(
            post,
            text=str(whole.get("summary") or ""),
            data={**post.data, "told": whole, "updated_at": stamp(now)},
        )
        await self._network.save_post(changed)
        return JSONResponse(self._shown(changed, state="PROCESSING"))

    async def remove(self, request: Request, caller: SimAccount) -> Response:
        post = await self._named(request, caller)
        await self._network.remove_post(post.id)
        return JSONResponse({})

    def _shown(self, post: SimPost, state: str = "") -> dict[str, Any]:
        data = post.data
        media = [
            {
                "name": f"{post.id}/media/{number}",
                "mediaFormat": "PHOTO",
                "googleUrl": "https://lh3.example/p",
            }
            for number, _ in enumerate(post.media)
        ]
        return {
            "name": post.id,
            **data["told"],
            **({"media": media} if media else {}),
            "state": state or ("PROCESSING" if data["looks"] else data["state"]),
            "createTime": stamp(post.created_at),
            "updateTime": data["updated_at"],
            "searchUrl": f"https://local.google.example/place?use=posts&lpsid={post.id.rpartition('/')[2]}",
        }
