"""Reading back, conversations and the past: what only reads, but the look-up and the figures."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tesselle.connectors.protocols import Api, PastPost, Reply
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError, TryLaterError
from tesselle.domain.messages import N_, Message
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
from tesselle.networks.linkedin.little_text import plain
from tesselle.networks.linkedin.posts import comment_path, comment_remote, post_remote
from tesselle.networks.linkedin.wire import (
    ask,
    ask_elements,
    comments_path,
    encoded,
    is_comment,
    of_page,
    post_path,
)

A_PAGE = 50
MAX_PAGES = 40
MEMBERS_ARE_CLOSED = N_("LinkedIn lets nobody read what is said below a member’s posts.")
NOT_SHOWN = N_("LinkedIn took the post, but could not work with its files. Send it again with other files.")


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


def instant(milliseconds: Any) -> datetime:
    """Raises ValueError or TypeError for what is no instant."""
    return datetime.fromtimestamp(int(milliseconds) / 1000, UTC)


def posted_at(post: Mapping[str, Any]) -> datetime:
    return instant(post.get("publishedAt") or post["createdAt"])


async def verify(remote: Remote, api: Api) -> Presence:
    if not of_page(api.account):
        return Silent("what a member posts cannot be read back")
    try:
        if is_comment(remote.id):
            await ask(api, comment_path(remote))
            return Present(remote)
        post = await ask(api, post_path(remote.id))
    except RejectedError as error:
        return Absent() if error.reason == "not_found" else silent(error)
    except (NetworkError, ValueError) as error:
        return silent(error)
    return _presence(post, remote)


def _presence(post: Mapping[str, Any], remote: Remote) -> Presence:
    match post.get("lifecycleState"):
        case "PUBLISHED" if post.get("id") == remote.id:
            return Present(remote)
        case "PUBLISH_REQUESTED" | "DRAFT":
            return StillProcessing()
        case "PUBLISH_FAILED":
            return ProcessingFailed("publish_failed", Message(NOT_SHOWN))
    return Silent("unreadable answer")


async def own_posts(api: Api, since: datetime) -> list[dict[str, Any]]:
    """A page's own posts back to an instant, newest first."""
    author, found = encoded(api.account.remote_id), list[dict[str, Any]]()
    for number in range(MAX_PAGES):
        query = f"q=author&author={author}&start={number * A_PAGE}&count={A_PAGE}&sortBy=CREATED"
        page = await ask_elements(api, "/rest/posts", query)
        found += [post for post in page if posted_at(post) >= since]
        if len(page) < A_PAGE or posted_at(page[-1]) < since:
            break
    return found


async def history(api: Api, since: datetime) -> tuple[PastPost, ...]:
    """Of pages only: reading a member's posts is closed to new applications."""
    if not of_page(api.account):
        return ()
    posts = await own_posts(api, since)
    return tuple(
        PastPost(
            remote=post_remote(str(post["id"])),
            posted_at=posted_at(post),
            text=plain(str(post.get("commentary", ""))),
            media_count=len(media_of(post)),
        )
        for post in posts
        if post.get("lifecycleState") == "PUBLISHED" and not post.get("reshareContext")
    )


def media_of(post: Mapping[str, Any]) -> set[str]:
    """The URNs of its files, that of a link's picture included."""
    content = post.get("content") or {}
    images = (content.get("multiImage") or {}).get("images") or ()
    named = [(content.get("media") or {}).get("id"), (content.get("article") or {}).get("thumbnail")]
    return {str(urn) for urn in (*named, *(image.get("id") for image in images)) if urn}


async def replies(remote: Remote, api: Api) -> tuple[Reply, ...]:
    """The comments and their answers: there are two levels."""
    if not of_page(api.account):
        raise BlockedError(Message(MEMBERS_ARE_CLOSED), BlockReason.ADMISSION)
    found: list[Reply] = []
    for comment in await comments_below(remote.id, api):
        found.append(_reply(comment, remote.id, api))
        if (comment.get("commentsSummary") or {}).get("aggregatedTotalComments"):
            answers = await comments_below(str(comment["commentUrn"]), api)
            found += [_reply(answer, remote.id, api) for answer in answers]
    return tuple(found)


async def comments_below(urn: str, api: Api) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for number in range(MAX_PAGES):
        query = f"start={number * A_PAGE}&count={A_PAGE}"
        page = await ask_elements(api, comments_path(urn), query)
        found += page
        if len(page) < A_PAGE:
            break
    return found


def _reply(comment: Mapping[str, Any], below: str, api: Api) -> Reply:
    """LinkedIn tells no names of members, and lets nobody keep them."""
    parent = str(comment.get("parentComment") or "")
    actor = str(comment.get("actor", ""))
    mine = actor == api.account.remote_id
    return Reply(
        remote=comment_remote(str(comment["commentUrn"]), below, parent),
        author=api.account.handle if mine else "",
        text=str((comment.get("message") or {}).get("text", "")),
        posted_at=instant((comment.get("created") or {})["time"]),
        parent_id=parent,
        mine=mine,
    )
