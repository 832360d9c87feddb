"""Posts and answers: written and removed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse

from tesselle.networks.x import limits
from tesselle.networks.x.reading import FIRST_MILLISECOND
from tesselle.networks.x.sandbox.counting import weight
from tesselle.networks.x.sandbox.media import MediaDesk
from tesselle.networks.x.sandbox.shapes import wrapped
from tesselle.networks.x.sandbox.views import Views
from tesselle.networks.x.sandbox.wire import body, caller, forbidden, invalid, not_found, refusal
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

KNOWN_KEYS = {
    *(
        "text",
        "media",
        "reply",
        "quote_tweet_id",
        "poll",
        "reply_settings",
        "community_id",
        "nullcast",
        "geo",
    ),
    *("share_with_followers", "for_super_followers_only", "card_uri", "direct_message_deep_link"),
    *("made_with_ai", "paid_partnership", "edit_options"),
}
REPLY_SETTINGS = {"following", "mentionedUsers", "subscribers", "verified"}
ALONE = ("media", "poll", "quote_tweet_id", "card_uri")
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
NOT_SUMMONED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the "
    "author of the post you are replying to."
)


class Posts:
    def __init__(self, network: SimulatedNetwork, views: Views, media: MediaDesk) -> None:
        self._network, self._views, self._media = network, views, media

    async def create(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "tweet.read", "tweet.write", "users.read")
        data = await body(request)
        _well_formed(data)
        if "no_credits" in self._network.flags:
            raise refusal(402, "Payment Required", "Your account has no credits left.", "credits-depleted")
        ids = [str(one) for one in (data.get("media") or {}).get("media_ids") or ()]
        items = await self._media.for_post(who.account.id, ids)
        parent = await self._parent(
            str((data.get("reply") or {}).get("in_reply_to_tweet_id", "")), who.account
        )
        text = str(data.get("text", ""))
        _permitted(text, who.account)
        if not items:
            await self._no_duplicate(text, parent.id if parent else "", who.account)
        return await self._written(data, text, items, parent, who.account)

    async def _written(
        self,
        data: dict[str, Any],
        text: str,
        items: tuple[dict[str, Any], ...],
        parent: SimPost | None,
        author: SimAccount,
    ) -> JSONResponse:
        post_id = await self._new_id()
        shown, urls = wrapped(text, post_id, [str(item["key"]) for item in items], author.handle)
        post = self._network.new_post(
            post_id,
            author.id,
            text,
            parent_id=parent.id if parent else "",
            media=items,
            data={
                "shown": shown,
                "urls": urls,
                "conversation": parent.data.get("conversation", parent.id) if parent else post_id,
                "parent_author": parent.account_id if parent else "",
                **{
                    name: data[name]
                    for name in ("poll", "reply_settings", "made_with_ai", "paid_partnership")
                    if name in data
                },
            },
        )
        await self._network.add_post(post)
        for item in items:
            await self._network.keep("media", item["id"], {**item, "post": post_id})
        return JSONResponse(
            {"data": {"id": post_id, "text": shown, "edit_history_tweet_ids": [post_id]}}, 201
        )

    async def _new_id(self) -> str:
        milliseconds = int(self._network.clock().timestamp() * 1000) - FIRST_MILLISECOND
        return str((milliseconds << 22) + await self._network.next_id("ids") % (1 << 22))

    async def _parent(self, parent_id: str, author: SimAccount) -> SimPost | None:
        """An app answers others only where they have named its account."""
        if not parent_id:
            return None
        parent = await self._network.stored_post(parent_id)
        if parent is None or parent.removed:
            raise forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.")
        if parent.account_id != author.id and f"@{author.handle}".lower() not in parent.text.lower():
            raise forbidden(NOT_SUMMONED)
        return parent

    async def _no_duplicate(self, text: str, parent_id: str, author: SimAccount) -> None:
        """Visible or not: X knows before it shows."""
        for other in await self._network.truth():
            same = other.text == text and other.parent_id == parent_id and not other.media
            if same and other.account_id == author.id and not other.removed:
                raise forbidden(DUPLICATE)

    async def delete(self, request: Request) -> JSONResponse:
        who = await caller(request, self._network, "tweet.write")
        post = await self._network.stored_post(request.path_params["id"])
        if post is None or post.removed:
            problem = not_found(request.path_params["id"])
            raise refusal(404, "Not Found Error", str(problem["detail"]), "resource-not-found")
        if post.account_id != who.account.id:
            raise forbidden("You are not authorized to delete this Tweet.")
        await self._network.remove_post(post.id)
        return JSONResponse({"data": {"deleted": True}})


def _well_formed(data: dict[str, Any]) -> None:
    for name in data:
        if name not in KNOWN_KEYS:
            raise invalid(
                f"$.{name}: is not defined in the schema and the schema does not allow additional properties",
                **{name: data[name]},
            )
    if not data.get("text") and not data.get("media"):
        raise invalid("Requires either text or media", text=data.get("text", ""))
    if sum(name in data for name in ALONE) > 1:
        raise forbidden("You are not permitted to perform this action.")
    if "reply_settings" in data and data["reply_settings"] not in REPLY_SETTINGS:
        raise invalid(
            "$.reply_settings: does not have a value in the enumeration",
            reply_settings=data["reply_settings"],
        )
    if "poll" in data:
        _well_formed_poll(data["poll"])


def _well_formed_poll(poll: dict[str, Any]) -> None:
    options, minutes = poll.get("options") or [], int(poll.get("duration_minutes") or 0)
    fewest, most = limits.POLL_ANSWERS
    shortest, longest = limits.POLL_MINUTES
    if not fewest <= len(options) <= most or any(
        not 0 < len(one) <= limits.POLL_CHARACTERS for one in options
    ):
        raise invalid("$.poll.options: two to four of 1 to 25 characters", poll=options)
    if not shortest <= minutes <= longest:
        raise invalid("$.poll.duration_minutes: out of range", poll=minutes)


def _permitted(text: str, author: SimAccount) -> None:
    if any(sign in text for sign in limits.REFUSED_SIGNS):
        raise invalid("text contains invalid characters", text="...")
    is_premium = author.facts.get("subscription") == "Premium"
    if weight(text) > (limits.PREMIUM_WEIGHT if is_premium else limits.STANDARD_WEIGHT):
        raise forbidden("You are not permitted to perform this action.")
    symbols = [word for word in text.split() if _is_cashtag(word)]
    if len(symbols) > limits.MAX_CASHTAGS:
        raise forbidden("You are not allowed to create a Tweet with more than one cashtag.")


def _is_cashtag(word: str) -> bool:
    letters = word[1:].rstrip("!'#%&()*+,-./:;<=>?@[]^_{|}~$")
    return word.startswith("$") and letters.isascii() and letters.isalpha() and len(letters) <= 6
