"""What files a network takes, as rows: for its set-up page and for the docs, from its limits alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from tesselle.domain.limits import Limits, MediaLimit


@dataclass(frozen=True, slots=True)
class Takes:
    """One kind of file in one format. Numbers: 0 where the network sets none. `ratio`: width to height,
    both 0 where any will do. `confirmed`: read in the network's own documentation."""

    format: str
    kind: str  # image, video, document
    most: int
    mimes: tuple[str, ...]
    max_bytes: int
    max_seconds: float
    min_seconds: float
    ratio: tuple[float, float]
    max_pages: int
    confirmed: bool


def rows(limits: Limits) -> Iterator[Takes]:
    """Every format in turn; nothing for networks of words alone."""
    for format, inner in limits.each():
        offered = (
            ("image", inner.image, inner.max_images),
            ("video", inner.video, inner.max_videos),
            ("document", inner.document, inner.max_documents),
        )
        for kind, limit, most in offered:
            if limit is not None and most:
                yield _row(format, kind, limit, most)


def _row(format: str, kind: str, limit: MediaLimit, most: int) -> Takes:
    return Takes(
        format=format,
        kind=kind,
        most=most,
        mimes=tuple(mime.partition("/")[2].partition("+")[0] for mime in limit.mimes),
        max_bytes=limit.max_bytes,
        max_seconds=limit.max_seconds,
        min_seconds=limit.min_seconds,
        ratio=(limit.min_aspect, limit.max_aspect),
        max_pages=limit.max_pages,
        confirmed=limit.source.confirmed,
    )
