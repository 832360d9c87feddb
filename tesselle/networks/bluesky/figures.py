"""Reading the counters of a post or a profile by the table in `metrics.py`."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.metrics import Scope
from tesselle.networks.bluesky.metrics import METRICS


def counted(view: Mapping[str, Any], scope: Scope) -> dict[str, int]:
    """What a view tells. A counter that is not in the answer is left out, never 0."""
    values: dict[str, int] = {}
    for metric, source in METRICS.items():
        if source.scope is not scope:
            continue
        told = [view[field] for field in source.field.split("+") if isinstance(view.get(field), int)]
        if told:
            values[metric.value] = sum(told)
    return values
