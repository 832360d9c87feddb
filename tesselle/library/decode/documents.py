"""The pages of a PDF, drawn; what is kept is bound of these drawings, so nothing active gets through."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tesselle.library.binding import Leaf, bind
from tesselle.library.decode.bounds import MAX_DOCUMENT_PAGES, PICTURE_CPU_SECONDS, RefusedError
from tesselle.library.decode.pictures import THUMB_QUALITY, THUMB_SIDE_PX, save_jpeg, within

PAGE_SIDE_PX = 2000
PAGE_QUALITY = 88
MOST_STRETCHED = 20
"""A page that is longer than so many times its width is a line, not a page."""

_ENOUGH_CPU_SECONDS = 0.8 * PICTURE_CPU_SECONDS
"""Stopped here with a sentence, before the system stops us without one."""


def keep(source: Path, folder: Path) -> dict[str, Any]:
    """Every page as a picture, and the PDF of these pictures, in `folder`.

    Raises RefusedError: `broken`, `locked_document`, `too_many_pages`, `odd_page` or
    `slow_document`.
    """
    leaves = []
    with _opened(source) as document:
        count = len(document)
        if count == 0:
            raise RefusedError("broken")
        if count > MAX_DOCUMENT_PAGES:
            raise RefusedError("too_many_pages")
        for index in range(count):
            leaves.append(_drawn(document, index, folder))
            if time.process_time() > _ENOUGH_CPU_SECONDS:
                raise RefusedError("slow_document")
    bind(leaves, folder / "kept.pdf")
    return {
        "kind": "document",
        "name": "kept.pdf",
        "thumb": _thumb(leaves[0].path, folder).name,
        "mime": "application/pdf",
        "width": leaves[0].width_px,
        "height": leaves[0].height_px,
        "pages": [leaf.path.name for leaf in leaves],
    }


@contextmanager
def _opened(source: Path) -> Iterator[Any]:
    """PDFium comes without a machine for scripts, and no form is filled in: pages are only drawn."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise RefusedError("locked_document" if locked else "broken") from error
    try:
        yield document
    except pypdfium2.PdfiumError as error:
        raise RefusedError("broken") from error
    finally:
        document.close()


def _drawn(document: Any, index: int, folder: Path) -> Leaf:
    """On white, its longer side `PAGE_SIDE_PX`, whatever measures it claims to have."""
    import pyvips

    page = document[index]
    width, height = page.get_size()
    if min(width, height) <= 0 or max(width, height) > MOST_STRETCHED * min(width, height):
        raise RefusedError("odd_page")
    scale = PAGE_SIDE_PX / max(width, height)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
    pixels = pyvips.Image.new_from_memory(bytes(bitmap.buffer), bitmap.stride // 4, bitmap.height, 4, "uchar")
    image = pixels.crop(0, 0, bitmap.width, bitmap.height).extract_band(0, n=3).copy(interpretation="srgb")
    path = folder / f"page-{index + 1}.jpg"
    save_jpeg(image, path, PAGE_QUALITY)
    bitmap.close()
    page.close()
    return Leaf(path, image.width, image.height, *_points(width, height))


def _points(width: float, height: float) -> tuple[float, float]:
    """As large as it was, within what a reader of PDFs takes (an inch is 72 points, 200 inches the most)."""
    factor = min(1.0, 14_400 / max(width, height)) * max(1.0, 3 / min(width, height))
    return width * factor, height * factor


def _thumb(page: Path, folder: Path) -> Path:
    import pyvips

    path = folder / "thumb.jpg"
    image = pyvips.Image.jpegload(str(page)).copy_memory()
    save_jpeg(within(image, THUMB_SIDE_PX), path, THUMB_QUALITY)
    return path
