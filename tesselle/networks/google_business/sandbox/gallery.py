"""Photos and films of a profile's gallery: fetched, and told with the address they came from."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import body_of
from tesselle.networks.google_business.sandbox import rules
from tesselle.networks.google_business.sandbox.wire import not_found, paged, place_for, stamp
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork


class Gallery:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def create(self, request: Request, caller: SimAccount) -> Response:
        place, told = await place_for(request, caller, self._network), await body_of(request)
        rules.check_photo(told, self._network.web)
        number = await self._network.next_id("photos")
        name = f"{place.facts['account']}/{place.id}/media/AF1Qip{number:08d}"
        mime = "video/mp4" if told["mediaFormat"] == "VIDEO" else "image/jpeg"
        file = {"mime": mime, "alt": "", "source": told["sourceUrl"]}
        photo = self._network.new_post(name, place.id, "", media=(file,), data={"told": dict(told)})
        await self._network.add_post(photo)
        return JSONResponse(self._shown(photo))

    async def _named(self, request: Request, caller: SimAccount) -> SimPost:
        place = await place_for(request, caller, self._network)
        name = f"{place.facts['account']}/{place.id}/media/{request.path_params['photo']}"
        photo = await self._network.post(name)
        if photo is None or photo.account_id != place.id:
            raise not_found()
        return photo

    async def read(self, request: Request, caller: SimAccount) -> Response:
        return JSONResponse(self._shown(await self._named(request, caller)))

    async def listed(self, request: Request, caller: SimAccount) -> Response:
        place = await place_for(request, caller, self._network)
        found = [one for one in await self._network.posts(place.id) if "/media/" in one.id]
        return paged(request, "mediaItems", [self._shown(one) for one in found], 2500, 100)

    async def remove(self, request: Request, caller: SimAccount) -> Response:
        await self._network.remove_post((await self._named(request, caller)).id)
        return JSONResponse({})

    def _shown(self, photo: SimPost) -> dict[str, Any]:
        return {
            "name": photo.id,
            **photo.data["told"],
            "googleUrl": f"https://lh3.example/{photo.id.rpartition('/')[2]}",
            "createTime": stamp(photo.created_at),
        }
