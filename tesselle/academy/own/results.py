"""Results of another tool, from a CSV table as such tools give it: a date, a network, figures in columns."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tesselle.academy.models import OwnResult, Path
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.domain.reach import in_reach

MOST_BYTES = 2_000_000
MOST_ROWS = 5000
MOST_COLUMNS = 30
COLUMNS = {
    "day": ("date", "day", "jour", "posted at", "published", "publié le", "date de publication"),
    "network": ("network", "channel", "platform", "réseau", "canal", "plateforme"),
    "post": ("post", "text", "title", "publication", "texte", "titre", "message"),
}
WAYS_TO_WRITE_A_DAY = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%d.%m.%y", "%d/%m/%y")
_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Read:
    """`columns`: those with figures."""

    rows: list[OwnResult]
    columns: tuple[str, ...]


@transaction.atomic
def bring_in_results(path: Path, data: bytes) -> Read:
    """In place of what was brought in before. Raises RuleError, with the line, when the table cannot be read."""
    read = read_results(path, data)
    path.own_results.all().delete()
    OwnResult.objects.bulk_create(read.rows)
    tell("path.results_brought", path, rows=len(read.rows))
    return read


def read_results(path: Path, data: bytes) -> Read:
    if len(data) > MOST_BYTES:
        raise RuleError(Message(_TOO_MUCH, {"rows": MOST_ROWS}))
    lines = csv.reader(io.StringIO(_text(data)), delimiter=_delimiter(_text(data)))
    try:
        table = [line for line in lines if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise RuleError(_NO_TABLE) from error
    if len(table) < 2:
        raise RuleError(_NO_TABLE)
    if len(table) > MOST_ROWS + 1 or len(table[0]) > MOST_COLUMNS:
        raise RuleError(Message(_TOO_MUCH, {"rows": MOST_ROWS}))
    head = [cell.strip() for cell in table[0]]
    places = _places(head)
    figures = {place: name for place, name in enumerate(head) if place not in places.values() and name}
    rows = [_row(path, number, line, places, figures) for number, line in enumerate(table[1:], 2)]
    told = tuple(name for name in figures.values() if any(name in row.figures for row in rows))
    if not told:
        raise RuleError(_NO_FIGURES)
    return Read(rows, told)


def _text(data: bytes) -> str:
    """As Excel writes it, too."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _places(head: list[str]) -> Mapping[str, int]:
    """Raises RuleError: the day or the network is not there."""
    names = [name.casefold() for name in head]
    found = {
        column: next((place for place, name in enumerate(names) if name in known), -1)
        for column, known in COLUMNS.items()
    }
    if found["day"] < 0 or found["network"] < 0:
        raise RuleError(_NO_COLUMNS)
    return found


def _row(
    path: Path, number: int, line: list[str], places: Mapping[str, int], figures: Mapping[int, str]
) -> OwnResult:
    def cell(column: str) -> str:
        place = places[column]
        return line[place].strip() if 0 <= place < len(line) else ""

    day, network = _day(cell("day")), cell("network")
    if day is None or not network:
        raise RuleError(Message(_NO_DAY, {"line": number}))
    told = {
        name: value
        for place, name in figures.items()
        if place < len(line) and (value := _number(line[place])) is not None
    }
    return OwnResult(path=path, day=day, network=network[:60], post=cell("post")[:200], figures=told)


def _day(text: str) -> date | None:
    """Only the day counts: what stands behind it is the hour."""
    first = text.replace("T", " ").partition(" ")[0]
    for way in WAYS_TO_WRITE_A_DAY:
        try:
            day = datetime.strptime(first, way).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
        return day if in_reach(day) else None
    return None


def _number(text: str) -> float | None:
    """A blank, or a word, is not known; it is not zero."""
    bare = re.sub(r"[\s'’\u202f\u00a0%]", "", text)
    return float(bare.replace(",", ".")) if _NUMBER.fullmatch(bare) else None


_NO_TABLE = N_(
    "This is no CSV table with a head and at least one row. Export it from your tool as CSV and try again."
)
_TOO_MUCH = N_("The table is larger than what is read here (%(rows)s rows). Take a shorter span.")
_NO_COLUMNS = N_(
    "The table needs a column for the day (“date”) and one for the network (“network”). Name them so in its first row."
)
_NO_DAY = N_(
    "Line %(line)s has no day or no network that can be read. Write days as 2026-11-25 or 25.11.2026; nothing was "
    "brought in."
)
_NO_FIGURES = N_("No column holds numbers, so there are no results to bring in.")
