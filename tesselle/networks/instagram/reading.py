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
from tesselle.networks.instagram.metrics import asked_of, insights, of_channel, of_post
from tesselle.networks.instagram.posting import ENDS_AT, MEDIA, PARENT
from tesselle.networks.instagram.wire import graph_of

POST_FIELDS = "id,media_product_type,like_count,comments_count"
HISTORY_FIELDS = "id,caption,timestamp,permalink,media_type,like_count,comments_count,children{id}"
COMMENT_FIELDS = "id,text,timestamp,username,parent_id"
WITH_AUTHOR = f"{COMMENT_FIELDS},from"


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def words_of(text: str) -> str:
    return re.sub(r"\s+", "", text)


async def verify(remote: Remote, api: Api) -> Presence:
    ends = remote.extra.get(ENDS_AT, "")
    if ends and api.now >= datetime.fromisoformat(ends):
        return Silent("a story is shown for a day only")
    graph, is_comment = graph_of(api.account), MEDIA in remote.extra
    try:
        item = await graph.ask(api, remote.id, {"fields": "id" if is_comment else "id,permalink"})
    except RejectedError as error:
        return await _gone(api) if error.reason == GONE else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Present(Remote(remote.id, str(item.get("permalink") or remote.url), remote.extra))


async def _gone(api: Api) -> Presence:
    """The same answer stands for what we may no longer see: the account itself tells the two apart."""
    try:
        await graph_of(api.account).ask(api, api.account.remote_id, {"fields": "id"})
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Absent()


# figures


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    found = [await _figures(remote, api) for remote in remotes if MEDIA not in remote.extra]
    return tuple(one for one in found if one is not None)


async def _figures(remote: Remote, api: Api) -> Figures | None:
    graph = graph_of(api.account)
    try:
        item = await graph.ask(api, remote.id, {"fields": POST_FIELDS})
    except RejectedError:
        return None
    told = await _insights(remote.id, str(item.get("media_product_type")), api)
    return Figures(remote.id, {**of_post(item), **told})


async def _insights(media: str, product: str, api: Api) -> dict[str, int]:
    graph = graph_of(api.account)
    for names in asked_of(product):
        try:
            told = await graph.ask(api, f"{media}/insights", {"metric": ",".join(names)})
        except RejectedError:
            continue
        except BlockedError as error:  # stories with few viewers, or a right that is not given
            if error.reason == BlockReason.SIGN_IN:
                raise
            return {}
        return insights(told.get("data") or [])
    return {}


async def channel_figures(api: Api) -> Figures:
    fields = {"fields": "followers_count,media_count"}
    item = await graph_of(api.account).ask(api, api.account.remote_id, fields)
    return Figures(api.account.remote_id, of_channel(item))


# conversations and the past


async def comments_below(media: str, api: Api) -> list[dict[str, Any]]:
    """Both levels. Who wrote is withheld from some applications, and then asked for in vain."""
    for fields in (WITH_AUTHOR, COMMENT_FIELDS):
        try:
            return await _comments(media, fields, api)
        except RejectedError as error:
            if error.reason == GONE or fields == COMMENT_FIELDS:
                raise
    return []


async def _comments(media: str, fields: str, api: Api) -> list[dict[str, Any]]:
    params = {"fields": f"{fields},replies{{{fields}}}", "limit": 50}
    found: list[dict[str, Any]] = []
    async for item in graph_of(api.account).each(api, f"{media}/comments", params):
        found.append(item)
        for reply in (item.get("replies") or {}).get("data") or ():
            found.append({**reply, "parent_id": str(item["id"])})
    return found


def is_own(item: Mapping[str, Any], api: Api) -> bool:
    author = item.get("from") or {}
    if author.get("id"):
        return str(author["id"]) == api.account.remote_id
    return f"@{item.get('username', '')}" == api.account.handle


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    media = remote.extra.get(MEDIA, remote.id)
    found = [_reply(item, media, api) for item in await comments_below(media, api)]
    return tuple(sorted(found, key=lambda one: one.posted_at))


def _reply(item: Mapping[str, Any], media: str, api: Api) -> Reply:
    author, parent = item.get("from") or {}, str(item.get("parent_id") or "")
    name = str(item.get("username") or author.get("username") or "")
    return Reply(
        Remote(str(item["id"]), "", {MEDIA: media, **({PARENT: parent} if parent else {})}),
        author=f"@{name}" if name else "",
        text=str(item.get("text", "")),
        posted_at=instant(item["timestamp"]),
        parent_id=parent,
        mine=is_own(item, api),
    )


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    past = []
    path, params = f"{api.account.remote_id}/media", {"fields": HISTORY_FIELDS, "limit": 50}
    async for item in graph_of(api.account).each(api, path, params):
        posted_at = instant(item["timestamp"])
        if posted_at < since:
            break
        files = len((item.get("children") or {}).get("data") or ()) or 1
        remote = Remote(str(item["id"]), str(item.get("permalink", "")))
        past.append(PastPost(remote, posted_at, str(item.get("caption", "")), files, of_post(item)))
    return tuple(past)
