"""How often a post's film was seen, and for how long. LinkedIn tells these apart from the post's other figures,
a call for each of a film's.

How a page's watch time is answered is described on LinkedIn's pages without being shown, and milliseconds taken for
seconds would be wrong without a sign. So it is asked for only where whoever runs Tesselle says so in the environment.
"""

import os
from typing import Any

from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.metrics import Metric
from tesselle.networks.linkedin.metrics import FILM_METRICS, METRICS
from tesselle.networks.linkedin.wire import ask_elements, encoded, of_page

FILM = "urn:li:ugcPost:"
"""What a post with a film is; one without is a share."""

PAGE_WATCH_TIME = "TESSELLE_LINKEDIN_PAGE_WATCH_TIME"


async def figures(urn: str, api: Api) -> dict[str, int]:
    """Nothing where there is no film, where LinkedIn does not tell, or says it in a way we do not know."""
    if not urn.startswith(FILM):
        return {}
    values: dict[str, int] = {}
    for metric in FILM_METRICS:
        told = await _told(metric, urn, api)
        if told is not None:
            values[metric.value] = told // 1000 if metric is Metric.WATCH_TIME else told
    return values


async def _told(metric: Metric, urn: str, api: Api) -> int | None:
    of_a_page, of_a_member = METRICS[metric].field.split(" / ")
    try:
        if not of_page(api.account):
            return await _of_member(of_a_member, urn, api)
        if metric is Metric.WATCH_TIME and os.environ.get(PAGE_WATCH_TIME, "") != "1":
            return None
        return await _of_page(of_a_page, urn, api)
    except (RejectedError, BlockedError, ValueError):  # other figures were told: the channel is well
        return None


async def _of_page(field: str, urn: str, api: Api) -> int | None:
    rows = await ask_elements(api, "/rest/videoAnalytics", f"q=entity&entity={encoded(urn)}&type={field}")
    told = [_number(row.get("value")) for row in rows if row.get("statisticsType", field) == field]
    counts = [one for one in told if one is not None]
    return sum(counts) if counts and len(counts) == len(told) else None


async def _of_member(field: str, urn: str, api: Api) -> int | None:
    query = f"q=entity&entity=(ugc:{encoded(urn)})&queryType={field}&aggregation=TOTAL"
    rows = await ask_elements(api, "/rest/memberCreatorVideoAnalytics", query)
    return _number(rows[0].get("count")) if rows else None


def _number(told: Any) -> int | None:
    """A count; Rest.li writes long ones as text at times."""
    return int(told) if isinstance(told, int | str) and str(told).isdecimal() else None
