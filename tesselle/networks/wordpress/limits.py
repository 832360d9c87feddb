"""What a WordPress site allows. Core sets almost no bounds; hosts do."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ_ON = date(2026, 11, 23)

COLUMN = Source("MySQL: posts.post_title is `text`, 65,535 bytes; longer is 500 db_insert_error", READ_ON)
HOSTS = Source(
    "ours, below PHP's usual post_max_size of 8 MB; the content column is longtext", READ_ON, False
)
FILES = Source(
    "ours, below the usual limits of hosts; core checks the type, the host the size", READ_ON, False
)

TITLE_BYTES = 65_535
REQUEST_BYTES = 1_000_000
IMAGE_BYTES = 8 * 1024 * 1024
VIDEO_BYTES = 64 * 1024 * 1024

MOST_IMAGES = 200
"""Ours: WordPress has no such limit."""

IMAGE_MIMES = ("image/jpeg", "image/png", "image/gif", "image/webp")
VIDEO_MIMES = ("video/mp4", "video/quicktime", "video/webm")

LIMITS = Limits(
    texts=(TextLimit(REQUEST_BYTES, Unit.BYTES, HOSTS),),
    title=TextLimit(TITLE_BYTES, Unit.BYTES, COLUMN),
    alt=TextLimit(REQUEST_BYTES, Unit.BYTES, HOSTS),
    image=MediaLimit(IMAGE_MIMES, FILES, max_bytes=IMAGE_BYTES),
    video=MediaLimit(VIDEO_MIMES, FILES, max_bytes=VIDEO_BYTES),
    max_images=MOST_IMAGES,
    max_videos=1,
    mixes_media=True,
    needs=("text", "media", "title"),
)


def limits_for(account: Account) -> Limits:
    """The same for every site: a host's own bounds cannot be asked for."""
    return LIMITS
