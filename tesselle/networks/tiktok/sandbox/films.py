"""What became of it, and what is public: status by `publish_id`, lists and figures, the account."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.tiktok.sandbox.envelope import Caller, TikTokRefusal, body_of, caller, envelope
from tesselle.simulation.network import SimPost, SimulatedNetwork

VIDEO = {
    "view_count": "impressions",
    "like_count": "reactions",
    "comment_count": "comments",
    "share_count": "shares",
}
FIELDS = {"id", "create_time", "title", "video_description", "share_url", "duration", *VIDEO}
USER = {"user.info.basic": {"open_id", "union_id", "avatar_url", "display_name"}}
USER |= {
    "user.info.profile": {"username", "bio_description", "profile_deep_link", "is_verified"},
    "user.info.stats": {"follower_count", "following_count", "likes_count", "video_count"},
}
NO_NUMBER_YET = "moderating"
"""A flag: moderation has not ended, so that no post has its public number."""


class FilmPages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def status(self, request: Request) -> JSONResponse:
        who, data = await caller(request, self._network), await body_of(request)
        number = str(data.get("publish_id") or "")
        task = await self._network.kept("tasks", number)
        if task is None or task["account"] != who.account.id:
            raise TikTokRefusal(400, "invalid_publish_id")
        return JSONResponse(envelope(await self._told(task)))

    async def _told(self, task: dict[str, Any]) -> dict[str, Any]:
        """Each look brings it nearer to its end."""
        there = {"uploaded_bytes": task["there"]} if "there" in task else {"downloaded_bytes": 0}
        post = await self._network.stored_post(str(task["post"]))
        if task["failed"]:
            return {"status": "FAILED", "fail_reason": task["failed"], **there}
        if post is None or post.visible_at > self._network.clock():
            is_over = str(task.get("until", "~")) <= self._network.clock().isoformat()
            if is_over and post is None:
                return {"status": "FAILED", "fail_reason": "internal", **there}
            return {"status": "PROCESSING_UPLOAD", "fail_reason": "", **self._before(task, there)}
        if task["looks"] > 0:
            await self._network.keep("tasks", task["id"], {**task, "looks": task["looks"] - 1})
            way = "PROCESSING_UPLOAD" if "there" in task else "PROCESSING_DOWNLOAD"
            return {"status": way, "fail_reason": "", **there}
        if task["is_draft"]:
            return {"status": "SEND_TO_USER_INBOX", "fail_reason": "", **there}
        is_public = post.data["level"] == "PUBLIC_TO_EVERYONE" and NO_NUMBER_YET not in self._network.flags
        found = [int(post.id)] if is_public else []
        return {
            "status": "PUBLISH_COMPLETE",
            "fail_reason": "",
            "publicaly_available_post_id": found,
            **there,
        }

    def _before(self, task: dict[str, Any], there: dict[str, Any]) -> dict[str, Any]:
        """What comes too late has not arrived yet."""
        return {"uploaded_bytes": 0} if task["post"] and "there" in task else there

    # what is public

    def _fields(self, request: Request) -> list[str]:
        asked = [one for one in request.query_params.get("fields", "").split(",") if one]
        if not asked or not set(asked) <= FIELDS:
            raise TikTokRefusal(400, "invalid_params", "Fields are mandatory, and must be known")
        return asked

    async def _public(self, who: Caller) -> list[SimPost]:
        """Newest first."""
        own = await self._network.posts(who.account.id)
        return [post for post in reversed(own) if post.data.get("level") == "PUBLIC_TO_EVERYONE"]

    async def _row(self, post: SimPost, who: Caller, fields: list[str]) -> dict[str, Any]:
        figures = await self._network.figures(post)
        kind = "photo" if post.media and post.media[0]["mime"].startswith("image/") else "video"
        row = {
            "id": post.id,
            "create_time": int(post.created_at.timestamp()),
            "title": post.title[:150],
            "video_description": post.text[:150],
            "share_url": f"https://www.tiktok.com/@{who.account.handle}/{kind}/{post.id}",
            "duration": 10,
            **{name: figures.get(ours, 0) for name, ours in VIDEO.items()},
        }
        return {name: row[name] for name in fields}

    async def query(self, request: Request) -> JSONResponse:
        who, data, fields = (
            await caller(request, self._network),
            await body_of(request),
            self._fields(request),
        )
        who.needs("video.list")
        asked = [str(one) for one in (data.get("filters") or {}).get("video_ids") or ()]
        if not 0 < len(asked) <= 20:
            raise TikTokRefusal(400, "invalid_params", "video_ids")
        rows = [await self._row(post, who, fields) for post in await self._public(who) if post.id in asked]
        return JSONResponse(envelope({"videos": rows}))

    async def listed(self, request: Request) -> JSONResponse:
        """The cursor is an instant in milliseconds: films from before it come."""
        who, data, fields = (
            await caller(request, self._network),
            await body_of(request),
            self._fields(request),
        )
        who.needs("video.list")
        most, cursor = int(data.get("max_count") or 10), int(data.get("cursor") or 0)
        if not 0 < most <= 20:
            raise TikTokRefusal(400, "invalid_params", "max_count")
        found = [
            post
            for post in await self._public(who)
            if not cursor or int(post.created_at.timestamp() * 1000) < cursor
        ]
        rows = [await self._row(post, who, fields) for post in found[:most]]
        last = int(found[:most][-1].created_at.timestamp() * 1000) if rows else cursor
        return JSONResponse(envelope({"videos": rows, "cursor": last, "has_more": len(found) > most}))

    async def user(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network)
        asked = [one for one in request.query_params.get("fields", "").split(",") if one]
        allowed = {field for scope, fields in USER.items() if scope in who.scopes for field in fields}
        if not asked or not set(asked) <= allowed:
            raise TikTokRefusal(401, "scope_not_authorized", "The user did not authorize the scope required")
        account = who.account
        told = {
            "open_id": account.id,
            "union_id": f"u-{account.id}",
            "display_name": account.name,
            "username": account.handle,
            "follower_count": account.followers,
            "video_count": len(await self._public(who)),
        }
        return JSONResponse(envelope({"user": {name: told.get(name, 0) for name in asked}}))
