"""How much of the calls is used up: percentages in headers, the only thing the Graph API tells.

`X-App-Usage`: one mapping; `X-Business-Use-Case-Usage`: lists of them by account. Both count in
percent *used*; only the second says, in minutes, when calls are taken again.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.http.exchange import Response

OUR_PAUSE = timedelta(minutes=10)
PERCENTAGES = ("call_count", "total_time", "total_cputime")


def _usages(response: Response) -> Iterator[Mapping[str, Any]]:
    app = _json(response.headers.get("x-app-usage", ""))
    if isinstance(app, dict):
        yield app
    business = _json(response.headers.get("x-business-use-case-usage", ""))
    for some in business.values() if isinstance(business, dict) else ():
        yield from (one for one in some if isinstance(one, dict)) if isinstance(some, list) else ()


def _json(words: str) -> Any:
    try:
        return json.loads(words or "null")
    except ValueError:
        return None


def used_percent(response: Response) -> int | None:
    """The highest of all percentages; None while the network tells none (below some number of calls)."""
    told = [usage.get(name) for usage in _usages(response) for name in PERCENTAGES]
    numbers = [number for number in told if isinstance(number, int | float)]
    return round(max(numbers)) if numbers else None


def regained_at(response: Response, now: datetime) -> datetime:
    """When calls are taken again; where it is not told, after a pause of our own."""
    told = [usage.get("estimated_time_to_regain_access") for usage in _usages(response)]
    minutes = max((number for number in told if isinstance(number, int | float)), default=0)
    return now + (timedelta(minutes=minutes) if minutes > 0 else OUR_PAUSE)
