"""Two pictures of one place, before and after: in one picture, or in a film that wipes from one to the other."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.domain.fitting import Crop
from tesselle.library.decode.coder import coded_from
from tesselle.library.decode.pictures import opened

GAP_PX = 12
LINE_PX = 8
HANDLE_PX = 36
WHITE = (255, 255, 255)
STILL_SECONDS, WIPE_SECONDS, END_SECONDS = 1.5, 2.0, 2.5
"""The first picture stands, gives way, and the second stands."""


def pair(before: Any, after: Any, folder: Path, how: str) -> dict[str, Any]:
    """`before`, `after`: already cut to their cells. `how`: beside, above, slider or film."""
    if how == "film":
        return _film(before, after, folder)
    made = {"beside": _beside, "above": _above, "slider": _slider}[how](before, after)
    made.pngsave(str(folder / "made.png"), keep="none", compression=2)
    return {"name": "made.png", "mime": "image/png", "width": made.width, "height": made.height}


def cell(path: Path, kind: str, said: Mapping[str, Any]) -> Any:
    """The picture in three colours, cut and sized as its place asks."""
    image = opened(path, kind)
    image = image.flatten(background=list(WHITE)) if image.hasalpha() else image
    if said.get("crop"):
        crop = Crop(**said["crop"])
        image = image.crop(crop.left, crop.top, crop.width, crop.height)
    return image.thumbnail_image(said["width"], height=said["height"], size="force").copy_memory()


def _beside(before: Any, after: Any) -> Any:
    return before.join(after, "horizontal", shim=GAP_PX, background=list(WHITE))


def _above(before: Any, after: Any) -> Any:
    return before.join(after, "vertical", shim=GAP_PX, background=list(WHITE))


def _slider(before: Any, after: Any) -> Any:
    """As a slider stands in the middle: half of each, a line, and something to take hold of."""
    half, height = before.width // 2, before.height
    image = before.crop(0, 0, half, height).join(
        after.crop(half, 0, after.width - half, height), "horizontal"
    )
    image = image.draw_rect(list(WHITE), half - LINE_PX // 2, 0, LINE_PX, height, fill=True)
    return image.draw_circle(list(WHITE), half, height // 2, HANDLE_PX, fill=True)


def _film(before: Any, after: Any, folder: Path) -> dict[str, Any]:
    stills = (folder / "before.png", folder / "after.png")
    for image, path in zip((before, after), stills, strict=True):
        image.pngsave(str(path), keep="none", compression=1)
    seconds = (STILL_SECONDS + WIPE_SECONDS, WIPE_SECONDS + END_SECONDS)
    sources = [
        word
        for path, length in zip(stills, seconds, strict=True)
        for word in ("-loop", "1", "-framerate", "25", "-t", str(length), "-f", "image2", "-i", str(path))
    ]
    wipe = f"xfade=transition=wiperight:duration={WIPE_SECONDS}:offset={STILL_SECONDS}"
    arguments = [
        *("-filter_complex", f"[0]format=yuv420p[a];[1]format=yuv420p[b];[a][b]{wipe},format=yuv420p"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-profile:v", "high"),
        *("-flags:v", "+bitexact", "-movflags", "+faststart"),
    ]
    coded_from(sources, arguments, folder / "made.mp4")
    return {"name": "made.mp4", "mime": "video/mp4", "width": before.width, "height": before.height}
