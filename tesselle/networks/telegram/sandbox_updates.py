"""The queue of updates of a make-believe bot, and what fills it.

Telegram forwards each post of a channel into its discussion group; what others do there, and how
many react, is announced too. The audience of a practice world writes posts and figures straight
into the simulation, so announcing means looking at what is new there.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tesselle.networks.telegram.sandbox_rules import RefusedError
from tesselle.networks.telegram.sandbox_words import Chats, epoch, person
from tesselle.simulation.network import SimAccount, SimPost, SimulatedNetwork

PAGE = 100
KEPT = timedelta(hours=24)
SAME_AGAIN = timedelta(seconds=0.5)
GATHERS = timedelta(seconds=1)
"""So long what is new may wait before it is announced."""
USUALLY_LEFT_OUT = {"message_reaction_count", "message_reaction", "chat_member"}
CONFLICT = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


def _is_in_channel(post: SimPost) -> bool:
    """A post, or a later part of a thread; everything else under a post is said in the group."""
    return not post.parent_id or bool(post.data.get("ids"))


@dataclass(frozen=True, slots=True)
class _Known:
    """What was announced before, by the simulation's id of the post or comment."""

    copies: dict[str, list[int]]
    comments: dict[str, int]
    reactions: dict[str, int]


class Queue:
    """All bots' updates. The moment of the last question is not worth keeping over a restart."""

    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network
        self._chats = Chats(network)
        self._asked: dict[str, tuple[int, datetime]] = {}
        self._looked: dict[str, datetime] = {}

    async def get(self, token: str, accounts: list[SimAccount], params: dict[str, Any]) -> list[Any]:
        if "webhook" in self._network.flags:
            raise RefusedError(409, CONFLICT)
        if params.get("allowed_updates") is not None:
            await self._network.keep("wanted", token, {"kinds": params["allowed_updates"]})
        for account in accounts:
            await self._announce(token, account)
        rows = await self._rows(token)
        offset, limit = int(params.get("offset") or 0), int(params.get("limit") or PAGE)
        now = self._network.clock()
        asked = self._asked.get(token)
        if asked is not None and asked[0] == offset and now - asked[1] < SAME_AGAIN:
            limit = 1  # the server's answer to whoever asks the same too often
        self._asked[token] = (offset, now)
        first = offset if offset >= 0 else (rows[offset:] or rows)[0]["update_id"] if rows else 0
        for row in rows:
            if row["update_id"] < first:
                await self._network.forget(f"updates.{token}", str(row["update_id"]))
        return [row["update"] for row in rows if row["update_id"] >= first][: min(limit, PAGE)]

    async def _rows(self, token: str) -> list[dict[str, Any]]:
        """What waits; what is a day old is gone."""
        oldest = self._network.clock() - KEPT
        rows = await self._network.all_kept(f"updates.{token}")
        for row in [row for row in rows if datetime.fromisoformat(row["at"]) < oldest]:
            await self._network.forget(f"updates.{token}", str(row["update_id"]))
            rows.remove(row)
        return rows

    async def push(self, token: str, kind: str, thing: dict[str, Any]) -> None:
        wanted = (await self._network.kept("wanted", token) or {}).get("kinds")
        if kind not in wanted if wanted else kind in USUALLY_LEFT_OUT:
            return
        number = 700_000_000 + await self._network.next_id(f"updates.{token}")
        row = {
            "update_id": number,
            "at": self._network.clock().isoformat(),
            "update": {"update_id": number, kind: thing},
        }
        await self._network.keep(f"updates.{token}", str(number), row)

    async def _announce(self, token: str, account: SimAccount) -> None:
        """Tell of everything new. Telegram gathers for a moment; so do we, which also keeps a busy
        channel from being read again and again."""
        now, looked = self._network.clock(), self._looked.get(account.id)
        if looked is not None and timedelta(0) < now - looked < GATHERS:
            return
        self._looked[account.id] = now
        posts = [post for post in await self._network.posts(account.id) if _is_in_channel(post)]
        known = _Known(
            copies={row["post"]: row["ids"] for row in await self._network.all_kept("copies")},
            comments={row["post"]: row["number"] for row in await self._network.all_kept("comments")},
            reactions={row["post"]: row["count"] for row in await self._network.all_kept("told")},
        )
        for post in posts:
            await self._forward(token, account, post, known)
            await self._reactions(token, account, post, known)
        for comment in await self._comments_below(posts):
            if not comment.data.get("by_bot"):
                await self._comment(token, account, comment, known)

    async def _comments_below(self, posts: list[SimPost]) -> list[SimPost]:
        """Answers to answers too, oldest first."""
        found: list[SimPost] = []
        level = posts
        while level:
            level = [below for one in level for below in await self._network.replies_to(one.id)]
            found += level
        return sorted(found, key=lambda comment: comment.created_at)

    async def _forward(self, token: str, account: SimAccount, post: SimPost, known: _Known) -> None:
        if not self._chats.group(account) or post.id in known.copies:
            return
        copies = [await self._network.next_id("messages") for _ in self._chats.numbers(post)]
        known.copies[post.id] = copies
        await self._network.keep("copies", post.id, {"post": post.id, "ids": copies})
        for index, copy_id in enumerate(copies):
            await self._network.keep("copied", str(copy_id), {"post": post.id})
            await self.push(token, "message", self._chats.forwarded(account, post, copies, index))

    async def _reactions(self, token: str, account: SimAccount, post: SimPost, known: _Known) -> None:
        count = post.figures.get("reactions", 0)
        if count == known.reactions.get(post.id, 0):
            return
        told = {
            "chat": self._chats.channel(account),
            "message_id": self._chats.numbers(post)[0],
            "date": epoch(self._network.clock()),
            "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": count}],
        }
        await self._network.keep("told", post.id, {"post": post.id, "count": count})
        await self.push(token, "message_reaction_count", told)

    async def _comment(self, token: str, account: SimAccount, comment: SimPost, known: _Known) -> None:
        """What somebody said under a post of this channel."""
        if comment.id in known.comments:
            return
        root = await self._root(comment)
        if root is None or root.account_id != account.id or root.id not in known.copies:
            return
        number = int(comment.id) if comment.id.isdigit() else await self._network.next_id("messages")
        known.comments[comment.id] = number
        await self._network.keep("comments", comment.id, {"post": comment.id, "number": number})
        await self._network.keep("comment_numbers", str(number), {"post": comment.id})
        copies, date = known.copies[root.id], epoch(comment.created_at)
        answered = self._chats.forwarded(account, root, copies, 0)
        if comment.parent_id != root.id:
            parent = known.comments.get(comment.parent_id, comment.parent_id)
            answered = {"message_id": int(parent), "chat": self._chats.group(account), "date": date}
        message = {
            "message_id": number,
            "message_thread_id": copies[0],
            "from": await self._writer(comment),
            "chat": self._chats.group(account),
            "date": date,
            "reply_to_message": answered,
            "text": comment.text,
        }
        await self.push(token, "message", message)

    async def _root(self, comment: SimPost) -> SimPost | None:
        post: SimPost | None = comment
        while post is not None and not _is_in_channel(post):
            post = await self._network.stored_post(post.parent_id)
        return post

    async def _writer(self, comment: SimPost) -> dict[str, Any]:
        account = await self._network.account(comment.account_id)
        return person(account.name if account else str(comment.data.get("author") or comment.account_id))
