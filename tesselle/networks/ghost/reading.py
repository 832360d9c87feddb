"""Reading back: what is public, what is counted, what was there before."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost, StepCall
from tesselle.domain.errors import NetworkError, TryLaterError
from tesselle.domain.metrics import Metric
from tesselle.domain.verdicts import (
    Absent,
    Candidate,
    Presence,
    Present,
    Remote,
    Seen,
    Sighting,
    Silent,
    StillProcessing,
)
from tesselle.networks.ghost import routes
from tesselle.networks.ghost.articles import found, same_words

PUBLIC = ("published", "sent")
PAGE = 100


def remote_of(post: Mapping[str, Any]) -> Remote:
    return Remote(str(post["id"]), str(post.get("url", "")))


def silent(error: NetworkError) -> Silent:
    return Silent(str(error.message), error.until if isinstance(error, TryLaterError) else None)


async def look_up(call: StepCall, api: Api) -> Sighting:
    """The draft's number is the witness of a post; an edit is there when its words are, a deletion
    when the post is not."""
    try:
        if call.kind == "post":
            return await _published(call, api)
        assert call.target is not None
        seen = await found(api, f"/posts/{call.target.id}/", {"formats": "html"})
    except NetworkError as error:
        return silent(error)
    match call.kind:
        case "edit":
            there = bool(seen) and same_words(call.frozen["fields"], seen)
        case _:
            gone = Candidate(call.target, api.now, certain=True) if call.target and not seen else None
            return Seen((gone,) if gone else ())
    if not there:
        return Seen()
    return Seen((Candidate(remote_of(seen), _instant(seen, api), certain=True, text=call.text),))


async def _published(call: StepCall, api: Api) -> Sighting:
    answer = await routes.get(api, "/posts/", {"filter": f"id:{call.frozen['post']}", "limit": 1})
    if not isinstance(answer.get("posts"), list):
        return Silent("the list of posts could not be read")
    seen = routes.first(answer)
    if seen.get("status") not in PUBLIC:
        return Seen()
    return Seen((Candidate(remote_of(seen), _instant(seen, api), certain=True, text=call.text),))


def _instant(post: Mapping[str, Any], api: Api) -> datetime:
    try:
        return datetime.fromisoformat(str(post.get("published_at")))
    except ValueError:
        return api.now


async def verify(remote: Remote, api: Api) -> Presence:
    try:
        seen = await found(api, f"/posts/{remote.id}/")
    except NetworkError as error:
        return silent(error)
    status = seen.get("status")
    if status in PUBLIC:
        return Present(remote_of(seen))
    if not seen or status == "draft":
        return Absent()  # deleted, or taken back by somebody
    return StillProcessing()


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    figures: list[Figures] = []
    for start in range(0, len(remotes), PAGE):
        ids = ",".join(remote.id for remote in remotes[start : start + PAGE])
        params: routes.Params = {
            "filter": f"id:[{ids}]",
            "include": "email,count.clicks",
            "limit": PAGE,
            "fields": "id",
        }
        answer = await routes.get(api, "/posts/", params)
        figures += (Figures(str(post["id"]), _clicks(post)) for post in answer.get("posts", ()))
    return tuple(figures)


def _clicks(post: Mapping[str, Any]) -> dict[str, int]:
    clicks = (post.get("count") or {}).get("clicks")
    return {Metric.CLICKS.value: clicks} if post.get("email") and isinstance(clicks, int) else {}


async def channel_figures(api: Api) -> Figures:
    posts = routes.total(await routes.get(api, "/posts/", {"filter": "status:published", "limit": 1}))
    members = routes.total(await routes.get(api, "/members/", {"limit": 1}))
    told = {Metric.POSTS.value: posts, Metric.FOLLOWERS.value: members}
    return Figures(
        api.account.remote_id, {name: number for name, number in told.items() if number is not None}
    )


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """What the site published since then, whoever wrote it."""
    after = since.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    past: list[PastPost] = []
    page: int | None = 1
    while page is not None:
        params: routes.Params = {
            "filter": f"status:[published,sent]+published_at:>'{after}'",
            "formats": "plaintext",
            "order": "published_at desc",
            "limit": PAGE,
            "page": page,
        }
        answer = await routes.get(api, "/posts/", params)
        past += (_past(post, api) for post in answer.get("posts", ()))
        following = answer.get("meta", {}).get("pagination", {}).get("next")
        page = following if isinstance(following, int) else None
    return tuple(past)


def _past(post: Mapping[str, Any], api: Api) -> PastPost:
    text = str(post.get("plaintext") or post.get("title") or "")
    return PastPost(
        remote_of(post), _instant(post, api), text, media_count=1 if post.get("feature_image") else 0
    )
