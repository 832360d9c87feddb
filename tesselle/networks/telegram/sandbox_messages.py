"""Sending, editing and deleting, as the make-believe Telegram does it."""

from dataclasses import dataclass, replace
from typing import Any

from tesselle.networks.telegram.sandbox_rules import bad, caption_text, check_file, message_text
from tesselle.networks.telegram.sandbox_words import Chats, epoch
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

Params = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    data: bytes
    mime: str | None = None


NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


class Messages:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self._chats = Chats(network)

    async def send_message(self, account: SimAccount, params: Params) -> Any:
        text = message_text(params.get("text"))
        if int(params["chat_id"]) == account.facts.get("group"):
            return await self._answer(account, params, text)
        return await self._posted(account, params, text, ())

    async def send_photo(self, account: SimAccount, params: Params) -> Any:
        item = _item("photo", params.get("photo"), params)
        return await self._posted(account, params, caption_text(params.get("caption")), (item,))

    async def send_video(self, account: SimAccount, params: Params) -> Any:
        item = _item("video", params.get("video"), params)
        return await self._posted(account, params, caption_text(params.get("caption")), (item,))

    async def send_media_group(self, account: SimAccount, params: Params) -> Any:
        media = params.get("media") or []
        if len(media) < 2:
            raise bad("too few messages to send as an album")
        if len(media) > 10:
            raise bad("too much messages to send as an album")
        if any(item.get("type") not in {"photo", "video"} for item in media):
            raise bad("can't use the media of the specified type in the album")
        items = tuple(_item(item["type"], item.get("media"), params) for item in media)
        captions = [caption_text(item.get("caption")) for item in media]
        text = "".join(captions) if sum(map(bool, captions)) == 1 else ""
        post = await self._store(account, params, text, items)
        return [self._chats.posted(account, post, index) for index in range(len(items))]

    async def _posted(
        self, account: SimAccount, params: Params, text: str, media: tuple[dict[str, Any], ...]
    ) -> Any:
        return self._chats.posted(account, await self._store(account, params, text, media))

    async def _store(
        self, account: SimAccount, params: Params, text: str, media: tuple[dict[str, Any], ...]
    ) -> SimPost:
        reply = params.get("reply_parameters") or {}
        if reply and not reply.get("allow_sending_without_reply"):
            await self._own(account, reply.get("message_id"), "message to be replied not found")
        # One counter for all chats of a world: an id of the simulation is then a message's number.
        ids = [await self._network.next_id("messages") for _ in media or (None,)]
        data: dict[str, Any] = {"ids": ids, "gone": []}
        data["silent"] = bool(params.get("disable_notification"))
        data["has_protected_content"] = bool(params.get("protect_content"))
        data["link_preview_options"] = params.get("link_preview_options")
        if account.facts.get("signs"):
            data["signature"] = self._chats.bot(account)["first_name"]
        parent = str(reply.get("message_id") or "")
        post = self._network.new_post(str(ids[0]), account.id, text, parent_id=parent, media=media, data=data)
        await self._network.add_post(post)
        for other in ids[1:]:
            await self._network.keep("albums", str(other), {"post": post.id})
        return post

    async def _answer(self, account: SimAccount, params: Params, text: str) -> Any:
        """The bot says something in the discussion group, under a copy or a comment."""
        number = (params.get("reply_parameters") or {}).get("message_id")
        answered = await self._network.kept("copied", str(number))
        answered = answered or await self._network.kept("comment_numbers", str(number))
        if number and not answered and not await self._network.post(str(number)):
            raise bad("message to be replied not found")
        parent = answered["post"] if answered else str(number or "")
        mine = await self._network.next_id("messages")
        post = self._network.new_post(str(mine), account.id, text, parent_id=parent, data={"by_bot": True})
        await self._network.add_post(post)
        return {
            "message_id": mine,
            "from": self._chats.bot(account),
            "chat": self._chats.group(account),
            "date": epoch(post.created_at),
            "text": text,
        }

    async def edit_text(self, account: SimAccount, params: Params) -> Any:
        return await self._edit(account, params, message_text(params.get("text")))

    async def edit_caption(self, account: SimAccount, params: Params) -> Any:
        return await self._edit(account, params, caption_text(params.get("caption")))

    async def _edit(self, account: SimAccount, params: Params, text: str) -> Any:
        post = await self._own(account, params.get("message_id"), "message to edit not found")
        if post.text == text:
            raise bad(NOT_MODIFIED)
        data = {**post.data, "edit_date": epoch(self._network.clock())}
        changed = replace(post, text=text, data=data)
        await self._network.save_post(changed)
        return self._chats.posted(account, changed)

    async def delete_message(self, account: SimAccount, params: Params) -> Any:
        number = int(params.get("message_id") or 0)
        post = await self._own(account, number, "message to delete not found")
        await self._take_away(post, number)
        return True

    async def delete_messages(self, account: SimAccount, params: Params) -> Any:
        """What cannot be found is passed over."""
        for number in params.get("message_ids") or []:
            post = await self._find(account, number)
            if post is not None:
                await self._take_away(post, int(number))
        return True

    async def _take_away(self, post: SimPost, number: int) -> None:
        """An album is gone when its last picture is."""
        gone = [*post.data.get("gone", []), number]
        left = set(self._chats.numbers(post)) - set(gone)
        await self._network.save_post(replace(post, data={**post.data, "gone": gone}, removed=not left))

    async def _own(self, account: SimAccount, number: Any, otherwise: str) -> SimPost:
        post = await self._find(account, number)
        if post is None:
            raise bad(otherwise)
        return post

    async def _find(self, account: SimAccount, number: Any) -> SimPost | None:
        album = await self._network.kept("albums", str(number))
        post = await self._network.stored_post(album["post"] if album else str(number))
        gone = post is not None and int(number) in post.data.get("gone", [])
        return None if post is None or gone or post.removed or post.account_id != account.id else post


def _item(kind: str, given: Any, params: Params) -> dict[str, Any]:
    """A file that came along, by its own part or as `attach://`."""
    if isinstance(given, str):
        given = params.get(given.removeprefix("attach://"))
    if not isinstance(given, Upload):
        raise bad("wrong file identifier/HTTP URL specified")
    width, height = check_file(kind, given.data)
    mime = "video/mp4" if kind == "video" else given.mime or "image/jpeg"
    return {"mime": mime, "alt": "", "bytes": len(given.data), "width": width, "height": height}
