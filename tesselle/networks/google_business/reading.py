"""Reading back, counting, reviews, the past: everything that only reads, but the look-up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api, Figures, PastPost, Reply
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Absent,
    Presence,
    Present,
    ProcessingFailed,
    Remote,
    Silent,
    StillProcessing,
)
from tesselle.networks.google_business import gallery, metrics
from tesselle.networks.google_business.answers import GONE
from tesselle.networks.google_business.posts import CHANGED, REPLY, remote
from tesselle.networks.google_business.wire import FIGURES, POSTS, ask, each, place_of

A_PAGE = 100
REVIEWS_A_PAGE = 50
MOST_REVIEWS = 200
DAYS = 28
STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}

REJECTED = N_(
    "Google looked at the post and does not show it. It gives no reason; a telephone number in the text is a "
    "common one."
)
REPLY_REJECTED = N_("Google looked at the answer and does not show it (“%(why)s”). Write it otherwise.")


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def instant(told: Any) -> datetime:
    """Raises ValueError."""
    parsed = datetime.fromisoformat(str(told))
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


async def verify(thing: Remote, api: Api) -> Presence:
    try:
        told = await ask(api, POSTS, f"v4/{thing.id.removesuffix(REPLY)}")
    except RejectedError as error:
        return Absent() if error.reason == GONE else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    if not told.get("name"):
        return Silent("unreadable answer")
    if gallery.is_photo(thing):
        return gallery.presence_of(told)
    return _of_reply(told, thing) if thing.id.endswith(REPLY) else _of_post(told)


def _of_post(post: Mapping[str, Any]) -> Presence:
    match post.get("state"):
        case "LIVE" | "RECURRING":
            return Present(remote(post))
        case "PROCESSING" | "SCHEDULED":
            return StillProcessing()
        case "REJECTED":
            return ProcessingFailed("rejected", Message(REJECTED))
    return Silent("unreadable answer")


def _of_reply(review: Mapping[str, Any], thing: Remote) -> Presence:
    """Answers are looked at as well; before April 2026 they had no state."""
    reply = review.get("reviewReply")
    if not isinstance(reply, Mapping):
        return Absent()
    match reply.get("reviewReplyState", "APPROVED"):
        case "PENDING":
            return StillProcessing()
        case "REJECTED":
            why = str(reply.get("policyViolation") or "?")
            return ProcessingFailed("rejected", Message(REPLY_REJECTED, {"why": why}))
    return Present(thing)


async def posts_since(api: Api, since: datetime) -> list[dict[str, Any]]:
    """The newest come first."""
    found: list[dict[str, Any]] = []
    path = f"v4/{place_of(api.account)}/localPosts"
    async for post in each(api, POSTS, path, "localPosts", {"pageSize": A_PAGE}):
        if instant(post["createTime"]) < since:
            break
        found.append(post)
    return found


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """Posts that Google shows or showed; it tells no figures of them."""
    return tuple(
        PastPost(
            remote(post),
            instant(post["createTime"]),
            "\n\n".join(
                text for text in ((post.get("event") or {}).get("title"), post.get("summary")) if text
            ),
            len(post.get("media") or ()),
        )
        for post in await posts_since(api, since)
        if post.get("state") != "REJECTED"
    )


async def channel_figures(api: Api) -> Figures:
    """Of the last four weeks that Google tells of, and the reviews that there are."""
    today = api.now.date()
    query = [("dailyMetrics", name) for name in metrics.DAILY]
    query += _range("startDate", today - timedelta(days=DAYS)) + _range("endDate", today)
    path = f"v1/{api.account.remote_id}:fetchMultiDailyMetricsTimeSeries"
    told = await ask(api, FIGURES, path, query)
    reviews = await ask(api, POSTS, f"v4/{place_of(api.account)}/reviews", {"pageSize": 1})
    return Figures(api.account.remote_id, {**metrics.of_days(told), **metrics.of_reviews(reviews)})


def _range(name: str, day: date) -> list[tuple[str, Any]]:
    parts = {"year": day.year, "month": day.month, "day": day.day}
    return [(f"dailyRange.{name}.{part}", value) for part, value in parts.items()]


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    """Google ended the figures of single posts in February 2023."""
    return ()


async def reviews(api: Api) -> tuple[Reply, ...]:
    """Of the place, the newest first; there are no comments below posts."""
    found: list[Reply] = []
    query = {"pageSize": REVIEWS_A_PAGE, "orderBy": "updateTime desc"}
    async for review in each(api, POSTS, f"v4/{place_of(api.account)}/reviews", "reviews", query):
        found += _review(review, api)
        if len(found) >= MOST_REVIEWS:
            break
    return tuple(found)


def _review(review: Mapping[str, Any], api: Api) -> list[Reply]:
    """With its stars, which may be all there is; and our answer, if it has one. Changed after our answer, it waits
    again: its author may do so at any time."""
    name, reviewer = str(review["name"]), review.get("reviewer") or {}
    stars = STARS.get(str(review.get("starRating")), 0)
    words = "\n".join(part for part in ("★" * stars + "☆" * (5 - stars), review.get("comment")) if part)
    author = "" if reviewer.get("isAnonymous") else str(reviewer.get("displayName") or "")
    url = str(review.get("reviewReplyUrl") or "")
    answer = review.get("reviewReply")
    if not answer:
        return [Reply(Remote(name, url), author, words, instant(review["createTime"]))]
    changed = str(review["updateTime"])
    at = instant(answer.get("updateTime") or changed)
    own = Remote(f"{name}{REPLY}")
    if instant(changed) > at:
        # What it said before is gone; what it says now has no answer.
        return [
            Reply(own, api.account.handle, str(answer.get("comment", "")), at, mine=True),
            Reply(Remote(f"{name}{CHANGED}{changed}", url), author, words, instant(changed), own.id),
        ]
    return [
        Reply(Remote(name, url), author, words, instant(review["createTime"])),
        Reply(own, api.account.handle, str(answer.get("comment", "")), at, name, mine=True),
    ]
