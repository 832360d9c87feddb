"""Telegram's values in our words: where a message lies, and what identifies it.

A post of the channel has its bare message number as id; a message of the discussion group, whose
numbers start over, is `<group>/<number>`.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from tesselle.connectors.protocols import Account
from tesselle.domain.verdicts import Remote

DEFAULT_SERVER = "https://api.telegram.org"


def method_url(account: Account, method: str) -> str:
    """The address of a method. It carries the token: for requests only, never to be shown."""
    return f"{account.server}/bot{account.credentials.get('token', '')}/{method}"


def has_discussion(account: Account) -> bool:
    """Whether the bot sees the automatic forwards of this channel's posts."""
    return bool(account.facts.get("discussion")) and bool(account.facts.get("updates"))


def group_of(account: Account) -> str:
    return str(account.facts.get("discussion_id", ""))


def permalink(chat: Mapping[str, Any], message_id: int | str) -> str:
    """`t.me/c/...` of a private chat opens for its members only."""
    username = chat.get("username")
    if username:
        return f"https://t.me/{username}/{message_id}"
    return f"https://t.me/c/{str(chat.get('id', '')).removeprefix('-100')}/{message_id}"


def chat_and_number(remote: Remote, account: Account) -> tuple[str, int]:
    """Where a message lies: in the channel, or in its group."""
    chat, _, number = remote.id.rpartition("/")
    return chat or account.remote_id, int(number)


def numbers(remote: Remote) -> list[int]:
    """All messages of a post; an album is several."""
    told = remote.extra.get("ids") or remote.id.rpartition("/")[2]
    return [int(number) for number in told.split(",")]


def post_remote(account: Account, ids: Sequence[int], **extra: str) -> Remote:
    """A post of the channel."""
    if len(ids) > 1:
        extra["ids"] = ",".join(map(str, ids))
    chat = {"id": account.remote_id, "username": account.facts.get("username")}
    return Remote(str(ids[0]), permalink(chat, ids[0]), extra)


def group_remote(chat: Mapping[str, Any], number: int) -> Remote:
    """A message in the discussion group."""
    return Remote(f"{chat.get('id')}/{number}", permalink(chat, number))
