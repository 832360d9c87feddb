"""A logo laid on a picture, in one of its corners."""

from pathlib import Path
from typing import Any

from tesselle.library.decode.pictures import opened

MARGIN = 0.03
"""Of the shorter side."""


def mark(image: Any, logo: Any, folder: Path, *, corner: str, share: float, opacity: float) -> dict[str, Any]:
    """`share`: how wide the logo is, of the picture's width; `opacity`: 0 to 1."""
    width = max(1, round(image.width * share))
    logo = logo.thumbnail_image(width, height=max(1, image.height // 2), size="both")
    logo = logo if logo.hasalpha() else logo.bandjoin(255)
    logo = logo.linear([1, 1, 1, opacity], [0, 0, 0, 0]).cast("uchar").copy(interpretation="srgb")
    margin = round(MARGIN * min(image.width, image.height))
    left = margin if "left" in corner else image.width - logo.width - margin
    top = margin if "top" in corner else image.height - logo.height - margin
    made = image.composite2(logo, "over", x=max(0, left), y=max(0, top))
    made = made if image.hasalpha() else made.extract_band(0, n=3)
    made.pngsave(str(folder / "made.png"), keep="none", compression=2)
    return {"name": "made.png", "mime": "image/png", "width": made.width, "height": made.height}


def of(path: Path, kind: str) -> Any:
    """With three colours at least: a grey one cannot be laid on a coloured one."""
    image = opened(path, kind)
    return image.colourspace("srgb")
