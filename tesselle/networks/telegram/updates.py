"""What Telegram has waiting for the bot: the only thing a bot can read of its own channel.

A post of the channel is forwarded into its discussion group by Telegram itself, and the bot is told
of that forward (of its own posts it is not). `getUpdates` gives the earliest 100 updates that were
not confirmed; asking with a higher offset confirms, and so throws away. Nothing is confirmed here
but by `tidy`; Telegram drops updates after 24 hours by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api
from tesselle.networks.telegram.records import group_of, method_url

PAGE = 100
KEEP = timedelta(hours=1)
KINDS = ["message", "message_reaction_count", "my_chat_member"]

Update = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """The updates that wait, oldest first. `full`: there may be more than one can read."""

    updates: tuple[Update, ...]
    full: bool = False

    def reaches_back_to(self, instant: datetime, now: datetime) -> bool:
        """Whether everything since that instant is here: either nothing so young was thrown away
        yet, or something older is still kept (they go in order)."""
        if instant >= now - KEEP:
            return True
        return any(instant_of(update) <= instant for update in self.updates)


async def pending(api: Api) -> Pending:
    """Everything that waits, confirming nothing.

    Telegram cuts an answer to one update when the same offset was asked for half a second ago
    (`Client::process_get_updates_query`). One alone is therefore asked for again by its own id:
    another offset, and one that confirms nothing.
    """
    updates = await _updates(api)
    if len(updates) == 1:
        updates = await _updates(api, offset=int(updates[0]["update_id"]))
    return Pending(updates, full=len(updates) >= PAGE)


async def _updates(api: Api, **more: Any) -> tuple[Update, ...]:
    asked = {"limit": PAGE, "timeout": 0, "allowed_updates": KINDS, **more}
    response = await api.call(Request.json("POST", method_url(api.account, "getUpdates"), asked))
    result = response.mapping().get("result")
    return tuple(item for item in result if isinstance(item, dict)) if isinstance(result, list) else ()


async def tidy(api: Api, seen: Pending) -> None:
    """Make room when the queue is longer than one can read: confirm what is older than an hour."""
    if not seen.full:
        return
    old = list(takewhile(lambda update: instant_of(update) < api.now - KEEP, seen.updates))
    if old:
        await _updates(api, offset=int(old[-1]["update_id"]) + 1, limit=1)


def instant_of(update: Update) -> datetime:
    """When it happened, to the second."""
    thing: Mapping[str, Any] = next(
        (update[kind] for kind in KINDS if isinstance(update.get(kind), dict)), {}
    )
    return from_epoch(thing.get("date", 0))


def from_epoch(seconds: Any) -> datetime:
    return datetime.fromtimestamp(int(seconds or 0), UTC)


@dataclass(frozen=True, slots=True)
class Forward:
    """A post of the channel as the discussion group shows it. `number`: its number in the channel."""

    number: int
    copy_id: int
    posted_at: datetime
    text: str
    kind: str  # photo, video or ""
    album: str = ""
    signature: str = ""
    parent: int | None = None  # the post that it replies to, where told


def messages(seen: Pending, account: Account) -> Iterator[Mapping[str, Any]]:
    """What was said in the discussion group of this channel."""
    for update in seen.updates:
        message = update.get("message")
        if isinstance(message, dict) and _id(message, "chat") == group_of(account):
            yield message


def forwards(seen: Pending, account: Account) -> Iterator[Forward]:
    """The automatic forwards of this channel's posts."""
    for message in messages(seen, account):
        origin = message.get("forward_origin") or {}
        if message.get("is_automatic_forward") and _id(origin, "chat") == account.remote_id:
            yield _forward(message, origin)


def _forward(message: Mapping[str, Any], origin: Mapping[str, Any]) -> Forward:
    answered = (message.get("reply_to_message") or {}).get("forward_origin") or {}
    return Forward(
        number=int(origin["message_id"]),
        copy_id=int(message["message_id"]),
        posted_at=from_epoch(origin.get("date")),
        text=str(message.get("text") or message.get("caption") or ""),
        kind=next((kind for kind in ("photo", "video") if kind in message), ""),
        album=str(message.get("media_group_id", "")),
        signature=str(origin.get("author_signature", "")),
        parent=answered.get("message_id"),
    )


def _id(thing: Mapping[str, Any], what: str) -> str:
    return str((thing.get(what) or {}).get("id", ""))
