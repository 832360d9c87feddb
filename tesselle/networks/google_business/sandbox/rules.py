"""What a post may hold, as Google looks at it before it takes it."""

from collections.abc import Callable, Mapping
from typing import Any

from tesselle.networks.google_business import limits
from tesselle.networks.google_business.sandbox.wire import invalid, utf16

KNOWN = {
    *("languageCode", "summary", "topicType", "callToAction", "event", "offer", "media"),
    *("scheduledTime", "alertType"),
}
TOPICS = {"STANDARD", "EVENT", "OFFER", "ALERT"}
ACTIONS = {"BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "CALL"}
CATEGORIES = {
    *("COVER", "PROFILE", "LOGO", "EXTERIOR", "INTERIOR", "PRODUCT", "AT_WORK", "FOOD_AND_DRINK"),
    *("MENU", "COMMON_AREA", "ROOMS", "TEAMS", "ADDITIONAL"),
}
STARTS = (b"\xff\xd8", b"\x89PNG")
FILM_MARK = b"ftyp"

Web = Callable[[str], bytes | None] | None


def check(told: Mapping[str, Any], web: Web) -> None:
    strange = sorted(set(told) - KNOWN)
    if strange:
        raise invalid(strange[0], f'Invalid JSON payload received. Unknown name "{strange[0]}".')
    topic, summary = told.get("topicType"), str(told.get("summary") or "")
    if topic not in TOPICS:
        raise invalid("topic_type", "Must be specified.")
    check_summary(summary, must=topic == "STANDARD")
    if topic in {"EVENT", "OFFER"}:
        _event(told.get("event"))
    if topic == "OFFER" and told.get("callToAction"):
        raise invalid("call_to_action", "An offer has no call to action.")
    if told.get("callToAction"):
        _action(told["callToAction"])
    _offer(told.get("offer") or {})
    _media(told.get("media") or [], web)


def check_summary(summary: str, *, must: bool = True) -> None:
    if must and not summary.strip():
        raise invalid("summary", "Must be specified.")
    if utf16(summary) > limits.SUMMARY_UNITS:
        raise invalid("summary", f"Must be at most {limits.SUMMARY_UNITS} characters.")


def _event(event: Any) -> None:
    told = event if isinstance(event, Mapping) else {}
    title, schedule = str(told.get("title") or ""), told.get("schedule") or {}
    if not title.strip() or utf16(title) > limits.TITLE_UNITS:
        raise invalid("event.title", f"Must be between 1 and {limits.TITLE_UNITS} characters.")
    parts = ("startDate", "startTime", "endDate", "endTime")
    if any(not isinstance(schedule.get(part), Mapping) for part in parts):
        raise invalid("event.schedule", "All of start and end, date and time, must be specified.")
    begins, ends = (_instant(schedule[f"{one}Date"], schedule[f"{one}Time"]) for one in ("start", "end"))
    if ends < begins:
        raise invalid("event.schedule", "Must end after it starts.")


def _instant(day: Mapping[str, int], hour: Mapping[str, int]) -> tuple[int, ...]:
    whole = tuple(day.get(part, 0) for part in ("year", "month", "day"))
    return (*whole, hour.get("hours", 0), hour.get("minutes", 0))


def _action(action: Mapping[str, Any]) -> None:
    kind, url = action.get("actionType"), action.get("url")
    if kind not in ACTIONS:
        raise invalid("call_to_action.action_type", "Unknown action type.")
    if kind == "CALL" and url:
        raise invalid("call_to_action.url", "Must be empty for CALL.")
    if kind != "CALL" and not str(url or "").startswith(("http://", "https://")):
        raise invalid("call_to_action.url", "Must be a valid URL.")


def _offer(offer: Mapping[str, Any]) -> None:
    if utf16(str(offer.get("couponCode") or "")) > limits.COUPON_UNITS:
        raise invalid("offer.coupon_code", "Too long.")
    if utf16(str(offer.get("termsConditions") or "")) > limits.TERMS_UNITS:
        raise invalid("offer.terms_conditions", "Too long.")


def _media(media: list[Any], web: Web) -> None:
    """One picture, by an address that Google fetches."""
    if len(media) > 1:
        raise invalid("media", "At most one media item.")
    for item in media:
        _fetched(item, web)


def check_photo(told: Mapping[str, Any], web: Web) -> None:
    """Of the gallery: with what it shows of the place."""
    strange = sorted(set(told) - {"mediaFormat", "locationAssociation", "sourceUrl", "description"})
    if strange:
        raise invalid(strange[0], f'Invalid JSON payload received. Unknown name "{strange[0]}".')
    category = (told.get("locationAssociation") or {}).get("category")
    if category not in CATEGORIES:
        raise invalid("media_item.location_association", "Must be specified.")
    if told.get("mediaFormat") != "VIDEO":
        return _fetched(told, web)
    if category in {"COVER", "PROFILE", "LOGO"}:
        raise invalid("media_item.location_association", "Must be a photo.")
    data = _data(told, web)
    is_film = data is None or data[4:8] == FILM_MARK
    if not is_film or (data is not None and len(data) > limits.FILM_BYTES):
        raise invalid("media", "The video cannot be used.")
    return None


def _fetched(item: Mapping[str, Any], web: Web) -> None:
    if item.get("mediaFormat") != "PHOTO":
        raise invalid("media.media_format", "Must be a photo.")
    data = _data(item, web)
    if data is None:
        return
    if not data.startswith(STARTS) or len(data) > limits.PHOTO_BYTES:
        raise invalid("media", "The photo cannot be used.", "PHOTO_UPLOAD_FAILED")


def _data(item: Mapping[str, Any], web: Web) -> bytes | None:
    """What stands at its address; None where nothing is fetched here."""
    address = str(item.get("sourceUrl") or "")
    if not address.startswith(("http://", "https://")):
        raise invalid("media.source_url", "Must be an address.")
    data = None if web is None else web(address)
    if web is not None and data is None:
        raise invalid("media.source_url", "Could not fetch the file.", "PHOTO_FETCH_FAILED")
    return data
