"""What each row of an export means here, and what stands in its way."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import pgettext

from tesselle.channels.models import Channel
from tesselle.domain.cells import NOT_TOLD, Order, Told, read_count, read_instant
from tesselle.domain.headings import ACCOUNT, DAY, ID, TEXT, TIME, URL, plain
from tesselle.domain.local_time import resolve
from tesselle.domain.messages import N_, Message
from tesselle.domain.metrics import Metric
from tesselle.measure.brought.headings import METRICS
from tesselle.measure.brought.matching import Known, register_of
from tesselle.measure.indicators import NAMES
from tesselle.networks import plugin
from tesselle.web.dates import written

TOTALS = frozenset({"total", "totals", "totaux", "gesamt", "gesamtzahl", "totale", "somme"})
MOST_COUNT = 10**12


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is read. `columns`: field -> place. `as_of`: the figures' day in the workspace."""

    channel: Channel
    columns: Mapping[str, int]
    order: Order
    zone: ZoneInfo
    as_of: date
    now: datetime

    @property
    def read_at(self) -> datetime:
        """The end of that day where the workspace is, or now, whichever comes first."""
        evening = datetime.combine(self.as_of, time(23, 59))
        return min(resolve(evening, self.channel.workspace.zone), self.now)


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: as the spreadsheet counts. `known` None: a post that was not known until now."""

    number: int
    told: Told | None
    text: str
    remote_id: str
    url: str
    figures: Mapping[str, int]
    known: Known | None = None
    problems: tuple[Message, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.problems

    @property
    def key(self) -> str:
        """What a post made elsewhere is kept under; made up where the file names no id."""
        if self.remote_id:
            return self.remote_id
        what = plain_key(self.url, self.told, self.text)
        return f"brought:{hashlib.sha256(what.encode()).hexdigest()[:32]}"


def plain_key(url: str, told: Told | None, text: str) -> str:
    return url or f"{told.at.astimezone(UTC).isoformat() if told else ''} {text[:200]}"


def rows_of(table: Sequence[Sequence[str]], first_number: int, reading: Reading) -> list[Row]:
    """`table` without its heading; `first_number`: of its first row. Lines of totals are left out."""
    rows = [
        _row(first_number + place, cells, reading)
        for place, cells in enumerate(table)
        if not any(plain(cell) in TOTALS for cell in cells[:2])
    ]
    register = register_of(
        reading.channel,
        reading.zone,
        [row.told.at for row in rows if row.told is not None],
        [row.remote_id for row in rows],
        [row.url for row in rows],
    )
    seen: dict[object, int] = {}
    return [
        _placed(replace(row, known=register.find(row.remote_id, row.url, row.told, row.text)), seen, reading)
        for row in rows
    ]


def _row(number: int, cells: Sequence[str], reading: Reading) -> Row:
    def cell(field: str) -> str:
        place = reading.columns.get(field, -1)
        return cells[place].strip() if 0 <= place < len(cells) else ""

    problems: list[Message] = []
    told, figures = _told(cell(DAY), cell(TIME), reading, problems), {}
    for metric in METRICS:
        text = cell(metric.value)
        if text.casefold() in NOT_TOLD:
            continue
        count = read_count(text)
        if count is None or count > MOST_COUNT:
            problems.append(Message(_NO_COUNT, {"cell": text[:40]}))
        elif (began := _counted_anew(metric, reading)) is not None:
            day = written(began, pgettext("date format", "j F Y"))
            problems.append(Message(_OTHER_SERIES, {"metric": str(NAMES[metric]), "day": day}))
        else:
            figures[metric.value] = count
    if not figures and not problems:
        problems.append(Message(_NO_FIGURES))
    if cell(ACCOUNT) and not _is_ours(cell(ACCOUNT), reading.channel):
        problems.append(Message(_OTHER_ACCOUNT, {"account": cell(ACCOUNT)[:80]}))
    remote_id = cell(ID)
    if "e+" in remote_id.casefold():  # a spreadsheet rounded it: it names nothing any more
        remote_id = ""
    url = cell(URL) if cell(URL).startswith(("https://", "http://")) else ""
    return Row(number, told, cell(TEXT), remote_id[:400], url[:500], figures, None, tuple(problems))


def _counted_anew(metric: Metric, reading: Reading) -> date | None:
    """The day from which the network counts it as now, where these figures are from before."""
    source = plugin(reading.channel.network).metrics.get(metric)
    return source.since if source and source.since and reading.as_of < source.since else None


def _told(day: str, clock: str, reading: Reading, problems: list[Message]) -> Told | None:
    if day.casefold() in NOT_TOLD:
        return None
    told = read_instant(f"{day} {clock}".strip(), reading.order, reading.zone)
    if told is None:
        problems.append(Message(_NO_DAY, {"day": f"{day} {clock}".strip()[:60]}))
    elif told.at > reading.read_at and (told.has_time or told.at.date() > reading.as_of):
        problems.append(Message(_TOO_LATE))
    return told


def _is_ours(account: str, channel: Channel) -> bool:
    names = (channel.handle, channel.display_name, channel.remote_id)
    return account.lstrip("@").casefold() in {name.lstrip("@").casefold() for name in names}


def _placed(row: Row, seen: dict[object, int], reading: Reading) -> Row:
    problems = list(row.problems)
    if row.known is None and row.told is None and not problems:
        problems.append(Message(_NO_PLACE))
    same: object = (row.known.delivery_id, row.known.past_post_id) if row.known else row.key
    if same in seen:
        problems.append(Message(_TWICE, {"number": seen[same]}))
    seen.setdefault(same, row.number)
    return replace(row, problems=tuple(problems))


_NO_COUNT = N_("“%(cell)s” is no whole number. Correct it in the file, or leave out its column.")
_OTHER_SERIES = N_(
    "%(metric)s: the network has counted them otherwise since %(day)s, so that these figures belong to another series. "
    "Leave out their column, or correct the day of the figures."
)
_NO_FIGURES = N_("This row tells no figure. Missing is not zero: there is nothing to keep.")
_OTHER_ACCOUNT = N_("This row is of another account, “%(account)s”.")
_NO_DAY = N_("“%(day)s” is no day with a year that we can read.")
_TOO_LATE = N_("Published after the day of the figures. Check which number is the month, and the day above.")
_NO_PLACE = N_("No post of this channel is like it, and without a day it has no place in the calendar.")
_TWICE = N_("The same post as in row %(number)s.")
