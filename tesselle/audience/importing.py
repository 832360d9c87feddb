"""A table of addresses, read line by line: what is wrong with a line is said with its number, and the
others go on the list all the same."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from tesselle.audience.addresses import is_address, tidy
from tesselle.audience.models import MailingList, Subscriber
from tesselle.audience.services import tell
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.workspaces.models import User

MOST_BYTES = 5_000_000
MOST_LINES = 50_000
MOST_TOLD = 100
ADDRESS_HEADS = frozenset({"email", "e-mail", "mail", "adresse", "address", "courriel", "adresse e-mail"})
NAME_HEADS = frozenset({"name", "nom", "prénom et nom"})


@dataclass(frozen=True, slots=True)
class Problem:
    """`line`: its number in the file, from 1; the head counts."""

    line: int
    message: Message


@dataclass(slots=True)
class Imported:
    added: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    not_told: int = 0

    def refuse(self, line: int, message: Message) -> None:
        if len(self.problems) < MOST_TOLD:
            self.problems.append(Problem(line, message))
        else:
            self.not_told += 1


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    address: str
    name: str


def import_table(mailing_list: MailingList, data: bytes, *, consent_note: str, by: User | None) -> Imported:
    """Raises RuleError: the file as a whole cannot be read."""
    rows = _rows(_text(data))
    told = Imported()
    with transaction.atomic():
        known = dict(mailing_list.subscribers.values_list("address", "state"))
        new: list[Subscriber] = []
        now = timezone.now()
        for row in rows:
            problem = _problem(row, known)
            if problem is not None:
                told.refuse(row.line, problem)
            elif row.address in known:
                told.known += 1
            else:
                known[row.address] = Subscriber.State.CONFIRMED
                new.append(
                    Subscriber(
                        mailing_list=mailing_list,
                        address=row.address,
                        name=row.name[:120],
                        state=Subscriber.State.CONFIRMED,
                        way=Subscriber.Way.IMPORT,
                        consent_note=consent_note,
                        confirmed_at=now,
                    )
                )
        told.added = len(Subscriber.objects.bulk_create(new, batch_size=1000, ignore_conflicts=True))
        tell("audience.imported", mailing_list, by, count=told.added)
    return told


def _problem(row: _Row, known: dict[str, str]) -> Message | None:
    if not row.address:
        return Message(_EMPTY)
    if not is_address(row.address):
        return Message(_NO_ADDRESS, {"address": row.address[:80]})
    if known.get(row.address) == Subscriber.State.LEFT:
        return Message(_LEFT, {"address": row.address})
    return None


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise RuleError(_TOO_BIG)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RuleError(_UNREADABLE)


def _rows(text: str) -> Iterator[_Row]:
    """Columns are found by their names; without a head, the first one with an @ holds the addresses."""
    lines = text.splitlines()
    if len(lines) > MOST_LINES:
        raise RuleError(_TOO_LONG)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(lines[0] if lines else ""))
    try:
        table = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise RuleError(_UNREADABLE) from None
    table = [(line, row) for line, row in table if any(row)]
    if not table:
        raise RuleError(_NOTHING)
    return _placed(table)


def _placed(table: list[tuple[int, list[str]]]) -> Iterator[_Row]:
    head = [cell.lower() for cell in table[0][1]]
    at = next((index for index, cell in enumerate(head) if cell in ADDRESS_HEADS), None)
    name_at = next((index for index, cell in enumerate(head) if cell in NAME_HEADS), None)
    if at is None:
        at = next((index for index, cell in enumerate(head) if "@" in cell), None)
        name_at = None
        if at is None:
            raise RuleError(_NO_COLUMN)
    else:
        table = table[1:]
    place, name_place = at, name_at
    return (_Row(line, tidy(_cell(row, place)), _cell(row, name_place)) for line, row in table)


def _cell(row: list[str], at: int | None) -> str:
    return row[at] if at is not None and at < len(row) else ""


def _delimiter(head: str) -> str:
    return max((";", ",", "\t"), key=head.count)


_EMPTY = N_("No address on this line.")
_NO_ADDRESS = N_("“%(address)s” is no e-mail address that can be written to.")
_LEFT = N_("%(address)s has unsubscribed, and stays away until its owner comes back by the form.")
_TOO_BIG = N_("The file is larger than 5 MB. Split it, or keep only the columns with address and name.")
_TOO_LONG = N_("The file has more than 50,000 lines. Split it in several.")
_UNREADABLE = N_("The file cannot be read as a table. Save it as CSV (UTF-8) and try again.")
_NOTHING = N_("The file is empty.")
_NO_COLUMN = N_("No column holds addresses. Call it “email” in the first line, and try again.")
