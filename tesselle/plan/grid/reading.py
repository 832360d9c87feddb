"""The grid of one channel's profile, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from tesselle.channels.models import Channel
from tesselle.connectors.card import ProfileGrid
from tesselle.domain.lifecycle import DeliveryState
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import plugin
from tesselle.plan.calendar.outings import GROUPS
from tesselle.plan.calendar.reading import NOTHING, words_of

ROWS_OUT, MOST_PLANNED = 4, 60
_OUT = [state.value for state in GROUPS["out"]]
_AHEAD = [state.value for state in (*GROUPS["planned"], *GROUPS["under_way"], DeliveryState.BLOCKED)]


@dataclass(frozen=True, slots=True)
class Square:
    """One tile. `thumb`: an asset's id, 0 for none; `is_new`: what is being written."""

    id: int
    at: datetime
    state: str
    title: str
    thumb: int
    is_new: bool = False

    @property
    def is_planned(self) -> bool:
        return self.state == DeliveryState.PLANNED


def grid_of(channel: Channel) -> ProfileGrid | None:
    return plugin(channel.network).card.grid


def squares(channel: Channel, grid: ProfileGrid) -> list[Square]:
    """All that is planned, and some rows of what is out."""
    ahead = list(_rows(channel, grid, _AHEAD)[:MOST_PLANNED])
    out = list(_rows(channel, grid, _OUT)[: grid.columns * ROWS_OUT])
    rows = sorted([*ahead, *out], key=lambda row: (row[1], row[0]), reverse=True)
    words = words_of(channel.workspace, [pk for pk, *_ in rows])
    return [
        Square(pk, at, state, words.get(pk, NOTHING).title, words.get(pk, NOTHING).thumb)
        for pk, at, state in rows
    ]


def _rows(
    channel: Channel, grid: ProfileGrid, states: Sequence[str]
) -> "QuerySet[Delivery, tuple[int, datetime, str]]":
    rows = Delivery.objects.filter(channel=channel, purpose=Purpose.POST, state__in=states)
    if grid.without:
        usual = Q(variant__body__options__format__isnull=True)
        rows = rows.filter(usual | ~Q(variant__body__options__format__in=grid.without))
    return rows.order_by("-due_at", "-id").values_list("id", "due_at", "state")


def with_new(shown: Sequence[Square], at: datetime, title: str, thumb: int) -> list[Square]:
    """What is being written, where its time would put it."""
    new = Square(0, at, "", title, thumb, is_new=True)
    before = [one for one in shown if one.at > at]
    return [*before, new, *shown[len(before) :]]
