"""Layers of the calendar: what higher folders know of a month, shown beside the deliveries.

A higher app registers in its `AppConfig.ready`:

    layers.register("past_posts", past_posts)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from tesselle.workspaces.models import Workspace

ELSEWHERE, BY_HAND, BY_HAND_DONE = "elsewhere", "by_hand", "by_hand_done"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that has its place in the calendar without being a delivery. `url` may be empty; what is
    done by hand has no channel (0)."""

    at: datetime
    channel_id: int
    text: str
    url: str
    kind: str = ELSEWHERE


@dataclass(frozen=True, slots=True)
class DayMarks:
    """`first`: as many as were asked for, in order; `total`: how many there are."""

    total: int
    first: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """What to look at: from `start` up to `end` (aware), at most `per_day` a local day."""

    workspace: Workspace
    start: datetime
    end: datetime
    per_day: int


Layer = Callable[[Stretch], Mapping[date, DayMarks]]

_layers: dict[str, Layer] = {}


def register(name: str, layer: Layer) -> None:
    """Registering the same name again replaces it, so a reload does no harm."""
    _layers[name] = layer


def marks(stretch: Stretch) -> dict[date, DayMarks]:
    """What all layers say, by local day."""
    found: dict[date, DayMarks] = {}
    for layer in _layers.values():
        for day, told in layer(stretch).items():
            before = found.get(day, DayMarks(0, ()))
            first = tuple(sorted((*before.first, *told.first), key=lambda mark: mark.at))
            found[day] = DayMarks(before.total + told.total, first[: stretch.per_day])
    return found
