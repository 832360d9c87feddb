"""Looking for what a doubtful attempt may have left. Google takes no key, so posts are compared."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.protocols import Api, StepCall, Window
from tesselle.domain.errors import NetworkError, RejectedError
from tesselle.domain.verdicts import Candidate, Remote, Seen, Sighting
from tesselle.networks.google_business import gallery
from tesselle.networks.google_business.answers import GONE
from tesselle.networks.google_business.posts import REPLY, remote
from tesselle.networks.google_business.reading import A_PAGE, instant, posts_since, silent
from tesselle.networks.google_business.wire import POSTS, ask, each, place_of


async def look_up(call: StepCall, api: Api, window: Window) -> Sighting:
    try:
        if call.kind == "delete" and call.target is not None:
            return await _deletion(call.target, api)
        if not call.frozen:
            return Seen()  # never came as far as a request
        if call.kind == "answer":
            return await _reply(call, api)
        if call.kind == "edit" and call.target is not None:
            return await _edit(call, call.target, api)
        if gallery.PHOTO in call.frozen:
            return await _photo(call, api, window)
        return await _post(call, api, window)
    except (NetworkError, ValueError, KeyError, TypeError) as error:
        return silent(error)


async def _post(call: StepCall, api: Api, window: Window) -> Sighting:
    found = []
    for post in await posts_since(api, window.start):
        at = instant(post["createTime"])
        is_new = str(post["name"]) not in window.adopted and window.start <= at <= window.end
        if is_new and is_alike(call.frozen["post"], post):
            found.append(Candidate(remote(post), at, is_ours(post), str(post.get("summary", ""))))
    return Seen(tuple(found))


async def _photo(call: StepCall, api: Api, window: Window) -> Sighting:
    """Each try has an address of its own, and Google tells from where it fetched a photo."""
    found, address = [], call.frozen[gallery.PHOTO]["sourceUrl"]
    path = f"v4/{place_of(api.account)}/media"
    async for photo in each(api, POSTS, path, "mediaItems", {"pageSize": A_PAGE}):
        at = instant(photo["createTime"])
        is_new = str(photo["name"]) not in window.adopted and window.start <= at <= window.end
        if is_new and photo.get("sourceUrl") == address:
            found.append(Candidate(gallery.remote(photo), at, certain=True))
    return Seen(tuple(found))


def is_alike(sent: Mapping[str, Any], post: Mapping[str, Any]) -> bool:
    """Kind, words, button, days and code. Whether its picture is there already says nothing."""
    return (
        post.get("topicType") == sent["topicType"]
        and _words(post.get("summary")) == _words(sent["summary"])
        and _action(post) == _action(sent)
        and _event(post) == _event(sent)
        and (post.get("offer") or {}).get("couponCode") == (sent.get("offer") or {}).get("couponCode")
    )


def is_ours(post: Mapping[str, Any]) -> bool:
    """Nobody types a link, or a name with its days and hours, in the very same way within these minutes.
    Words alone could be somebody's own: a person decides."""
    return bool(_action(post)[1] or post.get("event"))


def _words(text: Any) -> str:
    return " ".join(str(text or "").split())


def _action(post: Mapping[str, Any]) -> tuple[str, str]:
    told = post.get("callToAction") or {}
    return str(told.get("actionType") or ""), str(told.get("url") or "").rstrip("/")


def _event(post: Mapping[str, Any]) -> tuple[Any, ...]:
    """Google leaves out what is zero."""
    told = post.get("event") or {}
    schedule = told.get("schedule") or {}
    days = [tuple((schedule.get(one) or {}).get(part, 0) for part in ("year", "month", "day"))
            for one in ("startDate", "endDate")]  # fmt: skip
    hours = [tuple((schedule.get(one) or {}).get(part, 0) for part in ("hours", "minutes"))
             for one in ("startTime", "endTime")]  # fmt: skip
    return _words(told.get("title")), *days, *hours


async def _edit(call: StepCall, target: Remote, api: Api) -> Sighting:
    post = await ask(api, POSTS, f"v4/{target.id}")
    if "name" not in post or _words(post.get("summary")) != _words(call.frozen["post"]["summary"]):
        return Seen()
    return Seen((Candidate(target, api.now, certain=True, text=call.text),))


async def _reply(call: StepCall, api: Api) -> Sighting:
    """A review has one answer: if it says what we said, it is as it should be."""
    review = await ask(api, POSTS, f"v4/{call.frozen['review']}")
    said = (review.get("reviewReply") or {}).get("comment")
    if said is None or _words(said) != _words(call.frozen["comment"]):
        return Seen()
    answer = Remote(f"{call.frozen['review']}{REPLY}")
    return Seen((Candidate(answer, api.now, certain=True, text=call.text),))


async def _deletion(target: Remote, api: Api) -> Sighting:
    """The candidate is the absence: adopted means deleted."""
    gone = Seen((Candidate(target, api.now, certain=True),))
    try:
        told = await ask(api, POSTS, f"v4/{target.id.removesuffix(REPLY)}")
    except RejectedError as error:
        if error.reason == GONE:
            return gone
        raise
    is_there = "reviewReply" in told if target.id.endswith(REPLY) else True
    return Seen() if is_there else gone
