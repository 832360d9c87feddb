"""Calendar files as RFC 5545 writes them. Values in, text out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_FOLD_AT = 75
"""Octets in a line, without its end (RFC 5545, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`start` an instant, or a day; `last` the last of several days. `uid` stays when it moves."""

    uid: str
    start: datetime | date
    summary: str
    description: str = ""
    url: str = ""
    last: date | None = None
    is_certain: bool = True


def written(name: str, entries: Iterable[Entry], *, stamped: datetime) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tesselle//Calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for entry in entries:
        lines += _entry(entry, stamped)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _entry(entry: Entry, stamped: datetime) -> list[str]:
    lines = ["BEGIN:VEVENT", f"UID:{entry.uid}", f"DTSTAMP:{_instant(stamped)}"]
    if isinstance(entry.start, datetime):
        lines.append(f"DTSTART:{_instant(entry.start)}")
    else:
        after = (entry.last or entry.start) + timedelta(days=1)
        lines += [f"DTSTART;VALUE=DATE:{entry.start:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    lines.append(f"SUMMARY:{escaped(entry.summary)}")
    if entry.description:
        lines.append(f"DESCRIPTION:{escaped(entry.description)}")
    if entry.url:
        lines.append(f"URL:{entry.url}")
    lines += [
        f"STATUS:{'CONFIRMED' if entry.is_certain else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]
    return lines


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Section 3.3.11. Other control signs have no place in a line."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    return "".join(sign for sign in plain.replace("\n", "\\n") if sign.isprintable() or sign == "\u00a0")


def folded(line: str) -> str:
    """Cut between signs, never within one, and carried on behind a space."""
    rest, pieces, room = line, [], _FOLD_AT
    while len(rest.encode()) > room:
        piece = rest.encode()[:room].decode(errors="ignore")
        pieces.append(piece)
        rest, room = rest[len(piece) :], _FOLD_AT - 1
    return "\r\n ".join([*pieces, rest])
