"""What the preview shows of a post on the company's profile."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.google_business.limits import EVENT, GALLERY, OFFER
from tesselle.networks.google_business.options import ACTION, CALL, END_DATE, LEARN_MORE, START_DATE


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    """`button`: which one stands below; `days`: first and last, where they are known."""
    is_offer = content.format == OFFER
    chosen = content.options.get(ACTION, "") or (LEARN_MORE if content.link else "")
    days = [_day(content.options.get(name, "")) for name in (START_DATE, END_DATE)]
    return {
        "is_offer": is_offer,
        "is_event": content.format == EVENT,
        "is_photo": content.format == GALLERY,
        "has_picture": bool(content.media)
        and (content.format == GALLERY or content.media[0].kind == "image"),
        "button": ""
        if is_offer or content.format == GALLERY or (chosen != CALL and not content.link)
        else chosen,
        "first_day": days[0],
        "last_day": days[1] if days[1] != days[0] else None,
    }


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None
