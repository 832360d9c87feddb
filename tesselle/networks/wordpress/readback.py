"""Reading back: what is public, what was said under it, what was there before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from tesselle.connectors.dialects.articles import plain
from tesselle.connectors.http.exchange import Response
from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import BlockedError, NetworkError, NotSentError, RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import Absent, Presence, Present, Remote, Silent, StillProcessing
from tesselle.networks.wordpress import routes
from tesselle.networks.wordpress.answers import GONE, items, mapping
from tesselle.networks.wordpress.drafts import COMMENT, path_of, raw
from tesselle.networks.wordpress.lookup import instant

PUBLIC = ("publish", "private", "approved")
PAGE = 100


async def verify(remote: Remote, api: Api) -> Presence:
    comment = remote.id.startswith(COMMENT)
    context = {} if comment and not api.account.facts.get("can_moderate") else {"context": "edit"}
    try:
        item = mapping(await api.call(routes.get(api.account, path_of(remote.id), context)))
    except RejectedError as error:
        return Absent() if error.reason == GONE else Silent(str(error.message))
    except TryLaterError as error:
        return Silent(str(error.message), error.until)
    except NetworkError as error:
        return Silent(str(error.message))
    status = item.get("status")
    if status in PUBLIC:
        return Present(Remote(remote.id, str(item.get("link", remote.url)), remote.extra))
    if status is None:
        return Silent("the answer could not be read")
    return Absent() if status in ("trash", "spam") else StillProcessing()


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    posts = [remote.id for remote in remotes if not remote.id.startswith(COMMENT)]
    known: set[str] = set()
    for start in range(0, len(posts), PAGE):
        some = ",".join(posts[start : start + PAGE])
        params: dict[str, str | int] = {"include": some, "per_page": PAGE, "_fields": "id"}
        known |= {
            str(item["id"]) for item in _listed(await api.call(routes.get(api.account, "/posts", params)))
        }
    figures = []
    for post in (post for post in posts if post in known):
        answer = await api.call(routes.get(api.account, "/comments", {"post": post, "per_page": 1}))
        figures.append(Figures(post, _total(answer, Metric.COMMENTS)))
    return tuple(figures)


async def channel_figures(api: Api) -> Figures:
    params: dict[str, str | int] = {"status": "publish", "per_page": 1, "_fields": "id"}
    answer = await api.call(routes.get(api.account, "/posts", params))
    return Figures(api.account.remote_id, _total(answer, Metric.POSTS))


def _total(answer: Response, metric: Metric) -> dict[str, int]:
    total = answer.headers.get("x-wp-total", "")
    return {metric.value: int(total)} if total.isdigit() else {}


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    """All that wait or are approved, for an editor; the approved ones for anybody else."""
    post = remote.extra.get("post", remote.id)
    params: dict[str, str | int] = {"post": post, "orderby": "date_gmt", "order": "asc"}
    everything: dict[str, str | int] = {"context": "edit", "status": "all"}
    try:
        listed = await _pages(api, "/comments", params | everything)
    except BlockedError as error:
        if error.reason != "role":
            raise
        listed = await _pages(api, "/comments", params)
    return tuple(_reply(item, api) for item in listed if item.get("status") not in ("spam", "trash"))


def _reply(item: Mapping[str, Any], api: Api) -> Reply:
    extra = {"post": str(item.get("post", ""))}
    return Reply(
        Remote(f"{COMMENT}{item['id']}", str(item.get("link", "")), extra),
        author=str(item.get("author_name", "")),
        text=plain(raw(item, "content")),
        posted_at=instant(item),
        parent_id=f"{COMMENT}{item['parent']}" if item.get("parent") else "",
        mine=str(item.get("author", "")) == api.account.remote_id,
    )


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """What the site published since then, whoever wrote it."""
    after = since.replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    params: dict[str, str | int] = {
        "after": after,
        "status": "publish",
        "orderby": "date",
        "order": "desc",
    }
    if api.account.facts.get("can_edit_others"):
        # Shows the words as they were typed; for others, the list would leave out what they may not edit.
        params["context"] = "edit"
    return tuple(_past(item) for item in await _pages(api, "/posts", params))


def _past(item: Mapping[str, Any]) -> PastPost:
    markup = raw(item, "content")
    shown = markup.count("<img") + markup.count("<video")
    return PastPost(
        Remote(str(item["id"]), str(item.get("link", ""))),
        instant(item),
        plain(markup) or plain(raw(item, "title")),
        media_count=max(shown, 1 if item.get("featured_media") else 0),
    )


async def _pages(api: Api, path: str, params: Mapping[str, str | int]) -> list[dict[str, Any]]:
    """Every page; one beyond the end would be an error, hence the site's own count of pages."""
    result: list[dict[str, Any]] = []
    page, pages = 1, 1
    while page <= pages:
        asked = {**params, "per_page": PAGE, "page": page}
        answer = await api.call(routes.get(api.account, path, asked))
        result += _listed(answer)
        told = answer.headers.get("x-wp-totalpages", "1")
        page, pages = page + 1, int(told) if told.isdigit() else 1
    return result


def _listed(answer: Response) -> list[dict[str, Any]]:
    listed = items(answer)
    if listed is None:
        raise NotSentError(Message(N_("The site answered with a web page instead of data.")))
    return listed
