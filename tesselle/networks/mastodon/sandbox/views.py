"""What is read: statuses, lists, threads, accounts."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.mastodon.sandbox.shapes import account_json, status_json
from tesselle.networks.mastodon.sandbox.wire import (
    NOT_FOUND,
    Caller,
    caller,
    known_caller,
    profile_of,
    refusal,
)
from tesselle.simulation.network import SimPost, SimulatedNetwork

LARGEST_PAGE = 40
LARGEST_BATCH = 20
OPEN = frozenset({"public", "unlisted"})


def visibility(post: SimPost) -> str:
    return str(post.data.get("visibility") or ("direct" if post.to else "public"))


def sees(who: Caller | None, post: SimPost) -> bool:
    """Narrow posts are for their author and whom they name: nobody follows anybody here."""
    return visibility(post) in OPEN or (who is not None and who.account.id in (post.account_id, *post.to))


class Views:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def shown(self, request: Request, post: SimPost) -> dict[str, Any]:
        author = await self._network.account(post.account_id)
        if author is None:
            raise refusal(404, NOT_FOUND)
        answers = [one for one in await self._network.replies_to(post.id) if visibility(one) in OPEN]
        return status_json(post, author, str(request.base_url), profile_of(request), len(answers))

    async def answer(self, request: Request, post: SimPost, **more: Any) -> JSONResponse:
        return JSONResponse({**await self.shown(request, post), **more})

    async def _readable(self, request: Request, post_id: str) -> SimPost:
        post = await self._network.post(post_id)
        if post is None or not sees(await known_caller(request, self._network), post):
            raise refusal(404, NOT_FOUND)
        return post

    async def status(self, request: Request) -> JSONResponse:
        return await self.answer(request, await self._readable(request, request.path_params["id"]))

    async def source(self, request: Request) -> JSONResponse:
        await caller(request, self._network, "read:statuses")
        post = await self._readable(request, request.path_params["id"])
        spoiler = post.data.get("spoiler_text", "")
        return JSONResponse({"id": post.id, "text": post.text, "spoiler_text": spoiler})

    async def batch(self, request: Request) -> JSONResponse:
        if not profile_of(request).has_batches:
            raise refusal(404, NOT_FOUND)
        found = []
        for post_id in request.query_params.getlist("id[]")[:LARGEST_BATCH]:
            post = await self._network.post(post_id)
            if post is not None:
                found.append(await self.shown(request, post))
        return JSONResponse(found)

    async def context(self, request: Request) -> JSONResponse:
        post = await self._readable(request, request.path_params["id"])
        who = await known_caller(request, self._network)
        ancestors: list[dict[str, Any]] = []
        above = post.parent_id
        while above:
            parent = await self._network.post(above)
            if parent is None:
                break
            if sees(who, parent):
                ancestors.insert(0, await self.shown(request, parent))
            above = parent.parent_id
        descendants = [await self.shown(request, one) for one in await self._below(post.id) if sees(who, one)]
        return JSONResponse({"ancestors": ancestors, "descendants": descendants})

    async def _below(self, post_id: str) -> list[SimPost]:
        found: list[SimPost] = []
        for child in await self._network.replies_to(post_id):
            found += [child, *await self._below(child.id)]
        return found

    async def statuses_of(self, request: Request) -> JSONResponse:
        """Newest first. `partial_listing`: the newest are missing, as after a failed cache."""
        who = await caller(request, self._network, "read:statuses")
        wanted, query = request.path_params["id"], request.query_params
        posts = (await self._network.posts(wanted))[::-1]
        if "partial_listing" in self._network.flags:
            posts = posts[1:]
        if who.account.id != wanted:
            posts = [post for post in posts if visibility(post) in OPEN]
        if query.get("exclude_replies") == "true":
            posts = [post for post in posts if post.data.get("parent_account") in {None, wanted}]
        if "max_id" in query:
            posts = [post for post in posts if int(post.id) < int(query["max_id"])]
        if "min_id" in query:
            posts = [post for post in posts if int(post.id) > int(query["min_id"])]
        page = posts[: min(int(query.get("limit", "20")), LARGEST_PAGE)]
        return JSONResponse([await self.shown(request, post) for post in page])

    async def own_account(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "read:accounts")
        public = await self._network.posts(who.account.id)
        shown = account_json(who.account, str(request.base_url), len(public))
        source = {"privacy": "public", "sensitive": False, "language": "fr", "note": "", "fields": []}
        return JSONResponse({**shown, "source": source})

    async def search(self, request: Request) -> JSONResponse:
        await caller(request, self._network, "read:accounts")
        start = request.query_params.get("q", "").casefold().lstrip("@")
        found = [
            account_json(one, str(request.base_url), 0)
            for one in await self._network.accounts()
            if start and (one.handle.casefold().startswith(start) or start in one.name.casefold())
        ]
        return JSONResponse(found[: int(request.query_params.get("limit", "40"))])

    async def own_app(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network)
        return JSONResponse({"name": who.app, "website": None, "scopes": sorted(who.scopes)})

    async def instance(self, request: Request) -> JSONResponse:
        profile, base = profile_of(request), str(request.base_url)
        if "/v2/" not in request.url.path:
            old = {"uri": request.url.netloc, "title": "Sandbox", "version": profile.version}
            return JSONResponse({**old, "configuration": profile.configuration()})
        if not profile.has_v2:
            raise refusal(404, "Not Found")
        told = {
            "domain": request.url.netloc,
            "title": "Sandbox",
            "version": profile.version,
            "source_url": base,
            "configuration": profile.configuration(),
        }
        if profile.has_batches:
            told["api_versions"] = {"mastodon": 7}
        return JSONResponse(told)

    async def nodeinfo_links(self, request: Request) -> JSONResponse:
        rel = "http://nodeinfo.diaspora.software/ns/schema/2.0"
        return JSONResponse({"links": [{"rel": rel, "href": f"{request.base_url}nodeinfo/2.0"}]})

    async def nodeinfo(self, request: Request) -> JSONResponse:
        profile = profile_of(request)
        name = profile.slug if profile.slug != "other" else "tessera"
        return JSONResponse({"version": "2.0", "software": {"name": name, "version": profile.version}})
