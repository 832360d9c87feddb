"""A file that is looked at: kept aside, its columns guessed or remembered, its rows judged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models.functions import Now

from tesselle.channels.models import Channel
from tesselle.domain.cells import Order, guess_order
from tesselle.domain.errors import RuleError
from tesselle.domain.headings import DAY, plain
from tesselle.domain.messages import N_
from tesselle.measure.brought import headings
from tesselle.measure.brought.rows import Reading, Row, rows_of
from tesselle.measure.brought.visit_rows import VisitReading, VisitRow, visit_rows
from tesselle.measure.models import WEBSITE, ExportMapping, FigureImport
from tesselle.plan.rhythm.tables import Bounds, read_sheets
from tesselle.workspaces.models import User, Workspace

BOUNDS = Bounds(size_bytes=8_000_000, rows=5_000, columns=80)
KEPT_ASIDE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Look:
    """`rows` without the heading; `first`: the number of the first of them."""

    source: FigureImport
    headings: tuple[str, ...]
    table: Sequence[Sequence[str]]
    first: int

    @property
    def columns(self) -> dict[str, int]:
        return {name: int(place) for name, place in self.source.columns.items()}

    def rows(self) -> list[Row]:
        """Of posts."""
        return rows_of(self.table, self.first, reading_of(self.source, self.columns))

    def visits(self) -> list[VisitRow]:
        """Of visits to the website."""
        source = self.source
        return visit_rows(
            self.table, self.first, VisitReading(source.workspace, self.columns, Order(source.order))
        )


@transaction.atomic
def set_aside(
    workspace: Workspace, channel: Channel | None, name: str, data: bytes, *, by: User
) -> FigureImport:
    """The file's best sheet, with a first idea of its columns. `channel` None: visits to the website.

    Raises:
        RuleError: too large, not a table, or nothing in it.
    """
    network = channel.network if channel is not None else WEBSITE
    read = (rows for rows in read_sheets(name, data, BOUNDS) if rows)
    sheets = [rows for rows in read if len(rows) > _head(network, rows) + 1]
    if not sheets:
        raise RuleError(_EMPTY)
    table = max(sheets, key=lambda rows: len(headings.guess(network, rows[_head(network, rows)])))
    FigureImport.objects.filter(
        workspace=workspace, state=FigureImport.State.LOOKED_AT, made_at__lt=Now() - KEPT_ASIDE
    ).delete()
    known = ExportMapping.objects.filter(workspace=workspace, network=network).first()
    columns = _columns(network, table[_head(network, table)], known)
    return FigureImport.objects.create(
        workspace=workspace,
        channel=channel,
        name=name[:200],
        as_of=workspace.today(),
        table=table,
        columns=columns,
        order=_order(network, table, columns, known),
        zone=known.zone if known is not None else workspace.zone,
        made_by=by,
    )


def _head(network: str, rows: Sequence[Sequence[str]]) -> int:
    return headings.heading_row(network, rows)


def _columns(network: str, head: Sequence[str], known: ExportMapping | None) -> dict[str, int]:
    """What was chosen last time goes before what is guessed, as far as the file has such columns."""
    guessed = headings.guess(network, head)
    if known is None:
        return guessed
    names = [plain(one) for one in head]
    remembered = {field: names.index(name) for field, name in known.columns.items() if name in names}
    return remembered if len(remembered) >= len(known.columns) / 2 else guessed


def _order(
    network: str, table: Sequence[Sequence[str]], columns: dict[str, int], known: ExportMapping | None
) -> Order:
    usual = Order(known.order) if known is not None and known.order else headings.usual_order(network)
    place = columns.get(DAY)
    if place is None:
        return usual
    return guess_order((row[place] for row in table[1:] if place < len(row)), usual)


def look_at(source: FigureImport) -> Look:
    head = _head(source.network, source.table)
    width = max(len(row) for row in source.table)
    names = [*source.table[head], *[""] * width][:width]
    return Look(source, tuple(names), source.table[head + 1 :], head + 2)


def reading_of(source: FigureImport, columns: dict[str, int]) -> Reading:
    return Reading(
        channel=source.posts_of,
        columns=columns,
        order=Order(source.order),
        zone=ZoneInfo(source.zone),
        as_of=source.as_of,
        now=source.workspace.now(),
    )


@transaction.atomic
def read_so(look: Look, chosen: dict[str, Any]) -> None:
    """`chosen`: columns, order, zone, as_of. Remembered for the next file of this network."""
    source = look.source
    for name, value in chosen.items():
        setattr(source, name, value)
    source.save(update_fields=list(chosen))
    named = {field: plain(look.headings[place]) for field, place in source.columns.items()}
    ExportMapping.objects.update_or_create(
        workspace=source.workspace,
        network=source.network,
        defaults={"columns": named, "order": source.order, "zone": source.zone},
    )


_EMPTY = N_("This file holds no rows below a heading. Export it again, or choose another one.")
