"""Reading a table of posts that somebody exported: any separator, usual date formats, names mapped.

What cannot be read is said, row by row, and left out; missing is not zero.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

from tesselle.domain.cells import NOT_TOLD, Order, Told, guess_order, read_count, read_instant
from tesselle.insights.columns import CLOCK, POSTED_AT, find, separated
from tesselle.insights.posts import (
    HASHTAG_CUTS,
    HASHTAG_LEVELS,
    LENGTH_CUTS,
    LENGTH_LEVELS,
    Factor,
    Posts,
    binned,
    cadence_of,
)

WORDS = ("network", "channel", "format", "pillar", "text", "link")
INTERACTIONS = ("reactions", "comments", "shares", "saves", "clicks")
OUTCOMES = ("interactions", *INTERACTIONS, "reach", "impressions")
WALL = ZoneInfo("UTC")
FIRST_MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - instants here are wall times of the audience


@dataclass(frozen=True, slots=True)
class Problem:
    """`row`: as a spreadsheet counts, the header being 1; 0 for the whole table."""

    row: int
    what: str


@dataclass(frozen=True, slots=True)
class Row:
    posted_at: datetime
    texts: Mapping[str, str]
    figures: Mapping[str, float]


@dataclass
class Table:
    """`columns`: ours that it has; `headings`: what each is called there; `unused`: what else it has."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What there are figures of, the sum of interactions first."""
        kinds = _kinds(self)
        return tuple(
            name for name in OUTCOMES if any(outcome_of(row, name, kinds) is not None for row in self.rows)
        )


def read_table(data: bytes, names: Mapping[str, str], usual: Order = Order.DAY) -> Table:
    """`names`: the table's own name of a column for each of ours that is called otherwise; the usual names
    are known. `usual`: what comes first in 03/04/2026 where no date of the table tells."""
    rows, trouble = separated(_decoded(data).replace("\0", ""), names)
    table = read_rows(rows, names, usual)
    if trouble:
        table.problems.append(Problem(len(rows) + 1, f"the table ends here for us: {trouble}"))
    return table


def read_rows(rows: Sequence[Sequence[str]], names: Mapping[str, str], usual: Order = Order.DAY) -> Table:
    """The same of rows that are cells already, such as those of a workbook."""
    head, places = find(rows, names)
    table = Table(columns=tuple(name for name in places if name != CLOCK))
    table.headings = {name: rows[head][place].strip() for name, place in places.items()}
    rest = enumerate(rows[head] if rows else ())
    table.unused = tuple(cell.strip() for at, cell in rest if cell.strip() and at not in places.values())
    for ours, theirs in names.items():
        if ours not in places:
            table.problems.append(Problem(0, f"the table has no column “{theirs}” for {ours}"))
    if POSTED_AT not in places:
        table.problems.append(Problem(0, "there is no column posted_at; name yours in a map file"))
        return table
    lines = [
        (number, {ours: row[at].strip() if at < len(row) else "" for ours, at in places.items()})
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
    ]
    _read_lines(table, [(number, line) for number, line in lines if any(line.values())], usual)
    return table


def _read_lines(table: Table, lines: Sequence[tuple[int, dict[str, str]]], usual: Order) -> None:
    days = [line[POSTED_AT] for _number, line in lines]
    order = guess_order(days, usual)
    if order is not guess_order(days, _OTHER[usual]) and any(_is_slashed(day) for day in days):
        first = "day" if order is Order.DAY else "month"
        table.problems.append(
            Problem(0, f"no date tells whether day or month comes first; read with the {first} first")
        )
    instants = [_instant(line, order) for _number, line in lines]
    has_times = any(told is not None and told.has_time for told in instants)
    if instants and not has_times:
        table.problems.append(
            Problem(0, "no row tells a time of day; all count as noon, and hours cannot be compared")
        )
    for (number, line), told in zip(lines, instants, strict=True):
        _read_row(table, number, line, told, needs_time=has_times)


_OTHER = {Order.DAY: Order.MONTH, Order.MONTH: Order.DAY}


def _is_slashed(day: str) -> bool:
    return re.match(r"\d{1,2}[/.-]\d{1,2}[/.-]\d", day) is not None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


def _instant(line: Mapping[str, str], order: Order) -> Told | None:
    return read_instant(f"{line[POSTED_AT]} {line.get(CLOCK, '')}".strip(), order, WALL)


def _read_row(
    table: Table, number: int, line: Mapping[str, str], told: Told | None, *, needs_time: bool
) -> None:
    if told is None or (needs_time and not told.has_time):
        lacks = "cannot be read" if told is None else "has no time of day"
        table.problems.append(Problem(number, f"the date “{line[POSTED_AT]}” {lacks}; the row is left out"))
        return
    texts, figures = {}, {}
    for name, value in line.items():
        if name in WORDS:
            texts[name] = value
        elif name not in (POSTED_AT, CLOCK) and value.casefold() not in NOT_TOLD:
            figure = _figure(name, value)
            if figure is None:
                table.problems.append(
                    Problem(number, f"{name}: “{value}” is no number; it counts as missing")
                )
            else:
                figures[name] = figure
    # As the wall showed it there, whatever zone the cell names.
    table.rows.append(Row(told.at.replace(tzinfo=None), texts, figures))


def _figure(name: str, value: str) -> float | None:
    """Hashtags may be written out: then they are counted."""
    number = _number(value)
    if number is None and name == "hashtags":
        return float(len([word for word in re.split(r"[\s,;]+", value) if word]))
    return number


def _number(value: str) -> float | None:
    """Whole numbers however they are grouped; else one with a comma or a point before its decimals."""
    whole = read_count(value)
    if whole is not None:
        return float(whole)
    try:
        number = float(re.sub(r"[\s'’\u202f\u00a0]", "", value).replace(",", "."))
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None


def posts_of(table: Table, outcome: str) -> Posts | None:
    """The rows that have that outcome, as the model wants them; None when there are none."""
    kinds = _kinds(table)
    rows = [(row, value) for row in table.rows if (value := outcome_of(row, outcome, kinds)) is not None]
    if not rows:
        return None
    kept = [row for row, _ in rows]
    channels, channel_index = _levels([_channel(row) for row in kept])
    networks = {_channel(row): row.texts.get("network", "").lower() or "others" for row in kept}
    seconds = np.array([(row.posted_at - FIRST_MONDAY).total_seconds() for row in kept])
    day = seconds / 86_400
    return Posts(
        counts=np.array([round(value) for _, value in rows], dtype=float),
        exposure=np.zeros(len(rows)),
        channel=channel_index,
        channels=channels,
        networks=tuple(networks[name] for name in channels),
        slot=np.array([row.posted_at.weekday() * 24 + row.posted_at.hour for row in kept]),
        day=day,
        format=_factor([row.texts.get("format", "") for row in kept]),
        pillar=_factor([row.texts.get("pillar", "") for row in kept]),
        length=_binned(kept, "length", LENGTH_CUTS, LENGTH_LEVELS),
        hashtags=_binned(kept, "hashtags", HASHTAG_CUTS, HASHTAG_LEVELS),
        cadence=cadence_of(day, channel_index),
        flags=_flags(table, kept),
    )


def _kinds(table: Table) -> tuple[str, ...]:
    """The kinds of interaction that the table knows at all."""
    return tuple(name for name in INTERACTIONS if name in table.columns)


def outcome_of(row: Row, outcome: str, kinds: tuple[str, ...] = INTERACTIONS) -> float | None:
    """None where it is missing; a sum is missing when one of its parts is."""
    if outcome != "interactions":
        return row.figures.get(outcome)
    told = [row.figures.get(name) for name in kinds]
    return sum(value for value in told if value is not None) if told and None not in told else None


def _channel(row: Row) -> str:
    return row.texts.get("channel") or row.texts.get("network", "")


def _levels(values: list[str]) -> tuple[tuple[str, ...], np.ndarray]:
    levels = tuple(sorted(set(values)))
    return levels, np.array([levels.index(value) for value in values], dtype=np.int64)


def _factor(values: list[str]) -> Factor:
    levels, index = _levels(values)
    return Factor(index, levels)


def _binned(rows: list[Row], name: str, cuts: tuple[int, ...], levels: tuple[str, ...]) -> Factor:
    """Where nothing is told of it, all rows share one level, which then says nothing."""
    values = [_size(row, name) for row in rows]
    if all(value is None for value in values):
        return Factor(np.zeros(len(rows), dtype=np.int64), ("",))
    return binned([value or 0.0 for value in values], cuts, levels)


def _size(row: Row, name: str) -> float | None:
    if name in row.figures:
        return row.figures[name]
    if "text" not in row.texts:
        return None
    text = row.texts["text"]
    return float(len(text)) if name == "length" else float(len(re.findall(r"#\w", text)))


def _flags(table: Table, rows: list[Row]) -> dict[str, np.ndarray]:
    flags = {}
    if "link" in table.columns:
        flags["link"] = np.array([bool(row.texts.get("link")) for row in rows])
    elif "text" in table.columns:
        flags["link"] = np.array(["http" in row.texts.get("text", "") for row in rows])
    if "text" in table.columns:
        flags["question"] = np.array(["?" in row.texts.get("text", "") for row in rows])
    return {name: flag for name, flag in flags.items() if flag.any() and not flag.all()}
