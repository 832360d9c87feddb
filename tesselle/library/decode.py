"""The limited child that opens pictures of strangers: `python -m tesselle.library.decode`.

Reads one job (JSON) from standard input, writes one answer (JSON) to standard output. It knows no
Django, no database and no secrets; memory, time, file size and pixels are bounded, and only the
decoder of the sniffed type is called. What leaves it was drawn anew: no metadata survives.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MEMORY_BYTES = 1_500 * 1024 * 1024
CPU_SECONDS = 30
FILE_BYTES = 1024 * 1024 * 1024
MAX_PIXELS = 100_000_000
MAX_SIDE_PX = 4096
THUMB_SIDE_PX = 640
QUALITY = 88
_SMALLER = ((0.9, 85), (0.8, 82), (0.7, 80), (0.6, 78), (0.5, 75), (0.35, 72), (0.25, 70), (0.15, 65))


class RefusedError(Exception):
    """`code` is one of `empty`, `not_an_image`, `too_many_pixels`, `broken`, `cannot_fit`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def sniff(head: bytes) -> str:
    """The type by content; empty for what we do not take."""
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "gif"
    return ""


def _limit_ourselves() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _open(path: Path) -> Any:
    """The picture upright, in sRGB with eight bits, bounded before a pixel is decoded."""
    import pyvips

    with path.open("rb") as file:
        kind = sniff(file.read(16))
    if not kind:
        raise RefusedError("not_an_image")
    loader = getattr(pyvips.Image, f"{kind}load")
    try:
        image = loader(str(path), fail_on="truncated")
        if image.width * image.height > MAX_PIXELS:
            raise RefusedError("too_many_pixels")
        image = image.copy_memory().autorot()
        try:
            image = image.icc_transform("srgb")
        except pyvips.Error:  # no profile, or one that is of no use
            image = image.colourspace("srgb")
    except pyvips.Error as error:
        raise RefusedError("broken") from error
    return image.cast("uchar")


def _within(image: Any, side: int) -> Any:
    longest = max(image.width, image.height)
    return image.resize(side / longest) if longest > side else image


def _jpeg(image: Any, path: Path, quality: int) -> None:
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    flat.jpegsave(str(path), Q=quality, keep="none", optimize_coding=True)


def keep(source: Path, folder: Path) -> dict[str, Any]:
    """The picture as it will be kept, and its thumbnail, both in `folder`."""
    if source.stat().st_size == 0:
        raise RefusedError("empty")
    image = _within(_open(source), MAX_SIDE_PX)
    see_through = bool(image.hasalpha())
    name = "kept.png" if see_through else "kept.jpg"
    thumb = _within(image, THUMB_SIDE_PX)
    if see_through:
        image.pngsave(str(folder / name), keep="none", compression=8)
        thumb.pngsave(str(folder / "thumb"), keep="none", compression=8)
    else:
        _jpeg(image, folder / name, QUALITY)
        _jpeg(thumb, folder / "thumb", 80)
    return _told(image, name, see_through)


def fit(source: Path, folder: Path, limits: dict[str, float]) -> dict[str, Any]:
    """The largest JPEG of the picture that stays within a network's limits."""
    image = _open(source)
    start = min(1.0, *_factors(image, limits))
    path = folder / "kept.jpg"
    for factor, quality in ((1.0, QUALITY), *_SMALLER):
        scale = start * factor
        smaller = image.resize(scale) if scale < 1 else image
        _jpeg(smaller, path, quality)
        if not limits["bytes"] or path.stat().st_size <= limits["bytes"]:
            _jpeg(_within(smaller, THUMB_SIDE_PX), folder / "thumb", 80)
            return _told(smaller, path.name, False)
    raise RefusedError("cannot_fit")


def _factors(image: Any, limits: dict[str, float]) -> list[float]:
    """How much smaller each limit asks the sides to be; a hair less, since sides are whole numbers."""
    width, height = image.width, image.height
    asked = (
        (limits["width"], width),
        (limits["height"], height),
        (limits["side_sum"], width + height),
    )
    factors = [(maximum - 1) / measured for maximum, measured in asked if 0 < maximum < measured]
    if 0 < limits["pixels"] < width * height:
        factors.append(0.999 * float((limits["pixels"] / (width * height)) ** 0.5))
    return factors or [1.0]


def _told(image: Any, name: str, see_through: bool) -> dict[str, Any]:
    mime = "image/png" if see_through else "image/jpeg"
    return {"name": name, "mime": mime, "width": image.width, "height": image.height}


def main() -> int:
    job = json.load(sys.stdin)
    _limit_ourselves()
    source, folder = Path(job["source"]), Path(job["folder"])
    try:
        answer = fit(source, folder, job["fit"]) if job.get("fit") else keep(source, folder)
    except RefusedError as refusal:
        answer = {"refused": refusal.code}
    except MemoryError:
        answer = {"refused": "too_many_pixels"}
    json.dump(answer, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
