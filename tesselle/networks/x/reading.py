"""Reading back, counting, conversations and the past: everything that only reads, but the look-up.

Every post that is read is billed, so nothing is asked for twice and lists end where they may.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.metrics import Metric, Scope
from tesselle.domain.verdicts import Absent, Presence, Present, Remote, Silent
from tesselle.networks.x.metrics import counted
from tesselle.networks.x.posts import remote
from tesselle.networks.x.texts import shown
from tesselle.networks.x.wire import OLD_FIELDS, POST_FIELDS, ask, field, problem_names

POSTS_A_PAGE = 100
MAX_PAGES = 33
"""Timelines hold the last 3,200 posts."""
OWN_FIGURES_LAST = timedelta(days=29)
"""A day less than X gives them for."""
FIRST_MILLISECOND = 1_288_834_974_657
"""Ids tell when they were made: milliseconds since this, above the lower 22 bits."""
GONE = {"resource-not-found", "not-authorized-for-resource"}


def instant(value: Any) -> datetime:
    """Aware. Raises ValueError."""
    parsed = datetime.fromisoformat(str(value))
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def made_at(post_id: str) -> datetime:
    milliseconds = (int(post_id) >> 22) + FIRST_MILLISECOND
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


async def verify(thing: Remote, api: Api) -> Presence:
    try:
        answer = await ask(api, f"/2/tweets/{thing.id}", {OLD_FIELDS: "created_at"})
    except RejectedError as error:
        return Absent() if error.reason == "not_found" else Silent(str(error))
    except (NetworkError, ValueError) as error:
        return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)
    data = answer.get("data")
    if isinstance(data, dict) and str(data.get("id")) == thing.id:
        return Present(Remote(thing.id, thing.url or remote(thing.id, api.account).url, thing.extra))
    gone = not data and problem_names(answer) & GONE
    return Absent() if gone else Silent("unreadable answer")


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    """Young and old apart: one old post among the others would cost all of them their clicks."""
    young = [one.id for one in remotes if api.now - made_at(one.id) < OWN_FIGURES_LAST]
    old = [one.id for one in remotes if one.id not in set(young)]
    found: list[Figures] = []
    for ids, fields in ((young, "public_metrics,non_public_metrics"), (old, "public_metrics")):
        for start in range(0, len(ids), POSTS_A_PAGE):
            found += await _figures(ids[start : start + POSTS_A_PAGE], f"{fields},attachments", api)
    return tuple(found)


async def _figures(ids: list[str], fields: str, api: Api) -> list[Figures]:
    params = {
        "ids": ",".join(ids),
        OLD_FIELDS: fields,
        "expansions": "attachments.media_keys",
        "media.fields": "public_metrics,type",
    }
    answer = await ask(api, "/2/tweets", params)
    views = _views(answer)
    found = []
    for post in _list(answer):
        keys = (post.get("attachments") or {}).get("media_keys") or ()
        watched = [views[key] for key in keys if key in views]
        values = counted(post, Scope.POST) | ({Metric.VIDEO_VIEWS.value: sum(watched)} if watched else {})
        found.append(Figures(str(post.get("id")), values))
    return found


def _views(answer: Mapping[str, Any]) -> dict[str, int]:
    media = (answer.get("includes") or {}).get("media") or ()
    told = {str(one.get("media_key")): (one.get("public_metrics") or {}).get("view_count") for one in media}
    return {key: count for key, count in told.items() if isinstance(count, int)}


async def channel_figures(api: Api) -> Figures:
    user = (await ask(api, "/2/users/me", {"user.fields": "public_metrics"})).get("data") or {}
    return Figures(str(user.get("id", "")), counted(user, Scope.CHANNEL))


async def replies(thing: Remote, api: Api) -> tuple[Reply, ...]:
    """Of the last seven days: X's search knows no older ones."""
    params = {
        "query": f"conversation_id:{thing.id}",
        OLD_FIELDS: f"author_id,{POST_FIELDS}",
        "expansions": "author_id",
        "user.fields": "username,name",
    }
    answers = [page async for page in _pages(api, "/2/tweets/search/recent", params, "next_token")]
    names = {
        str(user.get("id")): str(user.get("username", ""))
        for answer in answers
        for user in (answer.get("includes") or {}).get("users") or ()
    }
    return tuple(_reply(post, names, api) for answer in answers for post in _list(answer))


def _reply(post: Mapping[str, Any], names: Mapping[str, str], api: Api) -> Reply:
    author = str(post.get("author_id", ""))
    parents = field(post, "referenced_tweets") or ()
    post_id, name = str(post["id"]), names.get(author, "")
    return Reply(
        remote=Remote(post_id, f"https://x.com/{name or 'i'}/status/{post_id}"),
        author=f"@{name}" if name else author,
        text=shown(post),
        posted_at=instant(post["created_at"]),
        parent_id=next((str(one["id"]) for one in parents if one.get("type") == "replied_to"), ""),
        mine=author == api.account.remote_id,
    )


async def own_posts(api: Api, since: datetime, **params: str) -> list[dict[str, Any]]:
    """The account's own posts back to an instant, newest first, reposts left out."""
    query = {
        "max_results": str(POSTS_A_PAGE),
        "start_time": stamp(since),
        OLD_FIELDS: POST_FIELDS,
        **({"exclude": "retweets"} | params),
    }
    path = f"/2/users/{api.account.remote_id}/tweets"
    pages = [page async for page in _pages(api, path, query, "pagination_token")]
    return [post for page in pages for post in _list(page)]


async def _pages(api: Api, path: str, params: Mapping[str, str], token: str) -> Any:
    query = dict(params)
    for _page in range(MAX_PAGES):
        answer = await ask(api, path, query)
        yield answer
        following = (answer.get("meta") or {}).get("next_token")
        if not following:
            return
        query[token] = str(following)


def _list(answer: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Nothing found has no `data` at all, but a count of none. Raises ValueError for anything else."""
    data = answer.get("data")
    if isinstance(data, list):
        return data
    if (answer.get("meta") or {}).get("result_count") == 0 or answer.get("errors"):
        return []
    raise ValueError("no list of posts")


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """Posts of the account's own making: neither reposts nor answers nor later parts of a thread."""
    fields = f"{POST_FIELDS},public_metrics"
    posts = await own_posts(api, since, exclude="retweets,replies", **{OLD_FIELDS: fields})
    return tuple(
        PastPost(
            remote=remote(str(post["id"]), api.account),
            posted_at=instant(post["created_at"]),
            text=shown(post),
            media_count=len((post.get("attachments") or {}).get("media_keys") or ()),
            figures=counted(post, Scope.POST),
        )
        for post in posts
    )
