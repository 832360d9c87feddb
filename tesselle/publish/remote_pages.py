"""Where a browser sees what went out: on the network, or where a world that no browser reaches shows it."""

from collections.abc import Callable

from tesselle.ledger.models import Delivery

Way = Callable[[Delivery], str]
"""A page of ours that shows the delivery as its public sees it; "" when there is none."""

_ways: dict[str, Way] = {}


def register(world_kind: str, way: Way) -> None:
    """For all workspaces of that kind of world."""
    _ways[world_kind] = way


def page_of(delivery: Delivery) -> str:
    """Only what a browser opens safely; "" when there is nothing to see."""
    way = _ways.get(delivery.workspace.world_kind)
    return way(delivery) if way is not None else opened_safely((delivery.remote or {}).get("url", ""))


def opened_safely(url: object) -> str:
    text = str(url or "")
    return text if text.startswith(("https://", "http://")) else ""
