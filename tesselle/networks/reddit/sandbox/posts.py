"""Posts and comments: made, changed, removed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.reddit import limits
from tesselle.networks.reddit.sandbox import wire
from tesselle.networks.reddit.sandbox.communities import Communities, flair_text
from tesselle.networks.reddit.sandbox.files import Files
from tesselle.networks.reddit.sandbox.shapes import SITE, number_of, thing
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

LISTED_AFTER = timedelta(seconds=4)
"""Pictures and films are worked on first."""
CAPTION_SIGNS = 180
POSTED = {"reactions": 0, "comments": 0, "shares": 0}


class Posts:
    def __init__(self, network: SimulatedNetwork, communities: Communities, files: Files) -> None:
        self._network = network
        self._communities = communities
        self._files = files

    async def submit(self, request: Request, account: SimAccount) -> Response:
        told = await wire.form_of(request)
        kind = told.get("kind", "")
        community = await self._checked(told, kind, account)
        assets = await self._assets(told, kind, account)
        if kind == "link":
            await self._is_new(told, community)
        post = await self._add(told, kind, community, account, assets)
        if assets:
            page = f"{SITE}/user/{account.handle}/submitted/"
            socket = f"wss://{request.headers.get('host', '')}/{assets[0]['id']}"
            return wire.made({"user_submitted_page": page, "websocket_url": socket})
        shown = await thing(self._network, post)
        return wire.made(
            {
                "url": f"{SITE}{shown['permalink']}",
                "drafts_count": 0,
                "id": number_of(post.id),
                "name": post.id,
            }
        )

    async def gallery(self, request: Request, account: SimAccount) -> Response:
        """The one call that takes JSON, and gives the number with its prefix."""
        told = await request.json()
        items = told.get("items") or []
        fields = {name: _said(value) for name, value in told.items() if name != "items"}
        community = await self._checked(fields, "gallery", account)
        if not 2 <= len(items) <= limits.MOST_IMAGES:
            raise wire.listed("TOO_LONG", f"this is too long (max: {limits.MOST_IMAGES})", "items")
        if any(len(str(one.get("caption") or "")) > CAPTION_SIGNS for one in items):
            raise wire.listed("TOO_LONG", f"this is too long (max: {CAPTION_SIGNS})", "caption")
        assets = [await self._files.numbered(str(one.get("media_id")), account) for one in items]
        post = await self._add(fields, "gallery", community, account, assets)
        return wire.made({"url": f"{SITE}/gallery/{number_of(post.id)}", "id": post.id})

    async def _checked(self, told: dict[str, str], kind: str, account: SimAccount) -> dict[str, Any]:
        if "new_account" in self._network.flags:
            words = "Looks like you've been doing that a lot. Take a break for 9 minutes before trying again."
            raise wire.listed("RATELIMIT", words, "ratelimit")
        community = await self._communities.called(told.get("sr", ""), account)
        if account.id in community["banned"]:
            raise wire.listed("BANNED_FROM_SUBREDDIT", "that user is banned from the subreddit", "sr")
        _check_words(told)
        _check_kind(kind, community)
        if _is_on(told, "validate_on_submit"):
            _check_requirements(told, community["requirements"])
        if told.get("flair_id") and flair_text(community, told["flair_id"]) is None:
            raise wire.listed("BAD_FLAIR_TEMPLATE_ID", "bad flair template id", "flair")
        return community

    async def _assets(self, told: dict[str, str], kind: str, account: SimAccount) -> list[dict[str, Any]]:
        url = told.get("url", "")
        match kind:
            case "image":
                return [await self._files.at(url, account, limits.IMAGE_MIMES)]
            case "video" | "videogif":
                await self._files.at(told.get("video_poster_url", ""), account, limits.IMAGE_MIMES)
                return [await self._files.at(url, account, limits.VIDEO_MIMES)]
            case "link" if not url.startswith(("http://", "https://")):
                raise wire.listed("NO_URL" if not url else "BAD_URL", "you should check that url", "url")
        return []

    async def _is_new(self, told: dict[str, str], community: dict[str, Any]) -> None:
        if _is_on(told, "resubmit"):
            return
        for post in await self._network.posts():
            data = post.data
            if data.get("url") == told["url"] and data.get("community") == community["name"]:
                raise wire.listed("ALREADY_SUB", "that link has already been submitted", "url")

    async def _add(
        self,
        told: dict[str, str],
        kind: str,
        community: dict[str, Any],
        account: SimAccount,
        assets: list[dict[str, Any]],
    ) -> SimPost:
        number = 1_000_000 + await self._network.next_id("things")
        flair = told.get("flair_id", "")
        data = {
            "community": community["name"],
            "kind": kind,
            "url": told.get("url", "") if kind == "link" else "",
            "flair_id": flair,
            "flair": flair_text(community, flair) if flair else "",
            "nsfw": _is_on(told, "nsfw"),
            "spoiler": _is_on(told, "spoiler"),
            "assets": [one["id"] for one in assets],
        }
        media = tuple({"mime": one["mime"], "alt": ""} for one in assets)
        post = self._network.new_post(
            f"t3_{_base36(number)}",
            account.id,
            told.get("text", ""),
            title=told["title"].strip(),
            media=media,
            data=data,
            figures=POSTED,
        )
        if assets and kind != "gallery":
            post = replace(post, visible_at=post.visible_at + LISTED_AFTER)
        await self._network.add_post(post)
        return post

    async def comment(self, request: Request, account: SimAccount) -> Response:
        told = await wire.form_of(request)
        text = told.get("text", "")
        if not text.strip():
            raise wire.listed("NO_TEXT", "we need something here", "text")
        if len(text) > limits.COMMENT_SIGNS:
            raise wire.listed("TOO_LONG", f"this is too long (max: {limits.COMMENT_SIGNS})", "text")
        parent = await self._network.post(told.get("thing_id", ""))
        if parent is None:
            raise wire.listed("DELETED_COMMENT", "that comment has been deleted", "parent")
        link = parent.data.get("link") or parent.id
        number = 5_000_000 + await self._network.next_id("things")
        made = self._network.new_post(
            f"t1_{_base36(number)}", account.id, text, parent_id=parent.id, data={"link": link}
        )
        await self._network.add_post(made)
        shown = await thing(self._network, made)
        return wire.made({"things": [{"kind": "t1", "data": shown}]})

    async def edit(self, request: Request, account: SimAccount) -> Response:
        told = await wire.form_of(request)
        post = await self._network.post(told.get("thing_id", ""))
        if post is None or post.account_id != account.id or post.data.get("kind", "self") != "self":
            raise wire.plain(403, "Forbidden")
        longest = limits.COMMENT_SIGNS if post.parent_id else limits.TEXT_SIGNS
        if len(told.get("text", "")) > longest:
            raise wire.listed("TOO_LONG", f"this is too long (max: {longest})", "text")
        edited = self._network.clock().timestamp()
        changed = replace(post, text=told.get("text", ""), data={**post.data, "edited": edited})
        await self._network.save_post(changed)
        kind = "t1" if post.parent_id else "t3"
        return wire.made({"things": [{"kind": kind, "data": await thing(self._network, changed)}]})

    async def remove(self, request: Request, account: SimAccount) -> Response:
        """`{}`, whatever is named."""
        post = await self._network.stored_post((await wire.form_of(request)).get("id", ""))
        if post is not None and post.account_id == account.id:
            await self._network.remove_post(post.id)
        return JSONResponse({})


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value or "")


def _is_on(told: dict[str, str], name: str) -> bool:
    """Clients write `true` as they like."""
    return told.get(name, "").lower() == "true"


def _check_words(told: dict[str, str]) -> None:
    title = told.get("title", "").strip()
    if not title:
        raise wire.listed("NO_TEXT", "we need something here", "title")
    if len(title) > limits.TITLE_SIGNS:
        raise wire.listed("TOO_LONG", f"this is too long (max: {limits.TITLE_SIGNS})", "title")
    if len(told.get("text", "")) > limits.TEXT_SIGNS:
        raise wire.listed("TOO_LONG", f"this is too long (max: {limits.TEXT_SIGNS})", "text")


def _check_kind(kind: str, community: dict[str, Any]) -> None:
    kinds = community["submission_type"]
    if kind == "self" and kinds == "link":
        raise wire.listed("NO_SELFS", "that subreddit doesn't allow text posts", "sr")
    if kind == "link" and kinds == "self":
        raise wire.listed("NO_LINKS", "that subreddit only allows text posts", "sr")
    if kind == "image" and not community["allow_images"]:
        raise wire.listed("NO_IMAGES", "that subreddit doesn't allow images", "sr")
    if kind in {"video", "videogif"} and not community["allow_videos"]:
        raise wire.listed("NO_VIDEOS", "that subreddit doesn't allow videos", "sr")
    if kind == "gallery" and not community["allow_galleries"]:
        raise wire.listed("GALLERIES_DISABLED", "galleries are not enabled here", "sr")
    if kind not in {"self", "link", "image", "video", "videogif", "gallery"}:
        raise wire.plain(400, "Bad Request")


def _check_requirements(told: dict[str, str], wanted: dict[str, Any]) -> None:
    title = told["title"].strip()
    least, most = wanted.get("title_text_min_length", 0), wanted.get("title_text_max_length", 300)
    if len(title) < least:
        words = f"This community requires a title with at least {least} characters."
        raise wire.invalid("SUBMIT_VALIDATION_TITLE_LENGTH", words, "title")
    if len(title) > most:
        words = f"This community limits titles to {most} characters."
        raise wire.invalid("SUBMIT_VALIDATION_TITLE_LENGTH", words, "title")
    for word in wanted.get("title_blacklisted_strings", ()):
        if word.lower() in title.lower():
            words = f'The title may not contain "{word}".'
            raise wire.invalid("SUBMIT_VALIDATION_TITLE_BLACKLISTED_STRING", words, "title")
    if wanted.get("is_flair_required") and not told.get("flair_id"):
        words = "Your post must contain post flair."
        raise wire.invalid("SUBMIT_VALIDATION_FLAIR_REQUIRED", words, "flair")


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
