"""Handing a picture to the limited child, and what its answers mean to a person."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import tesselle
from tesselle.domain.errors import RuleError
from tesselle.domain.limits import MediaLimit
from tesselle.domain.messages import N_, Message

SECONDS = 60
"""Longer than the child's own processor time: a hung disk must not hold a request for ever."""

_REFUSALS = {
    "empty": N_("“%(name)s” is empty. Choose the file again; it may not have been copied completely."),
    "not_an_image": N_(
        "“%(name)s” is not a picture we can use. JPEG, PNG, WebP and GIF are taken; videos will follow."
    ),
    "too_many_pixels": N_(
        "“%(name)s” has too many pixels (more than 100 million). Export it smaller and add it again."
    ),
    "broken": N_("“%(name)s” is damaged or cut off, and cannot be opened. Export it again and add it anew."),
    "cannot_fit": N_("“%(name)s” cannot be made small enough without ruining it. Use another picture."),
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the child left in its folder."""

    path: Path
    thumb: Path
    mime: str
    width_px: int
    height_px: int


def decode(source: Path, folder: Path, *, name: str, fit: MediaLimit | None = None) -> Decoded:
    """Draw the picture anew in `folder`; with `fit`, small enough for that limit.

    Raises:
        RuleError: the sentence says what is wrong with the file.
    """
    job: dict[str, object] = {"source": str(source), "folder": str(folder)}
    if fit is not None:
        job["fit"] = {
            "bytes": fit.max_bytes,
            "width": fit.max_width_px,
            "height": fit.max_height_px,
            "pixels": fit.max_pixels,
            "side_sum": fit.max_side_sum_px,
        }
    answer = _ask(job, folder)
    refused = str(answer.get("refused", ""))
    if refused:
        raise RuleError(Message(_REFUSALS[refused], {"name": name}))
    return Decoded(
        path=folder / str(answer["name"]),
        thumb=folder / "thumb",
        mime=str(answer["mime"]),
        width_px=int(str(answer["width"])),
        height_px=int(str(answer["height"])),
    )


def _ask(job: dict[str, object], folder: Path) -> dict[str, object]:
    """A child that was killed or ran out of time says nothing: the file is then called damaged."""
    environment = {
        "PYTHONPATH": str(Path(tesselle.__file__).parent.parent),
        "VIPS_CONCURRENCY": "1",
        "TMPDIR": str(folder),
    }
    try:
        child = subprocess.run(
            [sys.executable, "-m", "tesselle.library.decode"],
            input=json.dumps(job).encode(),
            capture_output=True,
            timeout=SECONDS,
            env=environment,
            check=False,
        )
        answer: dict[str, object] = json.loads(child.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "broken"}
    return answer
