"""What stands on the page: a row for each picture, and what is said once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime

from tesselle.compose.desk import Desk, set_up
from tesselle.compose.draft import Draft, Words, plain
from tesselle.domain.reach import in_reach
from tesselle.library.models import Asset
from tesselle.strategy.aim import Aim
from tesselle.workspaces.models import Workspace

AT_MOST = 30
NO_PILLAR = -1
"""A row that is to have none, whatever was said for all."""


@dataclass(frozen=True, slots=True)
class Row:
    """`pillar` 0 and `channels` None: as for all. `when`: as typed; `proposed`: what stood there before."""

    asset: Asset
    text: str = ""
    alt: str = ""
    pillar: int = 0
    channels: tuple[int, ...] | None = None
    when: str = ""
    proposed: str = ""

    @property
    def local(self) -> datetime | None:
        """None: no time, or none that can be read."""
        try:
            found = parse_datetime(self.when)
        except ValueError:
            return None
        return found if found is not None and found.tzinfo is None and in_reach(found.date()) else None

    @property
    def is_garbled(self) -> bool:
        return bool(self.when) and self.local is None

    @property
    def is_own_time(self) -> bool:
        return self.when != self.proposed


@dataclass(frozen=True)
class Batch:
    """`first`: the day that the pictures were laid on, if they were. `once`: this page's, so that it is
    carried out once. `kept`: where the server keeps what is typed, once it does."""

    workspace: Workspace
    rows: tuple[Row, ...]
    channels: tuple[int, ...] = ()
    pillar: int = 0
    first: date | None = None
    once: str = ""
    kept: int = 0

    def channels_of(self, row: Row) -> tuple[int, ...]:
        return self.channels if row.channels is None else row.channels

    def pillar_of(self, row: Row) -> int:
        return 0 if row.pillar == NO_PILLAR else row.pillar or self.pillar

    @cached_property
    def desk(self) -> Desk:
        """Without words: the channels and the pictures, read once for all rows."""
        media = tuple(row.asset.pk for row in self.rows)
        return set_up(self.workspace, None, Draft(shared=Words(media=media)))

    def desk_of(self, row: Row) -> Desk:
        """As the composer would have it, so that one post is checked and saved as any other."""
        draft = Draft(
            shared=Words(text=row.text, media=(row.asset.pk,)),
            chosen=tuple(pk for pk in self.channels_of(row) if pk in self.desk.places),
            alts={row.asset.pk: row.alt},
            aim=Aim(pillar=self.pillar_of(row)),
        )
        base = self.desk
        return Desk(self.workspace, None, draft, base.places, {row.asset.pk: base.assets[row.asset.pk]})


def begun(
    workspace: Workspace, assets: Sequence[Asset], channels: tuple[int, ...], first: str, once: str
) -> Batch:
    """With the alternative texts that the library knows."""
    rows = tuple(Row(asset, alt=asset.alt) for asset in assets)
    return Batch(workspace, rows, channels, first=_day(first), once=once)


def read_form(
    workspace: Workspace, assets: Mapping[int, Asset], pillars: Iterable[int], data: QueryDict
) -> Batch:
    """Anything that makes no sense is left out; nothing here raises. `assets`, `pillars`: of the workspace."""
    known = frozenset(pillars)
    rows = (_row(assets[pk], known, data) for pk in numbers(data.getlist("asset")) if pk in assets)
    return Batch(
        workspace,
        tuple(rows),
        numbers(data.getlist("channels")),
        _known(data.get("pillar", ""), known),
        _day(data.get("day", "")),
        data.get("once", "")[:40],
        next(iter(numbers([data.get("kept", "")])), 0),
    )


def _row(asset: Asset, pillars: frozenset[int], data: QueryDict) -> Row:
    pk = asset.pk
    pillar = data.get(f"pillar-{pk}", "")
    return Row(
        asset=asset,
        text=plain(data.get(f"text-{pk}", "")),
        alt=plain(data.get(f"alt-{pk}", asset.alt)),
        pillar=NO_PILLAR if pillar == str(NO_PILLAR) else _known(pillar, pillars),
        channels=numbers(data.getlist(f"channels-{pk}")) if f"own-{pk}" in data else None,
        when=data.get(f"when-{pk}", ""),
        proposed=data.get(f"proposed-{pk}", ""),
    )


def numbers(values: Iterable[str]) -> tuple[int, ...]:
    fitting = (int(value) for value in values if value.isdecimal() and len(value) < 18)
    return tuple(dict.fromkeys(fitting))


def _known(text: str, pillars: frozenset[int]) -> int:
    return next((pk for pk in numbers([text]) if pk in pillars), 0)


def _day(text: str) -> date | None:
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day is not None and in_reach(day) else None
