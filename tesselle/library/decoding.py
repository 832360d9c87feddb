"""Handing a file to the limited child and reading what it made of it."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tesselle
from tesselle.domain.fitting import Recipe

SECONDS = 120
"""Longer than the child's own processor time: a hung disk must not hold a request for ever."""

SILENT_SECONDS = 600
"""A film whose progress stands still so long is given up."""

Tell = Callable[[int], Awaitable[None]]
"""Given whole percents."""


class UndecodableError(Exception):
    """`code` is a key of `refusals.SENTENCES`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the child left in its folder. For a film that was only looked at, `mime` is empty: it
    still has to be prepared. `look`: see `decode.alike`; None for films."""

    path: Path
    kind: str
    mime: str
    width_px: int
    height_px: int
    seconds: float = 0.0
    fps: float = 0.0
    codec: str = ""
    thumb: Path | None = None
    poster: Path | None = None
    look: int | None = None
    pages: tuple[Path, ...] = ()


def keep(source: Path, folder: Path) -> Decoded:
    """A picture or the pages of a PDF drawn anew in `folder`; a film as it came, but without what it told of its maker.

    Raises:
        UndecodableError: what is wrong with it.
    """
    return _decoded(_ask({"do": "keep", **_places(source, folder)}, folder), folder)


def draw(source: Path, folder: Path, recipe: Recipe) -> Decoded:
    """A picture made to a recipe. Raises as `keep`."""
    job = {"do": "rendition", "recipe": recipe.to_json(), **_places(source, folder)}
    return _decoded(_ask(job, folder), folder)


def make(do: str, source: Path, folder: Path, **said: Any) -> Decoded:
    """A picture made of pictures: see `decode.pairing` and `decode.marking`. Raises as `keep`."""
    return _decoded(_ask({"do": do, **_places(source, folder), **said}, folder), folder)


async def prepare(
    source: Path, folder: Path, recipe: Recipe | None, tell: Tell, captions: str = ""
) -> Decoded:
    """The film that every network plays (`recipe` None), or a file made to a recipe. `captions`: an SRT,
    burnt into the film. Raises as `keep`."""
    if recipe is not None:
        return await _followed("rendition", source, folder, tell, recipe=recipe.to_json())
    return await _followed("master", source, folder, tell, captions=captions)


async def wipe(before: Path, folder: Path, tell: Tell, *, after: Path, cells: Any) -> Decoded:
    """The film of `decode.wiping`, as it is kept. `cells`: how each picture is cut. Raises as `keep`."""
    return await _followed("wipe", before, folder, tell, other=str(after), cells=cells)


async def _followed(do: str, source: Path, folder: Path, tell: Tell, **said: Any) -> Decoded:
    """The child says how far it is, and ends with the caller."""
    job = {"do": do, **_places(source, folder), **said}
    child = await asyncio.create_subprocess_exec(
        *_COMMAND,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(folder),
    )
    try:
        return _decoded(await _listen(child, json.dumps(job).encode(), tell), folder)
    finally:
        if child.returncode is None:
            child.kill()
        await child.wait()


async def _listen(child: asyncio.subprocess.Process, job: bytes, tell: Tell) -> Mapping[str, Any]:
    assert child.stdin is not None and child.stdout is not None
    try:
        child.stdin.write(job)
        await child.stdin.drain()
        child.stdin.close()
        while True:
            async with asyncio.timeout(SILENT_SECONDS):
                line = await child.stdout.readline()
            words = json.loads(line or "{}")
            if "progress" in words:
                await tell(int(words["progress"]))
            else:
                answer: Mapping[str, Any] = words.get("answer", _SAID_NOTHING)
                return answer
    except (TimeoutError, ValueError, BrokenPipeError, ConnectionResetError):
        return _SAID_NOTHING


def _ask(job: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
    """A child that was killed or ran out of time says nothing: the file is then called damaged."""
    try:
        child = subprocess.run(  # noqa: S603 - our own words
            _COMMAND,
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=_environment(folder),
            check=False,
        )
        answer: Mapping[str, Any] = json.loads(child.stdout.splitlines()[-1])["answer"]
    except (subprocess.TimeoutExpired, ValueError, IndexError, KeyError):
        return _SAID_NOTHING
    return answer


_COMMAND = [sys.executable, "-m", "tesselle.library.decode"]
_SAID_NOTHING = {"refused": "broken"}


def _places(source: Path, folder: Path) -> dict[str, str]:
    return {"source": str(source), "folder": str(folder)}


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of ours: no keys, no address of the database."""
    return {
        "PYTHONPATH": str(Path(tesselle.__file__).parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "VIPS_CONCURRENCY": "1",
        "MALLOC_ARENA_MAX": "2",
        "TMPDIR": str(folder),
    }


def _decoded(answer: Mapping[str, Any], folder: Path) -> Decoded:
    if answer.get("refused"):
        raise UndecodableError(str(answer["refused"]))
    return Decoded(
        path=folder / str(answer["name"]),
        kind=str(answer.get("kind", "")),
        mime=str(answer.get("mime", "")),
        width_px=int(answer["width"]),
        height_px=int(answer["height"]),
        seconds=float(answer.get("seconds", 0)),
        fps=float(answer.get("fps", 0)),
        codec=str(answer.get("codec", "")),
        thumb=folder / str(answer["thumb"]) if answer.get("thumb") else None,
        poster=folder / str(answer["poster"]) if answer.get("poster") else None,
        look=None if answer.get("look") is None else int(answer["look"]),
        pages=tuple(folder / str(name) for name in answer.get("pages", ())),
    )
