"""Reading a table of posts that somebody exported: any separator, usual date formats, names mapped.

What cannot be read is said, row by row, and left out; missing is not zero.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

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

COLUMNS = (
    "posted_at", "network", "channel", "format", "pillar", "text", "length", "hashtags", "link",
    "impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "followers",
)  # fmt: skip
WORDS = ("network", "channel", "format", "pillar", "text", "link")
INTERACTIONS = ("reactions", "comments", "shares", "saves", "clicks")
OUTCOMES = ("interactions", *INTERACTIONS, "reach", "impressions")
DATE_FORMATS = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p", "%d.%m.%y %H:%M",
)  # fmt: skip
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
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: tuple[str, ...] = ()

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What there are figures of, the sum of interactions first."""
        kinds = _kinds(self)
        return tuple(
            name for name in OUTCOMES if any(outcome_of(row, name, kinds) is not None for row in self.rows)
        )


def read_table(data: bytes, names: Mapping[str, str]) -> Table:
    """`names`: the table's own name of a column for each of ours that is called otherwise."""
    text = _decoded(data).replace("\0", "")
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    table = Table()
    try:
        return _read_lines(table, reader, names)
    except csv.Error as error:
        table.problems.append(Problem(reader.line_num, f"the table ends here for us: {error}"))
        return table


def _read_lines(table: Table, reader: "csv.DictReader[str]", names: Mapping[str, str]) -> Table:
    ours = _columns(reader.fieldnames or (), names)
    table.columns = tuple(ours)
    if "posted_at" not in ours:
        table.problems.append(Problem(0, "there is no column posted_at; name yours in a map file"))
        return table
    raw = [
        {ours_name: (line.get(theirs) or "").strip() for ours_name, theirs in ours.items()} for line in reader
    ]
    formats = _date_formats(line["posted_at"] for line in raw)
    for number, line in enumerate(raw, start=2):
        _read_row(table, number, line, formats)
    return table


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """The separator that the header holds most of."""
    header = text.split("\n", 1)[0]
    return max(",;\t|", key=header.count)


def _columns(header: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    plain = {re.sub(r"[^a-z]+", "_", name.strip().lower()).strip("_"): name for name in header if name}
    found = {ours: plain[ours] for ours in COLUMNS if ours in plain}
    exact = {name.strip(): name for name in header if name}
    found.update({ours: exact[theirs] for ours, theirs in names.items() if theirs in exact})
    return found


def _date_formats(values: Iterable[str]) -> tuple[str, ...]:
    """The formats, the one first that reads most of the column: 03/04 means one thing throughout."""
    told = list(values)
    return tuple(
        sorted(DATE_FORMATS, key=lambda one: -sum(_parsed(value, one) is not None for value in told))
    )


def _parsed(value: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(value, form)  # noqa: DTZ007
    except ValueError:
        return None


def _instant(value: str, formats: tuple[str, ...]) -> datetime | None:
    try:
        if "T" in value or "-" in value[:5]:
            return datetime.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        pass
    return next((found for form in formats if (found := _parsed(value, form)) is not None), None)


def _read_row(table: Table, number: int, line: Mapping[str, str], formats: tuple[str, ...]) -> None:
    if not any(line.values()):
        return
    posted_at = _instant(line["posted_at"], formats)
    if posted_at is None:
        table.problems.append(
            Problem(number, f"the date “{line['posted_at']}” cannot be read; the row is left out")
        )
        return
    texts, figures = {}, {}
    for name, value in line.items():
        if name in WORDS:
            texts[name] = value
        elif value and name != "posted_at":
            figure = _figure(name, value)
            if figure is None:
                table.problems.append(
                    Problem(number, f"{name}: “{value}” is no number; it counts as missing")
                )
            else:
                figures[name] = figure
    table.rows.append(Row(posted_at, texts, figures))


def _figure(name: str, value: str) -> float | None:
    """Hashtags may be written out: then they are counted."""
    number = _number(value)
    if number is None and name == "hashtags":
        return float(len([word for word in re.split(r"[\s,;]+", value) if word]))
    return number


def _number(value: str) -> float | None:
    """Whole numbers as spreadsheets write them: 1 234, 1'234, 1.234 and 1,234 are all the same."""
    plain = re.sub(r"[\s'’\u202f\u00a0]", "", value)
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", plain):
        plain = re.sub(r"[.,]", "", plain)
    try:
        number = float(plain.replace(",", "."))
    except ValueError:
        return None
    return number if number >= 0 else None


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
