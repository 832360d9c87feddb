"""How often a pin's film was seen, and for how long: a call for each pin, and only while it is young.

Pinterest sums these up over ninety days at most, which end today. So they are the pin's own as long as it is not
older; afterwards a sum would sink again, and the last one that was read stays.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tesselle.connectors.protocols import Api
from tesselle.domain.errors import BlockedError, RejectedError
from tesselle.domain.metrics import Metric
from tesselle.networks.pinterest.metrics import METRICS
from tesselle.networks.pinterest.wire import ask

YOUNG = timedelta(days=89)
"""A day less than Pinterest's reports reach back, which begin with a whole day."""
MILLISECONDS = 1000
VIEWS, TIME = METRICS[Metric.VIDEO_VIEWS].field, METRICS[Metric.WATCH_TIME].field


async def figures(pin: Mapping[str, Any], made_at: datetime, api: Api) -> dict[str, int]:
    """Nothing where there is no film, where it is too old, or where Pinterest does not tell."""
    if not _is_film(pin) or api.now - made_at > YOUNG:
        return {}
    query = {
        "start_date": made_at.date().isoformat(),
        "end_date": api.now.date().isoformat(),
        "metric_types": f"{VIEWS},{TIME}",
        "app_types": "ALL",
        "split_field": "NO_SPLIT",
    }
    try:
        told = await ask(api, f"/pins/{pin['id']}/analytics", query)
    except (RejectedError, BlockedError):  # other figures were told: the channel is well
        return {}
    whole = told.get("all")
    summed = whole.get("summary_metrics") if isinstance(whole, Mapping) else None
    return _counted(summed) if isinstance(summed, Mapping) else {}


def _is_film(pin: Mapping[str, Any]) -> bool:
    media = pin.get("media")
    kind = media.get("media_type") if isinstance(media, Mapping) else None
    return kind == "video" or pin.get("creative_type") == "VIDEO"


def _counted(summed: Mapping[str, Any]) -> dict[str, int]:
    """What is missing is not zero."""
    values = {}
    for metric, name, unit in ((Metric.VIDEO_VIEWS, VIEWS, 1), (Metric.WATCH_TIME, TIME, MILLISECONDS)):
        if isinstance(summed.get(name), int | float):
            values[metric.value] = int(summed[name]) // unit
    return values
