"""From a step to the one request that does it: a post, its words, its end, an answer to a review."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from tesselle.connectors.dialects.google.sign_in import bearer
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.protocols import Api, StepCall
from tesselle.domain.content import Content
from tesselle.domain.errors import RejectedError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Remote
from tesselle.networks.google_business import gallery
from tesselle.networks.google_business.limits import EVENT, OFFER, REPLY_BYTES
from tesselle.networks.google_business.options import (
    ACTION,
    CALL,
    COUPON,
    END_DATE,
    END_TIME,
    LEARN_MORE,
    START_DATE,
    START_TIME,
    TERMS,
)
from tesselle.networks.google_business.wire import POSTS, address, place_of

TOPICS = {OFFER: "OFFER", EVENT: "EVENT"}
REPLY = "/reply"
CHANGED = "#"
"""Between a review and when it was changed after our answer: it then waits as one that is new."""
"""An answer has no name of its own: it is the review's, and there is one."""

ONE_PICTURE = N_(
    "Google shows one picture and no film in a post. Keep one picture; a film can go into the profile’s gallery."
)
NO_LINK = N_("The button leads somewhere, so the post needs a link. Add one, or take another button.")
NO_CALL = N_("“Call now” dials the profile’s number: Google takes no link beside it. Remove one of the two.")
NO_DAYS = N_("An offer or event needs its first and last day, and when it begins and ends.")
BACKWARDS = N_("It ends before it begins. Change its days or hours.")
NO_TITLE = N_("An offer or event needs a title. Write one.")
LONG_REPLY = N_("The answer is longer than the %(limit)s bytes that Google takes. Shorten it.")
ONLY_REVIEWS = N_("On Google one answers reviews; there are no comments below posts.")


async def prepare(call: StepCall, api: Api) -> Mapping[str, Any]:
    """Google fetches the picture itself, from an address that is made anew for each try."""
    match call.kind:
        case "post" if gallery.is_of_gallery(call.content):
            return gallery.prepared(call, api)
        case "edit" if gallery.is_photo(call.target):
            raise RejectedError(Message(gallery.NOTHING_TO_EDIT), "no_words")
        case "post":
            fixed = call.frozen.get("post") or post_of(call.content)
            return {"post": fixed, "media": [api.media_address(one) for one in call.media]}
        case "edit":
            return call.frozen or {"post": {"summary": call.text}}
        case "answer":
            return call.frozen or _reply(call)
    return call.frozen


def check(content: Content) -> None:
    """Raises RejectedError: what Google would refuse."""
    if gallery.is_of_gallery(content):
        gallery.item_of(content)
    else:
        post_of(content)


def post_of(content: Content) -> dict[str, Any]:
    if len(content.media) > 1 or any(one.kind != "image" for one in content.media):
        raise RejectedError(Message(ONE_PICTURE), "one_picture")
    topic = TOPICS.get(content.format, "STANDARD")
    told: dict[str, Any] = {"summary": content.text, "topicType": topic}
    if content.language:
        told["languageCode"] = content.language
    if topic != "STANDARD":
        told["event"] = event_of(content)
    if topic == "OFFER":
        return told | _offer(content)
    action = action_of(content)
    return told | ({"callToAction": action} if action else {})


def action_of(content: Content) -> dict[str, str]:
    """A link alone is a “Learn more”; a call takes none."""
    chosen = content.options.get(ACTION, "") or (LEARN_MORE if content.link else "")
    if not chosen:
        return {}
    if chosen == CALL:
        if content.link:
            raise RejectedError(Message(NO_CALL), "call_with_link")
        return {"actionType": CALL}
    if not content.link:
        raise RejectedError(Message(NO_LINK), "link_missing")
    return {"actionType": chosen, "url": content.link}


def event_of(content: Content) -> dict[str, Any]:
    """Without a zone: the place's own time."""
    if not content.title.strip():
        raise RejectedError(Message(NO_TITLE), "title_missing")
    try:
        days = [date.fromisoformat(content.options.get(name, "")) for name in (START_DATE, END_DATE)]
        hours = [time.fromisoformat(content.options.get(name, "")) for name in (START_TIME, END_TIME)]
    except ValueError as error:
        raise RejectedError(Message(NO_DAYS), "days_missing") from error
    if (days[1], hours[1]) < (days[0], hours[0]):
        raise RejectedError(Message(BACKWARDS), "ends_before_it_begins")
    schedule = {
        "startDate": _day(days[0]),
        "startTime": _hour(hours[0]),
        "endDate": _day(days[1]),
        "endTime": _hour(hours[1]),
    }
    return {"title": content.title.strip(), "schedule": schedule}


def _day(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}


def _hour(hour: time) -> dict[str, int]:
    return {"hours": hour.hour, "minutes": hour.minute}


def _offer(content: Content) -> dict[str, Any]:
    told = {
        "couponCode": content.options.get(COUPON, "").strip(),
        "redeemOnlineUrl": content.link,
        "termsConditions": content.options.get(TERMS, "").strip(),
    }
    return {"offer": {name: value for name, value in told.items() if value}}


def _reply(call: StepCall) -> dict[str, Any]:
    if call.target is None or "/reviews/" not in call.target.id:
        raise RejectedError(Message(ONLY_REVIEWS), "no_comments")
    if len(call.text.encode()) > REPLY_BYTES:
        raise RejectedError(Message(LONG_REPLY, {"limit": REPLY_BYTES}), "answer_too_long")
    return {"review": call.target.id.removesuffix(REPLY).partition(CHANGED)[0], "comment": call.text}


def request(call: StepCall, session: Mapping[str, str]) -> Request:
    headers, server = bearer(session), call.account.server
    match call.kind:
        case "post" if gallery.PHOTO in call.frozen:
            return _made(call, headers, "media", dict(call.frozen[gallery.PHOTO]))
        case "post":
            body = dict(call.frozen["post"])
            if call.frozen["media"]:
                body["media"] = [{"mediaFormat": "PHOTO", "sourceUrl": url} for url in call.frozen["media"]]
            return _made(call, headers, "localPosts", body)
        case "answer":
            url = address(POSTS, server, f"v4/{call.frozen['review']}{REPLY}")
            return Request.json("PUT", url, {"comment": call.frozen["comment"]}, headers)
    assert call.target is not None
    if call.kind == "edit":
        url = address(POSTS, server, f"v4/{call.target.id}", {"updateMask": "summary"})
        return Request.json("PATCH", url, call.frozen["post"], headers)
    return Request("DELETE", address(POSTS, server, f"v4/{call.target.id}"), headers)


def _made(call: StepCall, headers: Mapping[str, str], resource: str, body: dict[str, Any]) -> Request:
    url = address(POSTS, call.account.server, f"v4/{place_of(call.account)}/{resource}")
    made = Request.json("POST", url, body, headers)
    # Nothing recognises a repeat, so nothing on the way may repeat it.
    return Request(made.method, made.url, made.headers, made.body, fresh_connection=True)


def remote(post: Mapping[str, Any]) -> Remote:
    return Remote(str(post["name"]), str(post.get("searchUrl") or ""))
