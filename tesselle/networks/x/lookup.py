"""Looking for what a doubtful attempt may have left, in the account's own timeline.

With files their keys decide: nobody else can have put them in. With words alone a person could have
posted the same by hand; but X takes the same words from an account only once in a while, so that a
single post with them is the only copy there can be, and a second one would be refused.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, TryLaterError
from tesselle.domain.verdicts import Absent, Candidate, Remote, Seen, Sighting, Silent
from tesselle.networks.x.posts import remote
from tesselle.networks.x.reading import instant, own_posts, verify
from tesselle.networks.x.texts import fingerprint, shown
from tesselle.networks.x.wire import field


def silent(error: Exception) -> Silent:
    return Silent(str(error), error.until if isinstance(error, TryLaterError) else None)


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete" and call.target is not None:
            return await _look_up_deletion(call.target, api)
        return await _look_up_post(call, api, window)
    except (NetworkError, ValueError, KeyError) as error:
        return silent(error)


async def _look_up_deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    match await verify(target, api):
        case Absent():
            return Seen((Candidate(target, api.now, certain=True),))
        case Silent() as silence:
            return silence
    return Seen()


async def _look_up_post(call: StepCall, api: Api, window: Window) -> Sighting:
    if "body" not in call.frozen:
        return Seen()  # never came as far as a request
    return Seen(
        tuple(
            Candidate(remote(str(post["id"]), api.account), _posted_at(post), certain=True, text=shown(post))
            for post in await own_posts(api, window.start)
            if str(post["id"]) not in window.adopted
            and _posted_at(post) <= window.end
            and _answered(post) == _meant(call)
            and _is_ours(call, post)
        )
    )


def _posted_at(post: Mapping[str, Any]) -> datetime:
    return instant(post["created_at"])


def _answered(post: Mapping[str, Any]) -> str:
    references = field(post, "referenced_tweets") or ()
    return next((str(one.get("id")) for one in references if one.get("type") == "replied_to"), "")


def _meant(call: StepCall) -> str:
    reply = call.frozen["body"].get("reply") or {}
    return str(reply.get("in_reply_to_tweet_id", ""))


def _is_ours(call: StepCall, post: Mapping[str, Any]) -> bool:
    told = post.get("attachments") or {}
    keys, ours = set(told.get("media_keys") or ()), {one["key"] for one in call.frozen["files"]}
    if ours:
        return keys == ours
    return not keys and fingerprint(shown(post)) == fingerprint(str(call.frozen["body"].get("text", "")))
