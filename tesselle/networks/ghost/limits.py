"""What a Ghost site allows."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ_ON = date(2026, 11, 25)

_SCHEMA = Source("Ghost 6.65.0 core/server/data/schema/schema.js, and asked of the server", READ_ON)
_OURS = Source("ours: the column holds 1,000,000,000 characters, the request must arrive", READ_ON, False)
_FILES = Source("ours, below the usual limits of hosts; Ghost checks the kind of file", READ_ON, False)

TITLE_SIGNS = 255
ALT_SIGNS = 191
"""Of the picture above the article; those below it have no limit of their own."""
EXCERPT_SIGNS = 300
TEXT_BYTES = 1_000_000
IMAGE_BYTES = 8 * 1024 * 1024
MOST_IMAGES = 200
"""Ours: Ghost has no such limit."""

IMAGE_MIMES = ("image/jpeg", "image/png", "image/gif", "image/webp")

LIMITS = Limits(
    texts=(TextLimit(TEXT_BYTES, Unit.BYTES, _OURS),),
    title=TextLimit(TITLE_SIGNS, Unit.CODE_POINTS, _SCHEMA),
    alt=TextLimit(ALT_SIGNS, Unit.CODE_POINTS, _SCHEMA),
    image=MediaLimit(IMAGE_MIMES, _FILES, max_bytes=IMAGE_BYTES),
    max_images=MOST_IMAGES,
    needs=("text", "media", "title"),
)


def limits_for(account: Account) -> Limits:
    """The same for every site."""
    return LIMITS
