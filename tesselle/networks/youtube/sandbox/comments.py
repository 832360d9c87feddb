"""What is said below a film, on two levels."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.connectors.sandbox.google import ProblemError, body_of
from tesselle.networks.youtube import limits
from tesselle.networks.youtube.sandbox.videos import Videos, not_found
from tesselle.networks.youtube.sandbox.wire import ids_of, kept_parts, paged, parts_of, stamp, utf16
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

BROUGHT_ALONG = 5
"""So many answers come with their thread at most."""


def _switched_off() -> ProblemError:
    words = "The video identified by the videoId parameter has disabled comments."
    return ProblemError(403, words, "commentsDisabled", domain="youtube.commentThread")


def _gone() -> ProblemError:
    return ProblemError(404, "The specified comment could not be found.", "commentNotFound")


def _said(told: Any) -> str:
    text = str((told or {}).get("textOriginal") or "")
    if not text.strip():
        raise ProblemError(400, "The comment has no text.", "commentTextRequired")
    if utf16(text) > limits.COMMENT_UNITS:
        raise ProblemError(400, "The comment exceeds the maximum length.", "commentTextTooLong")
    return text


class Comments:
    def __init__(self, network: SimulatedNetwork, videos: Videos) -> None:
        self._network = network
        self._videos = videos

    async def _open(self, video: str) -> SimPost:
        """The film, if it is to be seen and may be spoken below."""
        post = await self._network.post(video)
        if post is None or post.parent_id or post.draft:
            raise not_found()
        if post.data["kids"] or "comments_off" in self._network.flags:
            raise _switched_off()
        return post

    async def threads(self, request: Request, account: SimAccount) -> Response:
        """The newest first. `partial_listing`: the newest is not there yet."""
        parts, video = parts_of(request), await self._open(request.query_params.get("videoId", ""))
        found = list(reversed(await self._network.replies_to(video.id)))
        if "partial_listing" in self._network.flags:
            found = found[1:]
        shown = [kept_parts(parts, await self._thread(one, video.id)) for one in found]
        return paged(request, "commentThread", shown)

    async def begin(self, request: Request, account: SimAccount) -> Response:
        told = (await body_of(request)).get("snippet") or {}
        video = await self._open(str(told.get("videoId", "")))
        text = _said((told.get("topLevelComment") or {}).get("snippet"))
        number = f"Ug{await self._network.next_id('comments'):09d}"
        comment = self._network.new_post(number, account.id, text, parent_id=video.id)
        await self._network.add_post(comment)
        return JSONResponse(kept_parts(parts_of(request), await self._thread(comment, video.id)))

    async def listed(self, request: Request, account: SimAccount) -> Response:
        parts, parent = parts_of(request), request.query_params.get("parentId")
        if parent:
            await self._comment(parent)
            found = await self._network.replies_to(parent)
        else:
            named = [await self._network.post(one) for one in ids_of(request)]
            found = [one for one in named if one is not None and one.parent_id]
        return paged(request, "comment", [kept_parts(parts, await self._shown(one)) for one in found])

    async def answer(self, request: Request, account: SimAccount) -> Response:
        told = (await body_of(request)).get("snippet") or {}
        above = await self._comment(str(told.get("parentId", "")))
        root = await self._network.stored_post(above.parent_id)
        if root is None or root.parent_id:
            raise ProblemError(400, "The parent comment is an answer itself.", "parentCommentNotFound")
        await self._open(root.id)
        number = f"{above.id}.{await self._network.next_id('answers'):06d}"
        comment = self._network.new_post(number, account.id, _said(told), parent_id=above.id)
        await self._network.add_post(comment)
        return JSONResponse(kept_parts(parts_of(request), await self._shown(comment)))

    async def remove(self, request: Request, account: SimAccount) -> Response:
        comment = await self._comment(request.query_params.get("id", ""))
        if comment.account_id != account.id:
            raise ProblemError(403, "The comment cannot be deleted by this user.", "forbidden")
        await self._network.remove_post(comment.id)
        return Response(status_code=204)

    async def _comment(self, number: str) -> SimPost:
        comment = await self._network.post(number)
        if comment is None or not comment.parent_id:
            raise _gone()
        return comment

    async def _thread(self, top: SimPost, video: str) -> dict[str, Any]:
        below = await self._network.replies_to(top.id)
        thread: dict[str, Any] = {
            "kind": "youtube#commentThread",
            "id": top.id,
            "snippet": {
                "videoId": video,
                "topLevelComment": await self._shown(top),
                "totalReplyCount": len(below),
                "canReply": True,
                "isPublic": True,
            },
        }
        shown = [await self._shown(one) for one in below[-BROUGHT_ALONG:]]
        return thread | ({"replies": {"comments": shown}} if shown else {})

    async def _shown(self, comment: SimPost) -> dict[str, Any]:
        author = await self._network.account(comment.account_id)
        return {
            "kind": "youtube#comment",
            "id": comment.id,
            "snippet": {
                "textDisplay": comment.text,
                "textOriginal": comment.text,
                "authorDisplayName": f"@{author.handle}" if author is not None else "",
                "authorChannelId": {"value": comment.account_id},
                "likeCount": 0,
                "publishedAt": stamp(comment.created_at),
                "updatedAt": stamp(comment.created_at),
            },
        }
