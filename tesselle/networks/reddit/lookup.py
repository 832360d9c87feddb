"""Looking for what a doubtful attempt may have left, in the account's own lists.

Reddit takes no key and names no application. A post is compared by community, title, words, address
and files; nobody writes two of these by hand in the very same words within these minutes. A title
alone, or a comment, could be somebody's own: then a person decides.
"""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError
from tesselle.domain.steps import StepKind
from tesselle.domain.verdicts import Absent, Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.reddit.posts import COMMENTS, LINK_POST, TEXT_POST
from tesselle.networks.reddit.reading import holds, own_posts, post_of, silent, verify
from tesselle.networks.reddit.remotes import instant, remote, words


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == StepKind.DELETE and call.target is not None:
            return await _deletion(call.target, api)
        if not call.frozen:
            return Seen()  # never came as far as a request
        if call.kind == StepKind.EDIT and call.target is not None:
            return await _edit(call, call.target, api)
        if call.kind in COMMENTS:
            return await _comments(call, api, window)
        return await _posts(call, api, window)
    except (NetworkError, ValueError, KeyError, TypeError) as error:
        return silent(error)


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    match await verify(target, api):
        case Absent():
            return Seen((Candidate(target, api.now, certain=True),))
        case Silent() as silence:
            return silence
    return Seen()


async def _edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    post = await post_of(target, api)
    if post is None or words(post.get("selftext")) != words(call.frozen["fields"]["text"]):
        return Seen()
    return Seen((Candidate(target, api.now, certain=True, text=call.text),))


async def _comments(call: StepCall, api: Api, window: Window) -> Sighting:
    sent = call.frozen["fields"]
    return Seen(
        tuple(
            Candidate(remote(one), instant(one), certain=False, text=str(one.get("body", "")))
            for one in await own_posts(api, window.start, "comments")
            if _in_time(one, window)
            and one.get("parent_id") == sent["thing_id"]
            and words(one.get("body")) == words(sent["text"])
        )
    )


async def _posts(call: StepCall, api: Api, window: Window) -> Sighting:
    found = [
        Candidate(remote(one), instant(one), _is_ours_alone(call), str(one.get("title", "")))
        for one in await own_posts(api, window.start)
        if _in_time(one, window) and _is_alike(call.frozen, one)
    ]
    return Seen(tuple(found))


def _in_time(data: Mapping[str, Any], window: Window) -> bool:
    return window.start <= instant(data) <= window.end and str(data["name"]) not in window.adopted


def _is_alike(sent: Mapping[str, Any], post: Mapping[str, Any]) -> bool:
    fields = sent["fields"]
    same = (
        str(post.get("subreddit", "")).lower() == fields["sr"].lower()
        and words(post.get("title")) == words(fields["title"])
        and words(post.get("selftext")) == words(fields.get("text"))
    )
    if not same:
        return False
    if sent["kind"] == LINK_POST:
        return str(post.get("url", "")) == fields["url"] and not post.get("is_self")
    return bool(post.get("is_self")) if sent["kind"] == TEXT_POST else holds(post, sent["assets"])


def _is_ours_alone(call: StepCall) -> bool:
    return call.frozen["kind"] != TEXT_POST or bool(words(call.frozen["fields"].get("text")))
