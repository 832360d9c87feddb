"""Reviews of a place, with their one answer each."""

import zlib
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import body_of
from tesselle.networks.google_business import limits
from tesselle.networks.google_business.sandbox.wire import invalid, not_found, paged, place_for, stamp
from tesselle.simulation.network import SimAccount, SimulatedNetwork

STARS = ("ONE", "TWO", "THREE", "FOUR", "FIVE")
MOSTLY = (5, 5, 4, 5, 4, 5, 3, 5, 4, 2)
"""The stars of a practice world's reviews, which are what its people say below posts elsewhere. Who comes back after
an answer changes the review."""

Kept = Mapping[str, Any]


class Reviews:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def write(self, place: SimAccount, author: str, stars: int, text: str = "") -> str:
        """Somebody leaves a review."""
        number = f"rev{await self._network.next_id('reviews'):06d}"
        review = {
            "id": number,
            "place": place.id,
            "author": author,
            "stars": stars,
            "text": text,
            "at": stamp(self._network.clock()),
        }
        await self._network.keep("reviews", number, review)
        return number

    async def _all(self, place: SimAccount) -> list[Kept]:
        """The newest first."""
        found = [one for one in await self._network.all_kept("reviews") if one["place"] == place.id]
        for post in await self._network.posts(place.id):
            for comment in await self._network.replies_to(post.id):
                author = await self._network.account(comment.account_id)
                added = await self._network.replies_to(comment.id)
                found.append(
                    {
                        "id": comment.id.rpartition("/")[2],
                        "line": comment.id,
                        "author": author.name if author is not None else "",
                        "stars": MOSTLY[zlib.crc32(comment.id.encode()) % len(MOSTLY)],
                        "text": "\n".join(one.text for one in (comment, *added)),
                        "at": stamp(comment.created_at),
                        "changed": stamp(added[-1].created_at) if added else "",
                    }
                )
        return sorted(found, key=lambda one: str(one["at"]), reverse=True)

    async def _named(self, request: Request, caller: SimAccount) -> tuple[SimAccount, Kept]:
        place = await place_for(request, caller, self._network)
        wanted = request.path_params["review"]
        review = next((one for one in await self._all(place) if one["id"] == wanted), None)
        if review is None:
            raise not_found()
        return place, review

    async def listed(self, request: Request, caller: SimAccount) -> Response:
        place = await place_for(request, caller, self._network)
        found = await self._all(place)
        shown = [await self._shown(place, one) for one in found]
        average = sum(one["stars"] for one in found) / len(found) if found else 0
        more = {"averageRating": round(average, 1), "totalReviewCount": len(found)} if found else {}
        return paged(request, "reviews", shown, 50, 50, **more)

    async def read(self, request: Request, caller: SimAccount) -> Response:
        return JSONResponse(await self._shown(*await self._named(request, caller)))

    async def answer(self, request: Request, caller: SimAccount) -> Response:
        place, review = await self._named(request, caller)
        told = await body_of(request)
        text = str(told.get("comment") or "")
        if set(told) != {"comment"} or not text.strip() or len(text.encode()) > limits.REPLY_BYTES:
            raise invalid("comment", f"Must be between 1 and {limits.REPLY_BYTES} bytes.")
        state = "REJECTED" if "rejects" in self._network.flags else "APPROVED"
        key, now = f"{place.id} {review['id']}", stamp(self._network.clock())
        reply = {
            "comment": text,
            "updateTime": now,
            "state": "PENDING" if "slow_processing" in self._network.flags else state,
        }
        await self._network.keep("answers", key, reply)
        await self._network.note_answer(place.id, str(review.get("line", review["id"])))
        return JSONResponse(_reply({**reply, "state": "PENDING"}))

    async def take_back(self, request: Request, caller: SimAccount) -> Response:
        place, review = await self._named(request, caller)
        if not await self._network.forget("answers", f"{place.id} {review['id']}"):
            raise not_found()
        return JSONResponse({})

    async def _shown(self, place: SimAccount, review: Kept) -> dict[str, Any]:
        name = f"{place.facts['account']}/{place.id}/reviews/{review['id']}"
        told: dict[str, Any] = {
            "name": name,
            "reviewId": review["id"],
            "reviewer": {"displayName": review["author"]} if review["author"] else {"isAnonymous": True},
            "starRating": STARS[int(review["stars"]) - 1],
            "createTime": review["at"],
            "updateTime": review.get("changed") or review["at"],
        }
        told |= {"comment": review["text"]} if review["text"] else {}
        reply = await self._network.kept("answers", f"{place.id} {review['id']}")
        return told | ({"reviewReply": _reply(reply)} if reply is not None else {})


def _reply(kept: Kept) -> dict[str, Any]:
    told = {"comment": kept["comment"], "updateTime": kept["updateTime"], "reviewReplyState": kept["state"]}
    return told | ({"policyViolation": "OFF_TOPIC"} if kept["state"] == "REJECTED" else {})
