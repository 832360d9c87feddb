"""Reading back, counting, conversations and the past: everything that only reads, but the look-up."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import instant
from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError, TryLaterError
from tesselle.domain.verdicts import Absent, BlockReason, Presence, Present, Remote, Silent
from tesselle.networks.threads.metrics import OF_CHANNEL, OF_POST, of_channel, of_post
from tesselle.networks.threads.wire import INSIGHTS, ME, OWN, THREADS

REPLY_FIELDS = "id,text,timestamp,username,permalink,is_reply_owned_by_me,replied_to"
HISTORY_FIELDS = "id,text,timestamp,permalink,media_type,children"
SHARED_ON = "REPOST_FACADE"
"""What somebody else's post is called in one's own list."""


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def words_of(text: str) -> str:
    return re.sub(r"\s+", "", text)


async def verify(remote: Remote, api: Api) -> Presence:
    try:
        item = await THREADS.ask(api, remote.id, {"fields": "id,permalink"})
    except RejectedError as error:
        return await _gone(api) if error.reason == GONE else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Present(Remote(remote.id, str(item.get("permalink") or remote.url), remote.extra))


async def _gone(api: Api) -> Presence:
    """The same answer stands for what we may no longer see: the account itself tells the two apart."""
    try:
        await THREADS.ask(api, ME, {"fields": "id"})
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Absent()


# figures


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    found = [await _figures(remote, api) for remote in remotes]
    return tuple(one for one in found if one is not None)


async def _figures(remote: Remote, api: Api) -> Figures | None:
    try:
        told = await THREADS.ask(api, f"{remote.id}/insights", {"metric": ",".join(OF_POST)})
    except RejectedError:
        return None
    except BlockedError as error:
        if error.reason == BlockReason.SIGN_IN:
            raise
        return Figures(remote.id, {})  # the right to read figures was not given
    return Figures(remote.id, of_post(told.get("data") or []))


async def channel_figures(api: Api) -> Figures:
    told = await THREADS.ask(api, INSIGHTS, {"metric": ",".join(OF_CHANNEL)})
    return Figures(api.account.remote_id, of_channel(told.get("data") or []))


# conversations and the past


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    """Of every depth."""
    params = {"fields": REPLY_FIELDS, "reverse": False, "limit": 50}
    found = [
        _reply(item, remote, api) async for item in THREADS.each(api, f"{remote.id}/conversation", params)
    ]
    return tuple(sorted(found, key=lambda one: one.posted_at))


def _reply(item: Mapping[str, Any], root: Remote, api: Api) -> Reply:
    name, answered = str(item.get("username") or ""), str((item.get("replied_to") or {}).get("id") or "")
    return Reply(
        Remote(str(item["id"]), str(item.get("permalink") or "")),
        author=f"@{name}" if name else "",
        text=str(item.get("text") or ""),
        posted_at=instant(item["timestamp"]),
        parent_id="" if answered == root.id else answered,
        mine=item.get("is_reply_owned_by_me") is True or f"@{name}" == api.account.handle,
    )


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    past = []
    async for item in THREADS.each(api, OWN, {"fields": HISTORY_FIELDS, "limit": 50}):
        posted_at, kind = instant(item["timestamp"]), item.get("media_type", "")
        if posted_at < since:
            break
        if kind == SHARED_ON:
            continue
        files = len((item.get("children") or {}).get("data") or ()) or (0 if kind == "TEXT_POST" else 1)
        remote = Remote(str(item["id"]), str(item.get("permalink") or ""))
        past.append(PastPost(remote, posted_at, str(item.get("text") or ""), files))
    return tuple(past)
