"""Figures and comments, as far as a bot is told of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Account, Api, Figures, Reply
from tesselle.domain.errors import NetworkError
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import Remote
from tesselle.networks.telegram.records import (
    chat_and_number,
    group_of,
    group_remote,
    has_discussion,
    method_url,
    numbers,
)
from tesselle.networks.telegram.updates import Pending, forwards, from_epoch, messages, pending, tidy


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    """What the pending updates tell. No update about a post: nothing is known, which is not zero."""
    if not api.account.facts.get("updates"):
        return tuple(Figures(remote.id, {}) for remote in remotes)
    seen = await pending(api)
    return tuple(Figures(remote.id, _values(remote, seen, api.account)) for remote in remotes)


def _values(remote: Remote, seen: Pending, account: Account) -> dict[str, int]:
    values: dict[str, int] = {}
    reactions = _reactions(remote, seen, account)
    if reactions:
        values[Metric.REACTIONS] = sum(reactions.values())
    # Only while the forward itself still waits, and nothing may lie beyond, are all comments here.
    copies = {f.copy_id for f in forwards(seen, account) if f.number in numbers(remote)}
    if copies and not seen.full:
        values[Metric.COMMENTS] = sum(1 for _ in _under(remote, seen, account))
    return values


def _reactions(remote: Remote, seen: Pending, account: Account) -> dict[int, int]:
    """The latest count of each message of the post that an update tells of."""
    latest: dict[int, int] = {}
    ours = set(numbers(remote))
    for update in seen.updates:
        told = update.get("message_reaction_count") or {}
        number = told.get("message_id")
        if number in ours and str((told.get("chat") or {}).get("id")) == account.remote_id:
            latest[number] = sum(int(one.get("total_count", 0)) for one in told.get("reactions", ()))
    return latest


async def channel_figures(api: Api) -> Figures:
    """The number of subscribers. Here, too, the queue of updates is kept short enough to be read."""
    fields = {"chat_id": api.account.remote_id}
    response = await api.call(Request.json("POST", method_url(api.account, "getChatMemberCount"), fields))
    count = response.mapping().get("result")
    if api.account.facts.get("updates"):
        with suppress(NetworkError):  # the next reading tidies; the figure is good
            await tidy(api, await pending(api))
    values: dict[str, int] = {Metric.FOLLOWERS: count} if isinstance(count, int) else {}
    return Figures(api.account.remote_id, values)


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    """The comments under a post that are still pending, oldest first."""
    chat, _ = chat_and_number(remote, api.account)
    if not has_discussion(api.account) or chat != api.account.remote_id:
        return ()
    seen = await pending(api)
    return tuple(_reply(message, remote, api.account) for message in _under(remote, seen, api.account))


def _under(remote: Remote, seen: Pending, account: Account) -> Iterator[Mapping[str, Any]]:
    """Messages of the group in the thread of this post's copy."""
    ours = set(numbers(remote))
    copies = {forward.copy_id for forward in forwards(seen, account) if forward.number in ours}
    if remote.extra.get("copy"):
        copies.add(int(remote.extra["copy"]))
    for message in messages(seen, account):
        answered = message.get("reply_to_message") or {}
        origin = answered.get("forward_origin") or {}
        under_copy = message.get("message_thread_id") in copies or answered.get("message_id") in copies
        under_post = answered.get("is_automatic_forward") and origin.get("message_id") in ours
        if (under_copy or under_post) and not message.get("is_automatic_forward"):
            yield message


def _reply(message: Mapping[str, Any], post: Remote, account: Account) -> Reply:
    answered = message.get("reply_to_message") or {}
    direct = not answered or answered.get("is_automatic_forward")
    sender = message.get("sender_chat") or message.get("from") or {}
    names = (sender.get("title"), sender.get("first_name"), sender.get("last_name"))
    return Reply(
        remote=group_remote(message["chat"], int(message["message_id"])),
        author=" ".join(name for name in names if name) or str(sender.get("username", "")),
        text=str(message.get("text") or message.get("caption") or ""),
        posted_at=from_epoch(message.get("date")),
        parent_id=post.id if direct else f"{group_of(account)}/{answered['message_id']}",
        mine=str(sender.get("id")) in {account.remote_id, str(account.facts.get("bot_id"))},
    )
