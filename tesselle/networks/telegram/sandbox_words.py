"""How Telegram writes a chat, a message, a person."""

import zlib
from datetime import datetime
from typing import Any

from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork


def epoch(instant: datetime) -> int:
    return int(instant.timestamp())


def person(name: str) -> dict[str, Any]:
    return {"id": zlib.crc32(name.encode()) or 1, "is_bot": False, "first_name": name}


class Chats:
    """The two chats of an account: the channel, and the group where it is discussed."""

    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    def channel(self, account: SimAccount) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": int(account.id), "title": account.name, "type": "channel"}
        username = account.facts.get("username")
        return {**chat, "username": username} if username else chat

    def group(self, account: SimAccount) -> dict[str, Any]:
        """{} when none is linked."""
        number = account.facts.get("group")
        return {"id": number, "title": f"{account.name} – talk", "type": "supergroup"} if number else {}

    def bot(self, account: SimAccount) -> dict[str, Any]:
        return {
            "id": int(account.secrets["token"].partition(":")[0]),
            "is_bot": True,
            "first_name": f"{account.name} bot",
            "username": f"{account.handle}_bot",
        }

    def numbers(self, post: SimPost) -> list[int]:
        """The messages of a post: one, or as many as its album has items. A post that the practice
        world itself put there under a name gets a number from that name."""
        if post.data.get("ids"):
            return list(post.data["ids"])
        return [int(post.id) if post.id.isdigit() else 1_000_000 + zlib.crc32(post.id.encode()) % 10**8]

    def posted(self, account: SimAccount, post: SimPost, index: int = 0) -> dict[str, Any]:
        """A message of the channel, as the one who sent it is answered."""
        chat = self.channel(account)
        message = {
            "message_id": self.numbers(post)[index],
            "sender_chat": chat,
            "chat": chat,
            "date": epoch(post.created_at),
            **self._inside(post, index),
        }
        for name in ("edit_date", "has_protected_content", "link_preview_options"):
            if post.data.get(name):
                message[name] = post.data[name]
        if post.data.get("signature"):
            message["author_signature"] = post.data["signature"]
        return message

    def forwarded(self, account: SimAccount, post: SimPost, copies: list[int], index: int) -> dict[str, Any]:
        """The copy in the discussion group."""
        chat = self.channel(account)
        origin = {
            "type": "channel",
            "chat": chat,
            "message_id": self.numbers(post)[index],
            "date": epoch(post.created_at),
        }
        if post.data.get("signature"):
            origin["author_signature"] = post.data["signature"]
        return {
            "message_id": copies[index],
            "from": {"id": 777000, "is_bot": False, "first_name": "Telegram"},
            "sender_chat": chat,
            "chat": self.group(account),
            "date": epoch(post.created_at),
            "is_automatic_forward": True,
            "forward_origin": origin,
            **self._inside(post, index),
        }

    def _inside(self, post: SimPost, index: int) -> dict[str, Any]:
        """Text, or one item of its media with the caption on the first."""
        if not post.media:
            return {"text": post.text}
        item = post.media[index]
        inside: dict[str, Any] = {"caption": post.text} if post.text and index == 0 else {}
        if len(post.media) > 1:
            inside["media_group_id"] = post.id
        file = {"file_id": f"file-{post.id}-{index}", "file_unique_id": f"u{post.id}{index}"}
        size = {"width": item.get("width", 0), "height": item.get("height", 0)}
        if item["mime"].startswith("video"):
            return {**inside, "video": {**file, **size, "duration": item.get("seconds", 0)}}
        return {**inside, "photo": [{**file, **size, "file_size": item.get("bytes", 0)}]}
