"""Accounts and their places, and what is counted of a place by the day."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tesselle.networks.google_business.sandbox.wire import invalid, not_found, paged, place_for
from tesselle.simulation.network import SimAccount, SimulatedNetwork

METRICS = {
    "BUSINESS_IMPRESSIONS_MOBILE_SEARCH": "impressions",
    "WEBSITE_CLICKS": "clicks",
}
"""Which of a post's figures each daily metric is made of here; all others are nothing."""
KNOWN = {
    *METRICS,
    *("BUSINESS_IMPRESSIONS_DESKTOP_MAPS", "BUSINESS_IMPRESSIONS_DESKTOP_SEARCH"),
    *("BUSINESS_IMPRESSIONS_MOBILE_MAPS", "CALL_CLICKS", "BUSINESS_DIRECTION_REQUESTS"),
    *("BUSINESS_CONVERSATIONS", "BUSINESS_BOOKINGS", "BUSINESS_FOOD_ORDERS", "BUSINESS_FOOD_MENU_CLICKS"),
}


class Places:
    def __init__(self, network: SimulatedNetwork) -> None:
        self._network = network

    async def accounts(self, request: Request, caller: SimAccount) -> Response:
        account = {
            "name": caller.facts["account"],
            "accountName": caller.name,
            "type": "LOCATION_GROUP",
            "role": "PRIMARY_OWNER",
            "verificationState": "VERIFIED",
        }
        return paged(request, "accounts", [account], 20, 20)

    async def listed(self, request: Request, caller: SimAccount) -> Response:
        if caller.facts["account"] != f"accounts/{request.path_params['account']}":
            raise not_found()
        mask = _mask(request)
        own = [
            one for one in await self._network.accounts() if one.facts["account"] == caller.facts["account"]
        ]
        own = [] if "no_place" in self._network.flags else own
        return paged(request, "locations", [_masked(one, mask) for one in own], 100, 10)

    async def read(self, request: Request, caller: SimAccount) -> Response:
        place = await place_for(request, caller, self._network)
        return JSONResponse(_masked(place, _mask(request)))

    async def figures(self, request: Request, caller: SimAccount) -> Response:
        place, params = await place_for(request, caller, self._network), request.query_params
        wanted = params.getlist("dailyMetrics")
        if not wanted or set(wanted) - KNOWN:
            raise invalid("daily_metrics", "Unknown metric.")
        first, last = (_day(request, one) for one in ("startDate", "endDate"))
        counted: dict[str, Counter[date]] = {name: Counter() for name in wanted}
        for post in await self._network.posts(place.id):
            figures = await self._network.figures(post)
            for name in set(wanted) & set(METRICS):
                counted[name][post.created_at.date()] += figures.get(METRICS[name], 0)
        series = [
            {
                "dailyMetric": name,
                "timeSeries": {"datedValues": [_told(day, counted[name][day]) for day in _days(first, last)]},
            }
            for name in wanted
        ]
        return JSONResponse({"multiDailyMetricTimeSeries": [{"dailyMetricTimeSeries": series}]})


def _told(day: date, count: int) -> dict[str, Any]:
    """A number is a word, and is left out when it is zero."""
    told = {"date": {"year": day.year, "month": day.month, "day": day.day}}
    return told | ({"value": str(count)} if count else {})


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _day(request: Request, name: str) -> date:
    parts = [request.query_params.get(f"dailyRange.{name}.{part}", "") for part in ("year", "month", "day")]
    try:
        return date(*(int(part) for part in parts))
    except ValueError:
        raise invalid(f"daily_range.{name}", "Must be a valid date.") from None


def _mask(request: Request) -> set[str]:
    mask = {one for one in request.query_params.get("readMask", "").split(",") if one}
    if not mask:
        raise invalid("read_mask", "Must be specified.")
    return mask


def _masked(place: SimAccount, mask: set[str]) -> dict[str, Any]:
    number = place.id.rpartition("/")[2]
    whole = {
        "name": place.id,
        "title": place.name,
        "storefrontAddress": {"regionCode": "CH", "locality": place.facts["town"]},
        "metadata": {
            "hasVoiceOfMerchant": place.facts["verified"],
            "placeId": f"ChIJ{number}",
            "mapsUri": f"https://maps.google.example/?cid={number}",
            "newReviewUri": f"https://search.google.example/local/writereview?placeid=ChIJ{number}",
        },
    }
    return {name: value for name, value in whole.items() if name in mask}
