"""Calling ffmpeg: only files, only the sniffed format, nothing of the source's metadata."""

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from tesselle.library.decode.bounds import RefusedError, die_with_parent

FORMATS = {"mov": "mov", "matroska": "matroska", "gif": "gif"}
_STRIPPED = ("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact")

Tell = Callable[[float], None]
"""Given the seconds of film that are done."""


def program() -> str:
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def coded(source: Path, kind: str, arguments: Sequence[str], target: Path, tell: Tell | None = None) -> None:
    """Raises RefusedError: `broken`."""
    coded_from(["-f", FORMATS[kind], "-i", f"file:{source}"], arguments, target, tell)


def coded_from(
    sources: Sequence[str], arguments: Sequence[str], target: Path, tell: Tell | None = None
) -> None:
    """`sources`: the words that name them. Raises RefusedError: `broken`."""
    command = [
        program(),
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-protocol_whitelist", "file,pipe"),
        *("-threads", "2", *sources),
        *arguments,
        *_STRIPPED,
        *("-progress", "pipe:1", "-y", f"file:{target}"),
    ]
    with subprocess.Popen(  # noqa: S603 - our own words
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, preexec_fn=die_with_parent
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            name, _, value = line.strip().partition("=")
            if tell is not None and name == "out_time_us" and value.isdecimal():
                tell(int(value) / 1_000_000)
    if process.returncode != 0 or not target.exists() or target.stat().st_size == 0:
        raise RefusedError("broken")
