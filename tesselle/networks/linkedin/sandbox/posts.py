"""Posts: made, listed, read, changed, deleted."""

import hashlib
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.linkedin.sandbox.files import Files
from tesselle.networks.linkedin.sandbox.little import shown
from tesselle.networks.linkedin.sandbox.rules import check_commentary, check_post, files_named
from tesselle.networks.linkedin.sandbox.wire import (
    PERSON,
    Caller,
    RefusedError,
    author_for,
    body_of,
    milliseconds,
    not_found,
    paged,
    versioned,
)
from tesselle.simulation.network import SimPost, SimulatedNetwork

SAME_MINUTES = 10
FIRST_NUMBER = 7_100_000_000_000_000_000


class Posts:
    def __init__(self, network: SimulatedNetwork, files: Files) -> None:
        self._network = network
        self._files = files

    async def create(self, request: Request) -> Response:
        who, data = await versioned(request, self._network), await body_of(request)
        check_post(data)
        author = await author_for(who, str(data["author"]), self._network)
        named = [
            {**await self._files.for_post(urn, author.id, kinds), "alt": alt}
            for urn, kinds, alt in files_named(data)
        ]
        await self._not_twice(data)
        urn = await self._new_urn(is_film=any(file["kind"] == "video" for file in named))
        media = tuple({"mime": file["kind"], "alt": file["alt"], "urn": file["urn"]} for file in named)
        kept = {
            "commentary": data["commentary"],
            "content": data.get("content") or {},
            "visibility": data["visibility"],
            "reshares": not data.get("isReshareDisabledByAuthor", False),
            "poll": (data.get("content") or {}).get("poll"),
        }
        post = self._network.new_post(urn, author.id, shown(data["commentary"]), media=media, data=kept)
        await self._network.add_post(post)
        until = (self._network.clock() + timedelta(minutes=SAME_MINUTES)).isoformat()
        await self._network.keep("recent", _sameness(data), {"post": urn, "until": until})
        await self._network.keep("activities", urn.rpartition(":")[2], {"post": urn})
        return Response(status_code=201, headers={"x-restli-id": urn, "x-linkedin-id": urn})

    async def _new_urn(self, *, is_film: bool) -> str:
        number = FIRST_NUMBER + await self._network.next_id("posts")
        return f"urn:li:{'ugcPost' if is_film else 'share'}:{number}"

    async def _not_twice(self, data: dict[str, Any]) -> None:
        """The same by the same author within minutes is refused, and the first is named."""
        known = await self._network.kept("recent", _sameness(data))
        if known is None or known["until"] <= self._network.clock().isoformat():
            return
        first = await self._network.stored_post(known["post"])
        if first is not None and not first.removed:
            raise RefusedError(422, "DUPLICATE_POST", f"Content is a duplicate of {known['post']}")

    # read

    async def _readable(self, request: Request, who: Caller) -> SimPost:
        post = await self._network.post(request.path_params["urn"])
        if post is None or post.parent_id:
            raise not_found(request.path_params["urn"])
        if post.account_id.startswith(PERSON):
            who.demand("r_member_social", "partnerApiPosts.GET")
        else:
            who.demand("r_organization_social", "partnerApiPosts.GET")
        return post

    async def show(self, request: Request) -> Response:
        who = await versioned(request, self._network)
        return JSONResponse(post_json(await self._readable(request, who)))

    async def find(self, request: Request) -> Response:
        """Newest first. `partial_listing`: the newest is not there yet."""
        who, query = await versioned(request, self._network), request.query_params
        author = query.get("author", "")
        if query.get("q") != "author":
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "No such finder")
        who.demand(
            "r_member_social" if author.startswith(PERSON) else "r_organization_social", "posts.FINDER"
        )
        posts = [post for post in await self._network.posts(author) if not post.parent_id][::-1]
        if "partial_listing" in self._network.flags:
            posts = posts[1:]
        return JSONResponse(paged([post_json(post) for post in posts], request))

    # change

    async def _own(self, request: Request) -> SimPost | None:
        who = await versioned(request, self._network)
        post = await self._network.stored_post(request.path_params["urn"])
        if post is None or post.removed:
            return None
        await author_for(who, post.account_id, self._network)
        return post

    async def change(self, request: Request) -> Response:
        if request.headers.get("x-restli-method", "").upper() != "PARTIAL_UPDATE":
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "X-RestLi-Method: PARTIAL_UPDATE is wanted")
        post, data = await self._own(request), await body_of(request)
        if post is None:
            raise not_found(request.path_params["urn"])
        changed = (data.get("patch") or {}).get("$set")
        if not isinstance(changed, dict) or set(changed) - {"commentary", "contentCallToActionLabel"}:
            raise RefusedError(400, "INVALID_VALUE_FOR_FIELD", "patch :: only the commentary can be changed")
        check_commentary(changed["commentary"], has_content=bool(post.data["content"]))
        now = milliseconds(self._network.clock())
        kept = {**post.data, "commentary": changed["commentary"], "modified": now}
        await self._network.save_post(replace(post, text=shown(changed["commentary"]), data=kept))
        return Response(status_code=204)

    async def delete(self, request: Request) -> Response:
        """To delete once more is answered alike."""
        if await self._own(request) is not None:
            await self._network.remove_post(request.path_params["urn"])
        return Response(status_code=204)


def post_json(post: SimPost) -> dict[str, Any]:
    created = milliseconds(post.created_at)
    told: dict[str, Any] = {
        "id": post.id,
        "author": post.account_id,
        "commentary": post.data["commentary"],
        "visibility": post.data["visibility"],
        "lifecycleState": "PUBLISHED",
        "createdAt": created,
        "publishedAt": created,
        "lastModifiedAt": post.data.get("modified", created),
        "isReshareDisabledByAuthor": not post.data["reshares"],
    }
    return told | ({"content": post.data["content"]} if post.data["content"] else {})


def _sameness(data: dict[str, Any]) -> str:
    said = json.dumps([data["author"], data["commentary"], data.get("content") or {}], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
