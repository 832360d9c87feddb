"""Reading back, counting, conversations and the past: everything that only reads, but the look-up."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tesselle.connectors.card import Discussed, discussed_on
from tesselle.connectors.protocols import Api, Figures, PastPost, Person, Reply
from tesselle.domain.errors import NetworkError, RejectedError, TryLaterError
from tesselle.domain.metrics import Scope
from tesselle.domain.verdicts import Absent, Presence, Present, Remote, Silent
from tesselle.networks.mastodon import NETWORK
from tesselle.networks.mastodon.metrics import counted
from tesselle.networks.mastodon.statuses import remote
from tesselle.networks.mastodon.texts import plain
from tesselle.networks.mastodon.wire import ask_list, ask_mapping

STATUSES_A_PAGE = 40
STATUSES_A_CALL = 20
BATCHES_SINCE_API = 2
"""`api_versions.mastodon` of 4.3, the first to answer several statuses in one call."""
PEOPLE = 8
DIRECT = "direct"
"""The visibility of what only those see who are named in it."""

MAX_PAGES = 60


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def instant(value: Any) -> datetime:
    """A server's instant, aware. Raises ValueError."""
    parsed = datetime.fromisoformat(str(value))
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


async def verify(thing: Remote, api: Api) -> Presence:
    try:
        status = await ask_mapping(api, f"/api/v1/statuses/{thing.id}")
    except RejectedError as error:
        return Absent() if error.reason == "not_found" else silent(error)
    except NetworkError as error:
        return silent(error)
    if str(status.get("id")) != thing.id:
        return Silent("unreadable answer")
    seen = remote(status)
    return Present(Remote(seen.id, seen.url or thing.url, {**thing.extra, **seen.extra}))


async def post_figures(remotes: Sequence[Remote], api: Api) -> tuple[Figures, ...]:
    ids = [thing.id for thing in remotes]
    if int(api.account.facts.get("api", 0)) >= BATCHES_SINCE_API:
        statuses = []
        for start in range(0, len(ids), STATUSES_A_CALL):
            params = {"id[]": ids[start : start + STATUSES_A_CALL]}
            statuses += await ask_list(api, "/api/v1/statuses", params)
    else:
        found = [await _status_if_there(status_id, api) for status_id in ids]
        statuses = [status for status in found if status is not None]
    return tuple(Figures(str(status.get("id")), counted(status, Scope.POST)) for status in statuses)


async def _status_if_there(status_id: str, api: Api) -> dict[str, Any] | None:
    try:
        return await ask_mapping(api, f"/api/v1/statuses/{status_id}")
    except RejectedError:
        return None


async def channel_figures(api: Api) -> Figures:
    account = await ask_mapping(api, "/api/v1/accounts/verify_credentials")
    return Figures(str(account.get("id", "")), counted(account, Scope.CHANNEL))


async def replies(thing: Remote, api: Api) -> tuple[Reply, ...]:
    """Where private mentions are read by themselves, one below a post is a message and no comment."""
    context = await ask_mapping(api, f"/api/v1/statuses/{thing.id}/context")
    apart = Discussed.MESSAGES in discussed_on(NETWORK, api.account.kind)
    return tuple(
        reply_of(status, api)
        for status in context.get("descendants") or ()
        if not (apart and status.get("visibility") == DIRECT)
    )


def reply_of(status: Mapping[str, Any], api: Api) -> Reply:
    author = status.get("account") or {}
    return Reply(
        remote=remote(status),
        author=f"@{author.get('acct', '')}",
        text=plain(str(status.get("content", ""))),
        posted_at=instant(status["created_at"]),
        parent_id=str(status.get("in_reply_to_id") or ""),
        mine=str(author.get("id")) == api.account.remote_id,
    )


async def own_statuses(api: Api, since: datetime, **params: str) -> list[dict[str, Any]]:
    """The account's own statuses back to an instant, newest first, boosts left out."""
    path = f"/api/v1/accounts/{api.account.remote_id}/statuses"
    query = {"limit": str(STATUSES_A_PAGE), "exclude_reblogs": "true", **params}
    found: list[dict[str, Any]] = []
    for _page in range(MAX_PAGES):
        page = await ask_list(api, path, query)
        found += [status for status in page if instant(status["created_at"]) >= since]
        if not page or instant(page[-1]["created_at"]) < since:
            return found
        query["max_id"] = str(page[-1]["id"])
    return found


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """Posts of the account's own making: neither boosts nor answers nor later parts of a thread."""
    statuses = await own_statuses(api, since, exclude_replies="true")
    return tuple(
        PastPost(
            remote=remote(status),
            posted_at=instant(status["created_at"]),
            text=plain(str(status.get("content", ""))),
            media_count=len(status.get("media_attachments") or ()),
            figures=counted(status, Scope.POST),
        )
        for status in statuses
        if not status.get("reblog")
        and not status.get("in_reply_to_id")
        and status.get("visibility") != DIRECT
    )


async def people(query: str, api: Api) -> tuple[Person, ...]:
    """Whom this server knows; it asks no other for that."""
    params = {"q": query, "limit": PEOPLE, "resolve": "false"}
    found = await ask_list(api, "/api/v1/accounts/search", params)
    return tuple(
        Person(f"@{one['acct']}", str(one.get("display_name") or "")) for one in found if one.get("acct")
    )
