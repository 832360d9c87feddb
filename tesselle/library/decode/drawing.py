"""A picture as one network takes it: cut, sized and light enough."""

from itertools import product
from pathlib import Path
from typing import Any

from tesselle.domain.fitting import Recipe
from tesselle.library.decode.bounds import RefusedError
from tesselle.library.decode.pictures import opened, save_jpeg

QUALITY = 88
_LIGHTER = ((1.0, 88), (1.0, 80), (0.9, 80), (0.8, 78), (0.7, 76), (0.6, 74), (0.5, 72), (0.4, 70))
_LIGHTEST = ((0.3, 66), (0.2, 60), (0.12, 50), (0.07, 40), (0.03, 35), (0.0, 30))
_HALF = 0.5
"""A PNG that is still too heavy at half its size had better become a JPEG, where that is taken."""

_FEWER_COLOURS = (8, 4)
"""Bits a pixel, at its smallest, of a PNG that is taken as nothing else."""

_NEAR = sorted(product(range(-8, 9), repeat=2), key=lambda step: abs(step[0]) + abs(step[1]))
"""So many pixels more or less are looked through for a ratio that is allowed, the nearest first."""

_SUFFIXES = {"image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}


def draw(source: Path, folder: Path, kind: str, recipe: Recipe) -> dict[str, Any]:
    """Raises RefusedError: `cannot_fit`."""
    image = opened(source, kind)
    if recipe.crop is not None:
        crop = recipe.crop
        image = image.crop(crop.left, crop.top, crop.width, crop.height)
    for mime in recipe.mimes:
        last = mime == recipe.mimes[-1]
        for factor, quality in (*_LIGHTER, *_LIGHTEST):
            if mime == "image/png" and not last and factor < _HALF:
                break
            smaller = _sized(image, recipe, factor)
            path = folder / f"made{_SUFFIXES[mime]}"
            _save(smaller, path, mime, quality)
            if not recipe.max_bytes or path.stat().st_size <= recipe.max_bytes:
                return _told(path, mime, smaller)
        if mime == "image/png" and last:
            for bits in _FEWER_COLOURS:
                smaller.pngsave(str(path), keep="none", palette=True, bitdepth=bits)
                if path.stat().st_size <= recipe.max_bytes:
                    return _told(path, mime, smaller)
    raise RefusedError("cannot_fit")


def _told(path: Path, mime: str, image: Any) -> dict[str, Any]:
    return {"name": path.name, "mime": mime, "width": image.width, "height": image.height}


def _sized(image: Any, recipe: Recipe, factor: float) -> Any:
    """`factor` of the recipe's size, but never below what the network asks for."""
    least = max(recipe.min_width_px / recipe.width_px, recipe.min_height_px / recipe.height_px)
    least = max(least, min(1.0, 32 / min(recipe.width_px, recipe.height_px)))
    factor = max(factor, min(1.0, least))
    width, height = size_at(recipe, factor)
    if (width, height) == (image.width, image.height):
        return image
    return image.thumbnail_image(width, height=height, size="force")


def size_at(recipe: Recipe, factor: float) -> tuple[int, int]:
    """The size nearest to that share of the recipe's whose sides may stand so to one another: rounding alone
    could pass a bound of the network."""
    if factor >= 1:
        return recipe.width_px, recipe.height_px
    width = max(recipe.min_width_px, 1, round(recipe.width_px * factor))
    height = max(recipe.min_height_px, 1, round(recipe.height_px * factor))
    sizes = ((width + across, height + down) for across, down in _NEAR)
    return next((size for size in sizes if _is_allowed(recipe, *size)), (width, height))


def _is_allowed(recipe: Recipe, width: int, height: int) -> bool:
    if width < max(recipe.min_width_px, 1) or height < max(recipe.min_height_px, 1):
        return False
    if width > recipe.width_px or height > recipe.height_px:
        return False
    return recipe.min_aspect <= width / height <= (recipe.max_aspect or float("inf"))


def _save(image: Any, path: Path, mime: str, quality: int) -> None:
    if mime == "image/png":
        image.pngsave(str(path), keep="none", compression=8)
    elif mime == "image/webp":
        image.webpsave(str(path), keep="none", Q=quality)
    else:
        save_jpeg(image, path, quality)
