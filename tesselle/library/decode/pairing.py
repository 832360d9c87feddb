"""Two pictures of one place, before and after, in one picture."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tesselle.domain.fitting import Crop
from tesselle.library.decode.pictures import opened

GAP_PX = 12
LINE_PX = 8
HANDLE_PX = 36
WHITE = (255, 255, 255)


def pair(before: Any, after: Any, folder: Path, how: str) -> dict[str, Any]:
    """`before`, `after`: already cut to their cells. `how`: beside, above or slider."""
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
