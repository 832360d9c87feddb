"""What is said below a post, on two levels; plain text, unlike the posts."""

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.linkedin import limits
from tesselle.networks.linkedin.sandbox.rules import too_long
from tesselle.networks.linkedin.sandbox.wire import (
    PAGE,
    Caller,
    RefusedError,
    author_for,
    body_of,
    denied,
    milliseconds,
    not_found,
    paged,
    units,
    versioned,
)
from tesselle.simulation.network import SimPost, SimulatedNetwork

AUDIENCE = 10**15
"""The audience's comments are counted from here: LinkedIn's have numbers, ours of practice worlds do not."""
COMMENT = re.compile(r"urn:li:comment:\(urn:li:activity:(\d+),(\d+)\)")


class Comments:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def _thing(self, urn: str) -> SimPost:
        """The post or comment of a URN, if it is to be seen."""
        thing = await self._network.post(await self._id_of(urn))
        if thing is None:
            raise not_found(urn)
        return thing

    async def _id_of(self, urn: str) -> str:
        named = COMMENT.fullmatch(urn)
        activity = named[1] if named else urn.rpartition(":")[2] if ":activity:" in urn else ""
        if not activity:
            return urn
        kept = await self._network.kept("activities", activity)
        post = str(kept["post"]) if kept is not None else ""
        if named is None:
            return post
        number = int(named[2])
        return f"{post}~{number - AUDIENCE}" if number > AUDIENCE else urn

    def _urn_of(self, comment: SimPost) -> str:
        post, tilde, number = comment.id.rpartition("~")
        if not tilde:
            return comment.id
        return f"urn:li:comment:(urn:li:activity:{post.rpartition(':')[2]},{AUDIENCE + int(number)})"

    async def create(self, request: Request) -> Response:
        who, data = await versioned(request, self._network), await body_of(request)
        below = await self._thing(request.path_params["urn"])
        actor = await author_for(who, str(data.get("actor", "")), self._network)
        text = str((data.get("message") or {}).get("text", ""))
        if not text.strip() or "object" not in data:
            raise RefusedError(400, "MISSING_FIELD", "message or object :: field is required but not found")
        if units(text) > limits.COMMENT_UNITS:
            raise too_long("message", limits.COMMENT_UNITS)
        if below.parent_id and COMMENT.fullmatch(below.parent_id):
            raise RefusedError(400, "ILLEGAL_ARGUMENT", "Replies have no replies")
        root = below.parent_id or below.id
        if below.parent_id and data.get("parentComment") != self._urn_of(below):
            raise RefusedError(400, "MISSING_FIELD", "parentComment :: field is required but not found")
        activity = root.rpartition("~")[0] or root
        number = 7_200_000_000 + await self._network.next_id("comments")
        urn = f"urn:li:comment:(urn:li:activity:{activity.rpartition(':')[2]},{number})"
        comment = self._network.new_post(urn, actor.id, text, parent_id=below.id)
        await self._network.add_post(comment)
        return JSONResponse(await self._json(comment), 201, {"x-restli-id": str(number)})

    async def find(self, request: Request) -> Response:
        """The oldest first. `partial_listing`: the newest is not there yet."""
        who = await versioned(request, self._network)
        below = await self._thing(request.path_params["urn"])
        await self._may_read(who, below)
        found = await self._network.replies_to(below.id)
        if "partial_listing" in self._network.flags:
            found = found[:-1]
        return JSONResponse(paged([await self._json(comment) for comment in found], request))

    async def _may_read(self, who: Caller, thing: SimPost) -> None:
        post = thing
        while post.parent_id and (above := await self._network.stored_post(post.parent_id)) is not None:
            post = above
        if not post.account_id.startswith(PAGE) or "r_organization_social_feed" not in who.scopes:
            raise denied("partnerApiSocialActions.COMMENTS")

    async def _named(self, request: Request) -> SimPost:
        """By the number below the post that it belongs to."""
        post = await self._thing(request.path_params["urn"])
        root = post.id.rpartition(":")[2]
        return await self._thing(f"urn:li:comment:(urn:li:activity:{root},{request.path_params['number']})")

    async def show(self, request: Request) -> Response:
        who = await versioned(request, self._network)
        comment = await self._named(request)
        await self._may_read(who, comment)
        return JSONResponse(await self._json(comment))

    async def delete(self, request: Request) -> Response:
        who = await versioned(request, self._network)
        comment = await self._named(request)
        if comment.account_id != request.query_params.get("actor"):
            raise denied("partnerApiSocialActions.DELETE")
        await author_for(who, comment.account_id, self._network)
        await self._network.remove_post(comment.id)
        return Response(status_code=204)

    async def _json(self, comment: SimPost) -> dict[str, Any]:
        urn = self._urn_of(comment)
        named = COMMENT.fullmatch(urn)
        assert named is not None
        actor = comment.account_id
        actor = actor if actor.startswith("urn:") else f"urn:li:person:{actor}"
        answers = await self._network.replies_to(comment.id)
        told: dict[str, Any] = {
            "id": named[2],
            "commentUrn": urn,
            "object": f"urn:li:activity:{named[1]}",
            "actor": actor,
            "message": {"text": comment.text, "attributes": []},
            "created": {"time": milliseconds(comment.created_at), "actor": actor},
            "commentsSummary": {"aggregatedTotalComments": len(answers)},
        }
        parent = await self._network.stored_post(comment.parent_id)
        if parent is not None and parent.parent_id:
            told["parentComment"] = self._urn_of(parent)
        return told
