"""Beginning to post: what an account may, films, drafts and photos."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.tiktok import limits
from tesselle.networks.tiktok.sandbox.envelope import (
    Caller,
    TikTokRefusal,
    body_of,
    caller,
    envelope,
    invalid,
    units,
)
from tesselle.simulation.network import SimPost, SimulatedNetwork

UNAUDITED = "unaudited"
"""A flag: the application has not passed its audit."""
DRAFTS_WAITING = 5
SHORTEST_PIECE, LONGEST_PIECE = 5_000_000, 64_000_000
LEVELS = {
    False: ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
    True: ["FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"],
}
SLOW_LOOKS = 2
"""How often one must ask what became of it while `slow_processing` is on."""


class PostingPages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    def _levels(self, who: Caller) -> list[str]:
        if UNAUDITED in self._network.flags:
            return ["SELF_ONLY"]
        return LEVELS[bool(who.account.facts.get("private"))]

    async def creator_info(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network)
        who.needs("video.publish")
        told = {
            "creator_avatar_url": "https://p16.tiktokcdn.example/avatar.jpeg",
            "creator_username": who.account.handle,
            "creator_nickname": who.account.name,
            "privacy_level_options": self._levels(who),
            "comment_disabled": bool(who.account.facts.get("no_comments")),
            "duet_disabled": bool(who.account.facts.get("no_duets")),
            "stitch_disabled": bool(who.account.facts.get("no_duets")),
            "max_video_post_duration_sec": int(who.account.facts.get("max_seconds") or 600),
        }
        return JSONResponse(envelope(told))

    # films

    async def film(self, request: Request) -> JSONResponse:
        who, data = await caller(request, self._network), await body_of(request)
        who.needs("video.publish")
        info = self._info(data, who)
        if units(str(info.get("title") or "")) > limits.CAPTION_UNITS:
            raise invalid("title is too long")
        await self._within_the_day(who)
        return await self._begun(request, who, data, info, "v_pub_file")

    async def draft(self, request: Request) -> JSONResponse:
        who, data = await caller(request, self._network), await body_of(request)
        who.needs("video.upload")
        if "post_info" in data:
            raise invalid("post_info is not taken here")
        await self._room_in_the_inbox(who)
        return await self._begun(request, who, data, {}, "v_inbox_file")

    async def _begun(
        self, request: Request, who: Caller, data: dict[str, Any], info: dict[str, Any], prefix: str
    ) -> JSONResponse:
        source = data.get("source_info") or {}
        if source.get("source") != "FILE_UPLOAD":
            raise TikTokRefusal(403, "url_ownership_unverified", "Only files can be uploaded here")
        size, piece, count = (
            int(source.get(name) or 0) for name in ("video_size", "chunk_size", "total_chunk_count")
        )
        _check_pieces(size, piece, count)
        number = await self._number(prefix)
        now = self._network.clock()
        task = {
            "id": number,
            "account": who.account.id,
            "info": info,
            "is_draft": prefix == "v_inbox_file",
            "size": size,
            "piece": piece,
            "count": count,
            "there": 0,
            "looks": self._looks(),
            "post": "",
            "failed": "",
            "until": (now + timedelta(hours=limits.UPLOAD_HOURS)).isoformat(),
        }
        await self._network.keep("tasks", number, task)
        base = str(request.base_url).rstrip("/")
        place = f"{base}/video/?upload_id={number}&upload_token=practice"
        return JSONResponse(envelope({"publish_id": number, "upload_url": place}))

    def _looks(self) -> int:
        return SLOW_LOOKS if "slow_processing" in self._network.flags else 0

    async def _number(self, prefix: str) -> str:
        """With a sign in it that has to be kept as it is."""
        return f"{prefix}~v2.{7 * 10**18 + await self._network.next_id('ids')}"

    # photos

    async def photos(self, request: Request) -> JSONResponse:
        who, data = await caller(request, self._network), await body_of(request)
        is_draft = data.get("post_mode") == "MEDIA_UPLOAD"
        who.needs("video.upload" if is_draft else "video.publish")
        if data.get("media_type") != "PHOTO" or data.get("post_mode") not in {"MEDIA_UPLOAD", "DIRECT_POST"}:
            raise invalid("media_type, post_mode")
        info = dict(data.get("post_info") or {}) if is_draft else self._info(data, who)
        if units(str(info.get("title") or "")) > limits.TITLE_UNITS:
            raise invalid("title is too long")
        if units(str(info.get("description") or "")) > limits.DESCRIPTION_UNITS:
            raise invalid("description is too long")
        files = self._fetched(data.get("source_info") or {})
        await (self._room_in_the_inbox(who) if is_draft else self._within_the_day(who))
        number = await self._number("p_inbox_url" if is_draft else "p_pub_url")
        text = str(info.get("description") or "")
        post = await self.made(who.account.id, text, info, files, is_draft=is_draft)
        task = {
            "id": number,
            "account": who.account.id,
            "is_draft": is_draft,
            "looks": self._looks(),
            "post": post.id,
            "failed": "picture_size_check_failed" if "unreadable_files" in self._network.flags else "",
        }
        await self._network.keep("tasks", number, task)
        return JSONResponse(envelope({"publish_id": number}))

    def _fetched(self, source: dict[str, Any]) -> list[dict[str, Any]]:
        addresses = source.get("photo_images")
        if source.get("source") != "PULL_FROM_URL" or not isinstance(addresses, list):
            raise invalid("photos are taken by their addresses only")
        if not 1 <= len(addresses) <= limits.MAX_PHOTOS:
            raise invalid("photo_images")
        if "unverified_address" in self._network.flags:
            raise TikTokRefusal(403, "url_ownership_unverified", "Please review our URL ownership rules")
        return [self._photo(str(address)) for address in addresses]

    def _photo(self, address: str) -> dict[str, Any]:
        content = self._network.web(address) if self._network.web is not None else None
        if content is not None and len(content) > limits.PHOTO_BYTES:
            raise TikTokRefusal(400, "invalid_file_upload", "The photo is too large")
        if content is not None and not content.startswith((b"\xff\xd8", b"RIFF")):
            raise TikTokRefusal(400, "invalid_file_upload", "The photo is neither JPEG nor WebP")
        return {"mime": "image/jpeg", "alt": "", "address": address}

    # what both have

    def _info(self, data: dict[str, Any], who: Caller) -> dict[str, Any]:
        info = dict(data.get("post_info") or {})
        level = info.get("privacy_level")
        if UNAUDITED in self._network.flags and not who.account.facts.get("private"):
            raise TikTokRefusal(403, "unaudited_client_can_only_post_to_private_accounts")
        if level not in self._levels(who):
            raise TikTokRefusal(403, "privacy_level_option_mismatch")
        if info.get("brand_content_toggle") is True and level == "SELF_ONLY":
            raise invalid("Branded content cannot be private")
        return info

    async def _within_the_day(self, who: Caller) -> None:
        since = self._network.clock() - timedelta(days=1)
        own = [
            post
            for post in await self._network.truth()
            if post.account_id == who.account.id and not post.data.get("is_draft") and post.created_at > since
        ]
        if len(own) >= int(who.account.facts["quota"]):
            raise TikTokRefusal(403, "spam_risk_too_many_posts", "The daily post cap is reached")

    async def _room_in_the_inbox(self, who: Caller) -> None:
        since = self._network.clock() - timedelta(days=1)
        waiting = [
            post
            for post in await self._network.truth()
            if post.account_id == who.account.id and post.data.get("is_draft") and post.created_at > since
        ]
        if len(waiting) >= DRAFTS_WAITING:
            raise TikTokRefusal(403, "spam_risk_too_many_pending_share")

    async def made(
        self,
        account: str,
        text: str,
        info: dict[str, Any],
        files: list[dict[str, Any]],
        *,
        is_draft: bool,
    ) -> SimPost:
        number = str(7_300_000_000_000_000_000 + await self._network.next_id("ids"))
        told = {"level": info.get("privacy_level", ""), "title": info.get("title", ""), "is_draft": is_draft}
        post = self._network.new_post(
            number, account, text, title=str(told["title"]), media=tuple(files), data={**told, "info": info}
        )
        await self._network.add_post(post)
        return post


def _check_pieces(size: int, piece: int, count: int) -> None:
    """A film below 5 MB in one; else pieces of 5 to 64 MB, the last with what is left over."""
    if not 0 < size <= limits.VIDEO_BYTES:
        raise invalid("video_size")
    if size < SHORTEST_PIECE:
        is_cut_well = (piece, count) == (size, 1)
    else:
        is_cut_well = SHORTEST_PIECE <= piece <= LONGEST_PIECE and count == size // piece <= 1_000
    if not is_cut_well:
        raise invalid("chunk_size, total_chunk_count")
