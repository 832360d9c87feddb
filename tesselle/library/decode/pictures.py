"""Opening one picture, upright, in sRGB with eight bits, bounded before a pixel is decoded."""

import os
from pathlib import Path
from typing import Any

from tesselle.library.decode import alike
from tesselle.library.decode.bounds import MAX_PIXELS, RefusedError

os.environ.setdefault("VIPS_CONCURRENCY", "1")

THUMB_SIDE_PX = 640
KEPT_QUALITY = 92
THUMB_QUALITY = 80


def opened(path: Path, kind: str) -> Any:
    """Raises RefusedError: `broken` or `too_many_pixels`."""
    import pyvips

    try:
        image = _heif(path) if kind in {"heif", "avif"} else _vips(path, kind)
        try:
            image = image.icc_transform("srgb")
        except pyvips.Error:  # no profile, or one that is of no use
            image = image.colourspace("srgb")
        return image.cast("uchar").copy_memory()
    except pyvips.Error as error:
        raise RefusedError("broken") from error


def _vips(path: Path, kind: str) -> Any:
    import pyvips

    image = getattr(pyvips.Image, f"{kind}load")(str(path), fail_on="truncated")
    if image.width * image.height > MAX_PIXELS:
        raise RefusedError("too_many_pixels")
    return image.copy_memory().autorot()


def _heif(path: Path) -> Any:
    """libvips comes without HEVC: libheif decodes; it turns and mirrors by the file's own word."""
    import pillow_heif
    import pyvips
    from PIL import AvifImagePlugin, Image, ImageOps, UnidentifiedImageError

    del AvifImagePlugin  # imported so that Pillow knows the type
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # bounded here, with a sentence of ours
    try:
        with Image.open(path, formats=("HEIF", "AVIF")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise RefusedError("too_many_pixels")
            profile = picture.info.get("icc_profile")
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGBA" if "A" in upright.getbands() else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, RuntimeError, UnidentifiedImageError) as error:
        raise RefusedError("broken") from error
    image = pyvips.Image.new_from_memory(
        upright.tobytes(), upright.width, upright.height, len(upright.getbands()), "uchar"
    ).copy(interpretation="srgb")
    if profile:
        image = image.copy()
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


def within(image: Any, side: int) -> Any:
    longest = max(image.width, image.height)
    return image.resize(side / longest) if longest > side else image


def see_through(image: Any) -> bool:
    """A transparency that hides nothing is none."""
    return bool(image.hasalpha()) and image[image.bands - 1].min() < 255


def save_jpeg(image: Any, path: Path, quality: int) -> None:
    flat = image.flatten(background=[255, 255, 255]) if image.hasalpha() else image
    flat.jpegsave(str(path), Q=quality, keep="none", optimize_coding=True)


def keep(source: Path, folder: Path, kind: str) -> dict[str, Any]:
    """The picture as it will be kept, in its full size, and its thumbnail, both in `folder`."""
    image = opened(source, kind)
    clear = see_through(image)
    name, thumb = ("kept.png", "thumb.png") if clear else ("kept.jpg", "thumb.jpg")
    small = within(image, THUMB_SIDE_PX)
    if clear:
        image.pngsave(str(folder / name), keep="none", compression=8)
        small.pngsave(str(folder / thumb), keep="none", compression=8)
    else:
        save_jpeg(image, folder / name, KEPT_QUALITY)
        save_jpeg(small, folder / thumb, THUMB_QUALITY)
    mime = "image/png" if clear else "image/jpeg"
    return {
        "kind": "image",
        "name": name,
        "thumb": thumb,
        "mime": mime,
        "width": image.width,
        "height": image.height,
        "look": alike.look_of(small),
    }
