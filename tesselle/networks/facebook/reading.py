"""Reading back, counting, conversations and the past: everything that only reads, but the look-up."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.dialects.graph.answers import GONE
from tesselle.connectors.dialects.graph.wire import instant
from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError, TryLaterError
from tesselle.domain.messages import Message
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import (
    Absent,
    BlockReason,
    Presence,
    Present,
    ProcessingFailed,
    Remote,
    Silent,
    StillProcessing,
)
from tesselle.networks.facebook import films
from tesselle.networks.facebook.metrics import FILM_FIELDS, INSIGHTS, POST_FIELDS, counted, insight
from tesselle.networks.facebook.posting import COMMENT, ENDS_AT, PARENT, PHOTO_STORY, is_film
from tesselle.networks.facebook.posting import KIND as MADE_BY
from tesselle.networks.facebook.wire import GRAPH, link_to

HISTORY_FIELDS = (
    f"id,message,created_time,permalink_url,attachments{{media_type,subattachments}},{POST_FIELDS}"
)
REPLY_FIELDS = "id,message,created_time,from,parent{id},permalink_url"
STORIES = {PHOTO_STORY, films.FILM_STORY}


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


async def verify(remote: Remote, api: Api) -> Presence:
    ends = remote.extra.get(ENDS_AT, "")
    if ends and api.now >= datetime.fromisoformat(ends):
        return Silent("a story is shown for a day only")
    try:
        if is_film(remote):
            return await _film(remote, api)
        item = await GRAPH.ask(api, remote.id, {"fields": "id,permalink_url"})
    except RejectedError as error:
        return await _gone(api) if error.reason == GONE else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Present(Remote(remote.id, link_to(item) or remote.url, remote.extra))


async def _gone(api: Api) -> Presence:
    """The same answer stands for what we may no longer see: the Page itself tells the two apart."""
    try:
        await GRAPH.ask(api, api.account.remote_id, {"fields": "id"})
    except (NetworkError, ValueError) as error:
        return silent(error)
    return Absent()


async def _film(remote: Remote, api: Api) -> Presence:
    item = await GRAPH.ask(api, remote.id, {"fields": "status,published,permalink_url"})
    state = films.state_of(item)
    if state.is_public:
        return Present(Remote(remote.id, link_to(item) or remote.url, remote.extra))
    if state.failed:
        return ProcessingFailed("video_refused", Message(films.UNREADABLE, {"answer": state.failed}))
    return StillProcessing()


# figures


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    found = [await _figures(remote, api) for remote in remotes]
    return tuple(one for one in found if one is not None)


async def _figures(remote: Remote, api: Api) -> Figures | None:
    if remote.extra.get(MADE_BY, "") in STORIES:
        return None  # no reaction, comment or insight is told of a story
    of_film = is_film(remote)
    try:
        item = await GRAPH.ask(api, remote.id, {"fields": FILM_FIELDS if of_film else POST_FIELDS})
    except RejectedError:
        return None
    post = _post_showing(item, api) if of_film else remote.id
    told = await _insights(post, api) if post else {}
    if not of_film and not told.get(Metric.WATCH_TIME.value):
        told.pop(Metric.WATCH_TIME.value, None)  # told as none of words and pictures too
    return Figures(remote.id, {**counted(item, has_shares=not of_film), **told})


def _post_showing(film: Mapping[str, Any], api: Api) -> str:
    """With its Page's number before it, as posts are asked for; "" where it is not told."""
    post = str(film.get("post_id") or "")
    return post if not post or "_" in post else f"{api.account.remote_id}_{post}"


async def _insights(post: str, api: Api) -> dict[str, int]:
    """All at once; one metric that does not fit fails the whole call, so one by one then."""
    values: dict[str, int] = {}
    for names in (tuple(INSIGHTS), *((name,) for name in INSIGHTS)):
        try:
            told = await GRAPH.ask(api, f"{post}/insights", {"metric": ",".join(names)})
        except RejectedError:
            continue
        except BlockedError as error:
            if error.reason == BlockReason.SIGN_IN:
                raise
            return {}  # the right to read insights is not given
        for row in told.get("data") or ():
            values |= insight(row)
        if len(names) > 1:
            break
    return values


async def channel_figures(api: Api) -> Figures:
    page = await GRAPH.ask(api, api.account.remote_id, {"fields": "followers_count"})
    followers = page.get("followers_count")
    values = {Metric.FOLLOWERS.value: followers} if isinstance(followers, int) else {}
    return Figures(api.account.remote_id, values)


# conversations and the past


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    params = {"fields": REPLY_FIELDS, "filter": "stream", "order": "chronological", "limit": 100}
    return tuple([_reply(item, api) async for item in GRAPH.each(api, f"{remote.id}/comments", params)])


def _reply(item: Mapping[str, Any], api: Api) -> Reply:
    """Who wrote it is withheld from some applications: not told is not ours."""
    author, parent = item.get("from") or {}, str((item.get("parent") or {}).get("id", ""))
    return Reply(
        Remote(str(item["id"]), link_to(item), {MADE_BY: COMMENT, **({PARENT: parent} if parent else {})}),
        author=str(author.get("name", "")),
        text=str(item.get("message", "")),
        posted_at=instant(item["created_time"]),
        parent_id=parent,
        mine=str(author.get("id", "")) == api.account.remote_id,
    )


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    past = []
    listed = GRAPH.each(
        api, f"{api.account.remote_id}/published_posts", {"fields": HISTORY_FIELDS, "limit": 50}
    )
    async for item in listed:
        posted_at = instant(item["created_time"])
        if posted_at < since:
            break
        remote = Remote(str(item["id"]), link_to(item))
        past.append(PastPost(remote, posted_at, str(item.get("message", "")), _files(item), counted(item)))
    return tuple(past)


def _files(item: Mapping[str, Any]) -> int:
    count = 0
    for attachment in (item.get("attachments") or {}).get("data") or ():
        inner = (attachment.get("subattachments") or {}).get("data")
        count += len(inner) if inner else attachment.get("media_type") in {"photo", "video"}
    return count
