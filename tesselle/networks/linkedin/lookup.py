"""Looking for what a doubtful attempt may have left. Only pages can be looked at.

LinkedIn refuses the same words by the same author for some minutes. So one post with our words in
the window is the only one there is, and sending again would make no second: it may be adopted.
"""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.linkedin.little_text import plain
from tesselle.networks.linkedin.posts import COMMENTS, comment_path, comment_remote, post_remote
from tesselle.networks.linkedin.reading import (
    comments_below,
    instant,
    media_of,
    own_posts,
    posted_at,
    silent,
)
from tesselle.networks.linkedin.wire import ask, is_comment, of_page, post_path


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    if not of_page(api.account):
        return Silent("what a member posts cannot be read back")
    try:
        if call.kind == StepKind.DELETE and call.target is not None:
            return await _deletion(call.target, api)
        if not call.frozen:
            return Seen()  # never came as far as a request
        if call.kind == StepKind.EDIT and call.target is not None:
            return await _edit(call, call.target, api)
        if call.kind in COMMENTS:
            return await _comment(call, api, window)
        return await _post(call, api, window)
    except (NetworkError, ValueError, KeyError, TypeError) as error:
        return silent(error)


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    try:
        await ask(api, comment_path(target) if is_comment(target.id) else post_path(target.id))
    except RejectedError as error:
        if error.reason == "not_found":
            return Seen((Candidate(target, api.now, certain=True),))
        raise
    return Seen()


async def _edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    post = await ask(api, post_path(target.id))
    if _words(post["commentary"]) != _words(call.frozen["patch"]["$set"]["commentary"]):
        return Seen()
    at = instant(post.get("lastModifiedAt") or post["createdAt"])
    return Seen((Candidate(target, at, certain=True, text=call.text),))


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    found = []
    for post in await own_posts(api, window.start):
        urn, at = str(post["id"]), posted_at(post)
        if at <= window.end and urn not in window.adopted and _is_ours(post, call.frozen):
            found.append(Candidate(post_remote(urn), at, certain=True, text=plain(post["commentary"])))
    return Seen(tuple(found))


def _is_ours(post: Mapping[str, Any], sent: Mapping[str, Any]) -> bool:
    """The words and the files, each of which was uploaded for this one post; the link; the poll."""
    theirs, ours = post.get("content") or {}, sent.get("content") or {}
    link = (ours.get("article") or {}).get("source")
    question = (ours.get("poll") or {}).get("question")
    return (
        _words(post.get("commentary", "")) == _words(sent["commentary"])
        and media_of(post) == media_of(sent)
        and (theirs.get("article") or {}).get("source") == link
        and (theirs.get("poll") or {}).get("question") == question
    )


def _words(commentary: Any) -> str:
    """Compared as shown: LinkedIn may escape otherwise than we did, and change white space."""
    return "".join(plain(str(commentary)).split())


async def _comment(call: StepCall, api: Api, window: Window) -> Sighting:
    sent, found = call.frozen, []
    parent = str(sent.get("parentComment", ""))
    for comment in await comments_below(parent or sent["object"], api):
        urn, at = str(comment["commentUrn"]), instant(comment["created"]["time"])
        is_ours = (
            comment.get("actor") == sent["actor"]
            and str(comment.get("parentComment") or "") == parent
            and comment["message"]["text"] == sent["message"]["text"]
        )
        if is_ours and window.start <= at <= window.end and urn not in window.adopted:
            remote = comment_remote(urn, sent["object"], parent)
            found.append(Candidate(remote, at, certain=True, text=call.text))
    return Seen(tuple(found))
