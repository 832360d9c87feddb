"""Connecting a channel: who the bot is, what it may do, and whether it can see the channel's posts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Identity
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.networks.telegram.records import DEFAULT_SERVER, method_url
from tesselle.networks.telegram.updates import KINDS

_TOKEN = re.compile(r"\d+:[\w-]{30,}")
_BAD_TOKEN = N_("This is not a bot token. It looks like 123456789:ABC..., as @BotFather shows it.")
_NO_CHANNEL = N_("Say which channel: its @name, or its number, which begins with -100.")
_NOT_A_CHANNEL = N_("%(name)s is not a channel. Take the channel itself, not a group or a person.")
_NOT_ADMIN = N_(
    "@%(bot)s is not an administrator of %(channel)s. Open the channel’s Administrators and add the bot."
)
_RIGHTS = (
    ("can_post_messages", N_('@%(bot)s may not post. Switch on its right "Post messages".')),
    ("can_edit_messages", N_('@%(bot)s may not correct posts. Switch on its right "Edit messages".')),
    ("can_delete_messages", N_('@%(bot)s may not delete posts. Switch on its right "Delete messages".')),
)


async def identify(answers: Mapping[str, str], api: Api) -> Identity:
    """Who this is and what is wanting. Reads only."""
    account = _typed(answers, api.account)
    bot = await _ask(api, account, "getMe")
    chat = await _ask(api, account, "getChat", chat_id=_channel(answers.get("channel", "")))
    title = str(chat.get("title") or chat.get("username") or chat.get("id"))
    if chat.get("type") != "channel":
        raise RejectedError(Message(_NOT_A_CHANNEL, {"name": title}), "not_a_channel")
    username = str(chat.get("username", ""))
    facts = {
        "title": title,
        "username": username,
        "bot_id": bot["id"],
        "bot_name": bot.get("first_name", ""),
        "bot_username": bot.get("username", ""),
        "updates": await _updates_reach_us(api, account),
        **await _discussion(api, account, bot, chat),
    }
    remote_id = str(chat["id"])
    return Identity(
        account=replace(account, remote_id=remote_id, handle=username or title, facts=facts),
        display_name=title,
        profile_url=f"https://t.me/{username}" if username else "",
        missing=tuple(
            words
            for words, _ in await rights_missing(api, replace(account, remote_id=remote_id, facts=facts))
        ),
    )


def _typed(answers: Mapping[str, str], given: Account) -> Account:
    token = answers.get("token", "").strip()
    if not _TOKEN.fullmatch(token):
        raise RejectedError(Message(_BAD_TOKEN), "bad_token")
    server = (answers.get("server") or given.server or DEFAULT_SERVER).strip().rstrip("/")
    return replace(given, kind="channel", server=server, credentials={"token": token})


def _channel(typed: str) -> str:
    """`@name` or `-100...`, whichever way it was typed."""
    name = re.sub(r"^(https?://)?(t|telegram)\.me/", "", typed.strip()).strip("/@ ")
    if not name:
        raise RejectedError(Message(_NO_CHANNEL), "no_channel")
    return name if re.fullmatch(r"-?\d+", name) else f"@{name}"


async def _ask(api: Api, account: Account, method: str, **fields: Any) -> dict[str, Any]:
    response = await api.call(Request.json("POST", method_url(account, method), fields))
    result = response.mapping().get("result")
    return result if isinstance(result, dict) else {}


async def rights_missing(api: Api, account: Account) -> list[tuple[Message, bool]]:
    """In words, and whether nothing can be posted without it."""
    facts = account.facts
    names = {"bot": str(facts["bot_username"]), "channel": str(facts["title"])}
    member = await _membership(api, account, account.remote_id, facts["bot_id"])
    if member.get("status") != "administrator":
        return [(Message(_NOT_ADMIN, names), True)]
    return [
        (Message(sentence, names), right == "can_post_messages")
        for right, sentence in _RIGHTS
        if not member.get(right)
    ]


async def _membership(api: Api, account: Account, chat_id: Any, bot_id: Any) -> dict[str, Any]:
    """{} when the bot is no member, which Telegram tells as a refusal."""
    try:
        return await _ask(api, account, "getChatMember", chat_id=chat_id, user_id=bot_id)
    except (BlockedError, RejectedError):
        return {}


async def _discussion(
    api: Api, account: Account, bot: Mapping[str, Any], chat: Mapping[str, Any]
) -> dict[str, Any]:
    """Whether the bot is told of what is said in the linked group: as an administrator there, or
    as a member whose privacy mode is off."""
    group = chat.get("linked_chat_id")
    if not group:
        return {"discussion": False, "discussion_state": "none"}
    member = await _membership(api, account, group, bot["id"])
    status = member.get("status")
    inside = status in {"member", "administrator"} or (status == "restricted" and member.get("is_member"))
    hears = status == "administrator" or bool(inside and bot.get("can_read_all_group_messages"))
    state = "heard" if hears else "privacy" if inside else "bot_absent"
    return {"discussion": hears, "discussion_state": state, "discussion_id": str(group)}


async def _updates_reach_us(api: Api, account: Account) -> bool:
    """False when a webhook or another program takes the bot's updates. Also says once which kinds
    are wanted: Telegram applies that only to what happens afterwards."""
    try:
        asked = {"limit": 1, "timeout": 0, "allowed_updates": KINDS}
        await api.call(Request.json("POST", method_url(account, "getUpdates"), asked))
    except NetworkError:
        return False
    return True
