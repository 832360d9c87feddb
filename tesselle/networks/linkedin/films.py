"""How often a post's film was seen. LinkedIn tells it apart from the post's other figures, one film a call."""

from typing import Any

from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.metrics import Metric
from tesselle.networks.linkedin.metrics import METRICS
from tesselle.networks.linkedin.wire import ask_elements, encoded, of_page

FILM = "urn:li:ugcPost:"
"""What a post with a film is; one without is a share."""

OF_PAGE, OF_MEMBER = METRICS[Metric.VIDEO_VIEWS].field.split(" / ")


async def views(urn: str, api: Api) -> dict[str, int]:
    """Nothing where there is no film, where LinkedIn does not tell, or says it in a way we do not know:
    its pages describe a page's answer without showing one."""
    if not urn.startswith(FILM):
        return {}
    try:
        seen = await (_of_page(urn, api) if of_page(api.account) else _of_member(urn, api))
    except (RejectedError, BlockedError, ValueError):  # other figures were told: the channel is well
        return {}
    return {} if seen is None else {Metric.VIDEO_VIEWS.value: seen}


async def _of_page(urn: str, api: Api) -> int | None:
    query = f"q=entity&entity={encoded(urn)}&type={OF_PAGE}"
    rows = await ask_elements(api, "/rest/videoAnalytics", query)
    told = [_number(row.get("value")) for row in rows if row.get("statisticsType", OF_PAGE) == OF_PAGE]
    counts = [one for one in told if one is not None]
    return sum(counts) if counts and len(counts) == len(told) else None


async def _of_member(urn: str, api: Api) -> int | None:
    query = f"q=entity&entity=(ugc:{encoded(urn)})&queryType={OF_MEMBER}&aggregation=TOTAL"
    rows = await ask_elements(api, "/rest/memberCreatorVideoAnalytics", query)
    return _number(rows[0].get("count")) if rows else None


def _number(told: Any) -> int | None:
    """A count; Rest.li writes long ones as text at times."""
    return int(told) if isinstance(told, int | str) and str(told).isdecimal() else None
