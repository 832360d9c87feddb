"""Reads one job (JSON) from standard input; writes lines of JSON: progress, then one answer."""

import json
import sys
from pathlib import Path
from typing import Any

from tesselle.domain.fitting import Recipe
from tesselle.library.decode import (
    documents,
    drawing,
    films,
    gif,
    marking,
    pairing,
    pictures,
    transcoding,
    wiping,
)
from tesselle.library.decode.bounds import RefusedError, die_with_parent, limit_ourselves
from tesselle.library.decode.sniffing import FILMS, HEAD_BYTES, sniff, why_not


def _say(words: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


class _Progress:
    """Whole percents, each said once."""

    def __init__(self) -> None:
        self._said = -1

    def __call__(self, share: float) -> None:
        percent = int(100 * share)
        if percent > self._said:
            self._said = percent
            _say({"progress": percent})


def _kind(source: Path) -> str:
    if source.stat().st_size == 0:
        raise RefusedError("empty")
    with source.open("rb") as file:
        head = file.read(HEAD_BYTES)
    kind = sniff(head)
    if not kind:
        raise RefusedError(why_not(head))
    return kind


def _done(job: dict[str, Any]) -> dict[str, Any]:
    source, folder = Path(job["source"]), Path(job["folder"])
    kind = _kind(source)
    match job["do"]:
        case "keep" if kind == "pdf":
            limit_ourselves(film=False)
            return documents.keep(source, folder)
        case "keep":
            moves = kind in FILMS or (kind == "gif" and gif.moves(source))
            limit_ourselves(film=moves)
            return films.keep(source, folder, kind) if moves else pictures.keep(source, folder, kind)
        case "master":
            limit_ourselves(film=True)
            return transcoding.master(source, folder, kind, _Progress(), job.get("captions", ""))
        case "pair":
            limit_ourselves(film=False)
            before, after = _cells(job)
            return pairing.pair(before, after, folder, job["how"])
        case "wipe":
            limit_ourselves(film=True)
            before, after = _cells(job)
            return wiping.wipe(before, after, folder, _Progress())
        case "mark":
            limit_ourselves(film=False)
            logo = Path(job["logo"])
            said = {name: job[name] for name in ("corner", "share", "opacity")}
            return marking.mark(marking.of(source, kind), marking.of(logo, _kind(logo)), folder, **said)
        case "rendition" if kind in FILMS:
            limit_ourselves(film=True)
            return transcoding.rendition(source, folder, Recipe.from_json(job["recipe"]), _Progress())
        case _:
            limit_ourselves(film=False)
            return drawing.draw(source, folder, kind, Recipe.from_json(job["recipe"]))


def _cells(job: dict[str, Any]) -> list[Any]:
    """The two pictures of a pair, cut to their places."""
    paths = (Path(job["source"]), Path(job["other"]))
    return [pairing.cell(path, _kind(path), said) for path, said in zip(paths, job["cells"], strict=True)]


def main() -> int:
    die_with_parent()
    job = json.loads(sys.stdin.read())
    try:
        answer = _done(job)
    except RefusedError as refusal:
        answer = {"refused": refusal.code}
    except MemoryError:
        answer = {"refused": "too_many_pixels"}
    _say({"answer": answer})
    return 0


if __name__ == "__main__":
    sys.exit(main())
