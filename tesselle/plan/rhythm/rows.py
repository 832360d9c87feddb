"""What each row of an imported table means here, and what stands in its way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TypeVar

from tesselle.channels.models import Channel
from tesselle.compose.desk import Place
from tesselle.domain.checks import is_plannable
from tesselle.domain.content import Content
from tesselle.domain.errors import RuleError
from tesselle.domain.findings import Severity
from tesselle.domain.local_time import resolve
from tesselle.domain.messages import N_, Message
from tesselle.domain.reach import OUT_OF_REACH, in_reach
from tesselle.plan.rhythm.names import ChannelNames, folded
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.cells import plain_cell
from tesselle.workspaces.models import Workspace

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "day": ("date", "day", "jour"),
    "time": ("time", "hour", "heure"),
    "text": ("text", "texte", "post", "publication"),
    "title": ("title", "titre"),
    "link": ("link", "url", "lien"),
    "channels": ("channels", "channel", "canaux", "canal"),
    "pillar": ("pillar", "pilier"),
    "campaign": ("campaign", "campagne"),
}
Kind = TypeVar("Kind")
_DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")


@dataclass(frozen=True, slots=True)
class Row:
    """`number`: as the spreadsheet counts. `when` None: it becomes a draft, or `day` cannot be read."""

    number: int
    content: Content
    when: datetime | None
    channels: tuple[Channel, ...]
    pillar: Pillar | None
    campaign: Campaign | None
    problems: tuple[Message, ...] = ()
    day: str = ""

    @property
    def places(self) -> tuple[str, ...]:
        """The networks, each with whose channel it is."""
        return tuple(f"{Place(one).card.name} ({one.display_name or one.handle})" for one in self.channels)

    @property
    def is_good(self) -> bool:
        return not self.problems


@dataclass
class _Reading:
    """What a row is looked up in, and the problems of the row at hand."""

    workspace: Workspace
    channels: ChannelNames
    pillars: Mapping[str, Pillar]
    campaigns: Mapping[str, Campaign]
    problems: list[Message] = field(default_factory=list)


def rows_of(workspace: Workspace, table: Sequence[Sequence[str]]) -> list[Row]:
    """Raises RuleError if there is no heading that names a text."""
    if not table:
        raise RuleError(_EMPTY)
    places = _headings(table[0])
    if "text" not in places:
        raise RuleError(_NO_TEXT_COLUMN)
    if len(table) == 1:
        raise RuleError(_EMPTY)
    reading = _Reading(
        workspace,
        ChannelNames.of(workspace),
        {folded(row.name): row for row in Pillar.objects.filter(workspace=workspace, retired_at=None)},
        {folded(row.name): row for row in Campaign.objects.filter(workspace=workspace, retired_at=None)},
    )
    return [
        _row(reading, number, {name: _cell(cells, at) for name, at in places.items()})
        for number, cells in enumerate(table[1:], start=2)
    ]


def _headings(cells: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        name = next((one for one, words in HEADINGS.items() if cell.strip().casefold() in words), None)
        if name is not None:
            found.setdefault(name, at)
    return found


def _cell(cells: Sequence[str], at: int) -> str:
    return plain_cell(cells[at]) if at < len(cells) else ""


def _row(reading: _Reading, number: int, cells: Mapping[str, str]) -> Row:
    reading.problems = []
    content = Content(
        text=cells["text"].replace("\r\n", "\n"),
        title=cells.get("title", ""),
        link=cells.get("link", ""),
        language=reading.workspace.language,
    )
    if not content.text.strip():
        reading.problems.append(Message(_NO_TEXT))
    when = _when(reading, cells.get("day", ""), cells.get("time", ""))
    channels = _channels(reading, cells.get("channels", ""))
    if when is not None and not channels and not reading.problems:
        reading.problems.append(Message(_NO_CHANNEL))
    if when is not None and content.text.strip():
        _check(reading, content, channels)
    return Row(
        number,
        content,
        when,
        channels,
        _named(reading, reading.pillars, cells.get("pillar", ""), _NO_PILLAR),
        _named(reading, reading.campaigns, cells.get("campaign", ""), _NO_CAMPAIGN),
        tuple(reading.problems),
        cells.get("day", "").strip(),
    )


def _when(reading: _Reading, day_text: str, time_text: str) -> datetime | None:
    day_text, _, behind = day_text.strip().replace("T", " ").partition(" ")
    if not day_text:
        return None
    day, at = _day(day_text), _time(time_text.strip() or behind.strip() or "09:00")
    if day is None:
        reading.problems.append(Message(_NO_DAY, {"day": day_text}))
        return None
    if at is None:
        reading.problems.append(Message(_NO_TIME, {"time": time_text or behind}))
        return None
    if not in_reach(day):
        reading.problems.append(Message(OUT_OF_REACH))
        return None
    local = datetime.combine(day, at)
    if resolve(local, reading.workspace.zone) < reading.workspace.now():
        reading.problems.append(Message(_PAST, {"day": day_text}))
    return local


def _day(text: str) -> date | None:
    for style in _DAYS:
        try:
            return datetime.strptime(text, style).date()  # noqa: DTZ007 - a day, whatever the zone
        except ValueError:
            continue
    return None


def _time(text: str) -> time | None:
    found = re.fullmatch(r"(\d{1,2})(?:[:h.](\d{2})?)?(?::\d{2})?", text)
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2] or 0))


def _channels(reading: _Reading, text: str) -> tuple[Channel, ...]:
    """By name, handle or network; a name that several have means each of them."""
    found, unknown = reading.channels.read(text)
    for name in unknown:
        said = _UNKNOWN_CHANNELS if "," in name else _UNKNOWN_CHANNEL
        reading.problems.append(Message(said, {"channel": name}))
    return found


def _named(reading: _Reading, known: Mapping[str, Kind], text: str, problem: str) -> Kind | None:
    name = text.strip()
    if not name:
        return None
    if folded(name) not in known:
        reading.problems.append(Message(problem, {"name": name}))
    return known.get(folded(name))


def _check(reading: _Reading, content: Content, channels: Sequence[Channel]) -> None:
    for channel in channels:
        place = Place(channel)
        found = place.findings(content)
        if not is_plannable(found):
            reading.problems.append(Message(_WOULD_BE_REFUSED, {"channel": place.card.name}))
            reading.problems += [finding.message for finding in found if finding.severity is Severity.ERROR]


_EMPTY = N_("This table is empty. Its first row names the columns, each further row is a post.")
_NO_TEXT_COLUMN = N_("No column is called “text”. The first row of the table names its columns.")
_NO_TEXT = N_("There is no text.")
_NO_CHANNEL = N_("There is a day and no channel: name at least one.")
_NO_DAY = N_("“%(day)s” is no day. Write 2026-12-24 or 24.12.2026.")
_NO_TIME = N_("“%(time)s” is no time. Write 09:30.")
_PAST = N_("%(day)s has passed already.")
_UNKNOWN_CHANNEL = N_("No channel is called “%(channel)s”.")
_UNKNOWN_CHANNELS = N_("No channel is called “%(channel)s”, as a whole or in its parts.")
_NO_PILLAR = N_("No pillar is called “%(name)s”.")
_NO_CAMPAIGN = N_("No campaign is called “%(name)s”.")
_WOULD_BE_REFUSED = N_("%(channel)s would refuse it as it is:")
