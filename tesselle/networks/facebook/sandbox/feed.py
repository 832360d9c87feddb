"""Pictures, posts and the list of them."""

from datetime import timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.connectors.sandbox.graph import errors
from tesselle.connectors.sandbox.graph.wire import (
    Caller,
    SentFile,
    caller,
    is_yes,
    listed,
    page_of,
    params,
    words,
)
from tesselle.networks.facebook import limits
from tesselle.networks.facebook.sandbox.shapes import post_fields
from tesselle.simulation.network import SimPost, SimulatedNetwork

SAME_SECONDS = 300
"""So long the same words are called a repeat."""

MADE_BUT_CODE_2 = "made_but_code_2"
"""A flag: the post is made, the answer is code 2."""


def units(text: str) -> int:
    """How Facebook is believed to count: what its own databases hold, two bytes each."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


class Feed:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def own(self, request: Request, data: dict[str, Any], scope: str) -> Caller:
        """The Page that is spoken to must be the one whose token it is."""
        who = await caller(request, data, self._network)
        if request.path_params["id"] not in {who.account.id, "me"}:
            raise errors.missing(request.path_params["id"])
        who.needs(scope)
        return who

    # pictures

    async def photo(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self.own(request, data, "pages_manage_posts")
        mime = self._checked(data)
        alt = words(data, "alt_text_custom")
        if units(alt) > limits.ALT_UNITS:
            raise errors.invalid("Param alt_text_custom is too long")
        number = str(2 * 10**14 + await self._network.next_id("ids"))
        item = {"id": number, "account": who.account.id, "mime": mime, "alt": alt, "post": ""}
        await self._network.keep("photos", number, item)
        if not is_yes(data, "published", usual=True):
            return JSONResponse({"id": number})
        post = await self._made(who, words(data, "message"), "", (item,))
        return JSONResponse({"id": number, "post_id": post.id})

    def _checked(self, data: dict[str, Any]) -> str:
        """From an address Facebook fetches the file itself; a make-believe one has no hands for that."""
        file = data.get("source")
        if not isinstance(file, SentFile):
            address = words(data, "url")
            if not address.startswith(("http://", "https://")):
                raise errors.GraphRefusal(400, 324, "Missing or invalid image file", 2061006)
            return "image/jpeg"
        if file.mime not in limits.PHOTO_MIMES or len(file.data) > limits.PHOTO_BYTES:
            raise errors.GraphRefusal(400, 324, "Photos should be less than 10 MB", 1366046)
        return file.mime

    # posts

    async def post(self, request: Request) -> JSONResponse:
        data = await params(request)
        who = await self.own(request, data, "pages_manage_posts")
        message, link = words(data, "message"), words(data, "link")
        photos = [await self._attached(one, who) for one in listed(data, "attached_media")]
        if units(message) > limits.MESSAGE_UNITS:
            raise errors.invalid("Param message is too long")
        if not message.strip() and not link and not photos:
            raise errors.invalid("One of message, link or attached_media is required")
        if len(photos) > limits.MAX_PHOTOS:
            raise errors.invalid("Too many attached_media")
        if not photos:
            await self._no_repeat(who, message, link)
        post = await self._made(who, message, link, tuple(photos))
        if MADE_BUT_CODE_2 in self._network.flags:
            raise errors.GraphRefusal(500, 2, errors.SERVER_ERROR, transient=True)
        return JSONResponse({"id": post.id})

    async def _attached(self, told: Any, who: Caller) -> dict[str, Any]:
        number = str(told.get("media_fbid", "")) if isinstance(told, dict) else ""
        item = await self._network.kept("photos", number)
        if item is None or item["account"] != who.account.id:
            raise errors.missing(number)
        if item["post"]:
            raise errors.GraphRefusal(400, 100, "These photos were already posted.", 1366051)
        return item

    async def _no_repeat(self, who: Caller, message: str, link: str) -> None:
        """Asked of the truth: what is not shown yet counts as well."""
        since = self._network.clock() - timedelta(seconds=SAME_SECONDS)
        for post in await self._network.truth():
            same = (post.text, post.data.get("link", "")) == (message, link) and not post.media
            if same and post.account_id == who.account.id and post.created_at > since and not post.removed:
                words = "Duplicate status message"
                raise errors.GraphRefusal(400, 506, words, 1455006)

    async def _made(
        self, who: Caller, message: str, link: str, photos: tuple[dict[str, Any], ...]
    ) -> SimPost:
        number = await self._network.next_id("ids")
        told = {"kind": "post", "app": who.app, "link": link}
        post = self._network.new_post(
            f"{who.account.id}_{number}", who.account.id, message, media=photos, data=told
        )
        await self._network.add_post(post)
        for item in photos:
            await self._network.keep("photos", item["id"], {**item, "post": post.id})
        return post

    async def published(self, request: Request) -> JSONResponse:
        """Newest first; stories and comments are elsewhere."""
        data = await params(request)
        who = await self.own(request, data, "pages_read_engagement")
        posts = [one for one in await self._network.posts(who.account.id) if _is_post(one)]
        since = words(data, "since")
        if since.isdigit():
            posts = [one for one in posts if one.created_at.timestamp() >= int(since)]
        rows = [post_fields(one, await self._network.replies_to(one.id)) for one in reversed(posts)]
        return JSONResponse(page_of(rows, request, data, ("message", "created_time", "story")))


def _is_post(post: SimPost) -> bool:
    return not post.parent_id and post.data.get("kind") in {"post", "film", "reel"}
