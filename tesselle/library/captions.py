"""What is said in a film, with its times: read as it was typed or from an SRT or VTT file, written as both."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message

MOST_CUES = 2000
MOST_SIGNS = 300
_LAST_SECONDS = 4.0
_TIME = r"(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3}))?"
_SPAN = re.compile(rf"^\s*{_TIME}\s*-->\s*{_TIME}")
_LINE = re.compile(rf"^\s*{_TIME}\s+(\S.*)$")


@dataclass(frozen=True, slots=True)
class Cue:
    """Seconds from the beginning."""

    start: float
    end: float
    text: str


def read(words: str, seconds: float) -> tuple[Cue, ...]:
    """Lines such as `0:07 We lay the floor`, each until the next one; or the text of an SRT or VTT file.

    Raises:
        RuleError: a line without a time, or out of order.
    """
    lines = [line.strip() for line in words.replace("\ufeff", "").splitlines()]
    cues = _of_file(lines) if any("-->" in line for line in lines) else _typed(lines, seconds)
    if len(cues) > MOST_CUES:
        raise RuleError(Message(TOO_MANY, {"most": MOST_CUES}))
    for before, cue in pairwise(cues):
        if cue.start < before.start:
            raise RuleError(Message(OUT_OF_ORDER, {"text": cue.text[:60]}))
    for cue in cues:
        if cue.end <= cue.start or cue.start >= seconds:
            raise RuleError(Message(BESIDE_THE_FILM, {"text": cue.text[:60]}))
    return tuple(Cue(cue.start, min(cue.end, seconds), cue.text[:MOST_SIGNS]) for cue in cues)


def _typed(lines: Iterable[str], seconds: float) -> list[Cue]:
    begun = []
    for line in filter(None, lines):
        found = _LINE.match(line)
        if found is None:
            raise RuleError(Message(NO_TIME, {"text": line[:60]}))
        begun.append((_seconds(found.groups()[:4]), found[5]))
    ends = [start for start, _ in begun[1:]]
    ends.append(max(seconds, begun[-1][0] + 0.1) if begun else 0.0)
    return [
        Cue(start, min(end, start + 2 * _LAST_SECONDS), text)
        for (start, text), end in zip(begun, ends, strict=True)
    ]


def _of_file(lines: Sequence[str]) -> list[Cue]:
    cues, at = [], 0
    while at < len(lines):
        found = _SPAN.match(lines[at])
        at += 1
        if found is None:
            continue
        said = []
        while at < len(lines) and lines[at]:
            said.append(re.sub(r"<[^>]*>", "", lines[at]))
            at += 1
        if text := " ".join(said).strip():
            cues.append(Cue(_seconds(found.groups()[:4]), _seconds(found.groups()[4:]), text))
    return cues


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, rest = parts
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + int(seconds or 0) + float(f"0.{rest or 0}")


def as_srt(cues: Iterable[Cue]) -> str:
    return "\n".join(
        f"{number}\n{_stamp(cue.start, ',')} --> {_stamp(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, start=1)
    )


def as_vtt(cues: Iterable[Cue]) -> str:
    said = (
        f"{_stamp(cue.start, '.')} --> {_stamp(cue.end, '.')}\n"
        + cue.text.replace("&", "&amp;").replace("<", "&lt;")
        for cue in cues
    )
    return "\n\n".join(["WEBVTT", *said]) + "\n"


def _stamp(seconds: float, point: str) -> str:
    whole = round(1000 * seconds)
    return (
        f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"
    )


NO_TIME = N_("“%(text)s” has no time in front. Begin each line with one, such as 0:07.")
OUT_OF_ORDER = N_("“%(text)s” begins before the line above it. Put the lines in order.")
BESIDE_THE_FILM = N_("“%(text)s” ends before it begins, or begins after the film has ended. Mend its time.")
TOO_MANY = N_("There are more than %(most)s captions. Leave some out.")
