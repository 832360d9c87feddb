"""Requests for posts, gallery and reviews against a table written from Google's reference of its v4 API (local posts
of 15 April 2026, reviews of 24 July 2026, media with upload-photos and its example of a film and of a cover), read on
23 to 26 November 2026: no package describes it.

`...?` may be left out; nothing beside what is listed may be sent.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.http.exchange import Exchange, Gate, Request
from tesselle.networks.google_business.tests.everything import everything

DATE = {"year": int, "month": int, "day": int}
TIME = {"hours": int, "minutes": int}
POST = {
    "languageCode?": str,
    "summary": str,
    "topicType": ("STANDARD", "EVENT", "OFFER"),
    "callToAction?": {
        "actionType": ("BOOK", "ORDER", "SHOP", "LEARN_MORE", "SIGN_UP", "CALL"),
        "url?": str,
    },
    "event?": {
        "title": str,
        "schedule": {"startDate": DATE, "startTime": TIME, "endDate": DATE, "endTime": TIME},
    },
    "offer?": {"couponCode?": str, "redeemOnlineUrl?": str, "termsConditions?": str},
    "media?": [{"mediaFormat": ("PHOTO",), "sourceUrl": str}],
}
PHOTO = {
    "mediaFormat": ("PHOTO", "VIDEO"),
    "locationAssociation": {
        "category": (
            *("EXTERIOR", "INTERIOR", "PRODUCT", "AT_WORK", "TEAMS", "FOOD_AND_DRINK", "ADDITIONAL", "COVER"),
        )
    },
    "sourceUrl": str,
}
PLACE = r"/v4/accounts/\d+/locations/\d+"
TABLE: tuple[tuple[str, str, Any], ...] = (
    ("POST", f"{PLACE}/localPosts", POST),
    ("GET", rf"{PLACE}/localPosts\?pageSize=(?:100|1)", None),
    ("GET", rf"{PLACE}/localPosts/\d+", None),
    ("PATCH", rf"{PLACE}/localPosts/\d+\?updateMask=summary", {"summary": str}),
    ("DELETE", rf"{PLACE}/localPosts/\d+", None),
    ("POST", f"{PLACE}/media", PHOTO),
    ("GET", rf"{PLACE}/media\?pageSize=100", None),
    ("GET", rf"{PLACE}/media/\w+", None),
    ("DELETE", rf"{PLACE}/media/\w+", None),
    ("GET", rf"{PLACE}/reviews\?pageSize=50&orderBy=updateTime\+desc", None),
    ("GET", rf"{PLACE}/reviews\?pageSize=1", None),
    ("GET", rf"{PLACE}/reviews/\w+", None),
    ("PUT", rf"{PLACE}/reviews/\w+/reply", {"comment": str}),
    ("DELETE", rf"{PLACE}/reviews/\w+/reply", None),
)


def differs(sent: Any, wanted: Any, place: str = "") -> str:
    """Where what was sent is not what the table says; "" where it is."""
    if isinstance(wanted, type):
        return "" if isinstance(sent, wanted) else f"{place} is {sent!r}"
    if isinstance(wanted, tuple):
        return "" if sent in wanted else f"{place} is {sent!r}, none of {wanted}"
    if isinstance(wanted, list):
        assert isinstance(sent, list)
        return next((why for one in sent if (why := differs(one, wanted[0], f"{place}[]"))), "")
    if not isinstance(sent, Mapping):
        return f"{place} is {sent!r}"
    known = {name.rstrip("?"): value for name, value in wanted.items()}
    missing = [name for name in wanted if not name.endswith("?") and name not in sent]
    strange = sorted(set(sent) - set(known))
    if missing or strange:
        return f"{place}: missing {missing}, strange {strange}"
    return next((why for name in sent if (why := differs(sent[name], known[name], f"{place}.{name}"))), "")


class Tabled:
    """A transport that holds each request of the elder API against the table."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.rows: set[int] = set()

    async def exchange(self, request: Request, gate: Gate | None = None) -> Exchange:
        where = re.sub(r"^https://[^/]+", "", request.url)
        if where.startswith("/v4/"):
            self._row(request, where)
        answer: Exchange = await self._inner.exchange(request, gate)
        return answer

    def _row(self, request: Request, where: str) -> None:
        rows = [
            number
            for number, (method, pattern, _) in enumerate(TABLE)
            if method == request.method and re.fullmatch(pattern, where)
        ]
        assert len(rows) == 1, f"{request.method} {where}: rows {rows}"
        wanted = TABLE[rows[0]][2]
        assert (wanted is None) == (not request.body), f"{where}: a body, or none, that nobody asked for"
        if wanted is not None:
            assert isinstance(request.body, bytes)
            why = differs(json.loads(request.body), wanted)
            assert not why, f"{where}: {why}"
        assert request.headers["Authorization"].startswith("Bearer ")
        self.rows.add(rows[0])


async def test_every_request_is_in_the_table_and_the_table_has_no_row_that_is_never_sent(stage):
    stage.transport = Tabled(stage.transport)

    await everything(stage)

    assert [TABLE[row][:2] for row in set(range(len(TABLE))) - stage.transport.rows] == []


def test_the_table_would_see_a_mistake():
    post = {"summary": "a", "topicType": "STANDARD"}

    assert differs(post, POST) == ""
    assert "strange ['text']" in differs({**post, "text": "a"}, POST)
    assert "none of" in differs({**post, "topicType": "NEWS"}, POST)
    assert "missing ['actionType']" in differs({**post, "callToAction": {"url": "a"}}, POST)
