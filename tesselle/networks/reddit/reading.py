"""Reading back, counting, conversations and the past: everything that only reads, but the look-up."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.metrics import Scope
from tesselle.domain.verdicts import Absent, Presence, Present, Remote, Silent, StillProcessing
from tesselle.networks.reddit.answers import GONE
from tesselle.networks.reddit.metrics import counted
from tesselle.networks.reddit.remotes import instant, is_gone, is_pending, remote
from tesselle.networks.reddit.wire import ask, children, form, items

AT_ONCE = 100
CLOCKS_DIFFER = timedelta(seconds=60)
SHELLS = {"[deleted]", "[removed]"}


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


async def post_of(thing: Remote, api: Api) -> dict[str, Any] | None:
    """As it is there now; None when it is gone."""
    found = children(await ask(api, "/api/info", {"id": thing.id}))
    return next((one["data"] for one in found if not is_gone(one["data"])), None)


async def own_posts(api: Api, since: datetime, kind: str = "submitted") -> list[dict[str, Any]]:
    """The account's own, newest first, back to an instant."""
    found = []
    async for data in items(api, f"/user/{api.account.handle}/{kind}", {"sort": "new"}):
        if instant(data) < since:
            break
        found.append(data)
    return found


async def found_post(pending: Remote, api: Api) -> Remote | None:
    """A post that was accepted without a number, in the account's own list."""
    told = pending.extra
    since = datetime.fromisoformat(told["since"]) - CLOCKS_DIFFER
    for post in await own_posts(api, since):
        same = (
            str(post.get("subreddit", "")).lower() == told["community"].lower()
            and str(post.get("title")) == told["title"]
        )
        if same and holds(post, told["assets"].split()):
            return Remote(remote(post).id, remote(post).url, told)
    return None


def holds(post: Mapping[str, Any], assets: Sequence[str]) -> bool:
    """Whether it can show these files: a gallery names them; of others only the kind is sure."""
    gallery = [str(one.get("media_id")) for one in (post.get("gallery_data") or {}).get("items") or ()]
    if len(assets) > 1 or gallery:
        return gallery == list(assets)
    return bool(assets) == (not post.get("is_self"))


async def verify(thing: Remote, api: Api) -> Presence:
    try:
        if is_pending(thing):
            found = await found_post(thing, api)
            return StillProcessing() if found is None else Present(found)
        data = await post_of(thing, api)
    except RejectedError as error:
        return Absent() if error.reason == GONE else silent(error)
    except (NetworkError, ValueError, KeyError, TypeError) as error:
        return silent(error)
    if data is None:
        return Absent()
    return Present(Remote(thing.id, remote(data).url or thing.url, thing.extra))


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    ids = [thing.id for thing in remotes if not is_pending(thing)]
    figures: list[Figures] = []
    for start in range(0, len(ids), AT_ONCE):
        listing = await ask(api, "/api/info", {"id": ",".join(ids[start : start + AT_ONCE])})
        posts = [one["data"] for one in children(listing) if not is_gone(one["data"])]
        figures += [Figures(str(post["name"]), counted(post, Scope.POST)) for post in posts]
    return tuple(figures)


async def channel_figures(api: Api) -> Figures:
    about = await ask(api, f"/user/{api.account.handle}/about")
    data = about.get("data") if isinstance(about, Mapping) else None
    profile = (data or {}).get("subreddit")
    told = profile if isinstance(profile, Mapping) else {}
    return Figures(api.account.remote_id, counted(told, Scope.CHANNEL))


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    return tuple(
        PastPost(
            remote=remote(post),
            posted_at=instant(post),
            text="\n\n".join(str(post[name]) for name in ("title", "selftext") if post.get(name)),
            media_count=_files_of(post),
            figures=counted(post, Scope.POST),
        )
        for post in await own_posts(api, since)
        if not post.get("crosspost_parent")
    )


def _files_of(post: Mapping[str, Any]) -> int:
    gallery = (post.get("gallery_data") or {}).get("items") or ()
    return len(gallery) or int(bool(post.get("is_video") or post.get("post_hint") == "image"))


async def replies(thing: Remote, api: Api) -> tuple[Reply, ...]:
    """The whole tree of comments; what was deleted or removed is left out, so that it goes here too."""
    number = thing.id.removeprefix("t3_")
    params = {"limit": 500, "depth": 10, "sort": "new"}
    told = await ask(api, f"/comments/{number}", params)
    if not isinstance(told, list) or len(told) != 2:
        raise ValueError("no tree of comments")
    found, missing = [], []
    for kind, data in _tree(told[1]):
        if kind == "more":
            missing += [str(one) for one in data.get("children") or ()]
        else:
            found.append(data)
    for start in range(0, len(missing), AT_ONCE):
        found += await _more(thing, missing[start : start + AT_ONCE], api)
    return tuple(_reply(data, api) for data in found if not _is_shell(data))


def _tree(listing: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for child in children(listing):
        data = child["data"]
        yield str(child.get("kind")), data
        if isinstance(data.get("replies"), dict):
            yield from _tree(data["replies"])


async def _more(thing: Remote, numbers: list[str], api: Api) -> list[dict[str, Any]]:
    fields = {"link_id": thing.id, "children": ",".join(numbers)}
    asked = form(api.account, "/api/morechildren", fields, await api.session())
    data = ((await api.call(asked)).mapping().get("json") or {}).get("data") or {}
    things = data.get("things") or ()
    return [one["data"] for one in things if isinstance(one, dict) and one.get("kind") == "t1"]


def _is_shell(data: Mapping[str, Any]) -> bool:
    return is_gone(data) or str(data.get("body")) in SHELLS


def _reply(data: Mapping[str, Any], api: Api) -> Reply:
    author = str(data.get("author", ""))
    parent = str(data.get("parent_id") or "")
    return Reply(
        remote=remote(data),
        author=f"u/{author}",
        text=str(data.get("body", "")),
        posted_at=instant(data),
        parent_id=parent if parent.startswith("t1_") else "",
        mine=author.lower() == api.account.handle.lower(),
    )
