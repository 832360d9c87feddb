"""What a pin may hold."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ_ON = date(2026, 11, 25)

_SPEC = Source("pinterest/api-description v5/openapi.yaml 5.23.0; the unit is assumed", READ_ON, False)
_FILES = Source(
    "kinds: the same; weight: ours, Pinterest publishes none for pictures within a request", READ_ON, False
)
_FILMS = Source("pinterest.com business help on video pins, and other tools' tables", READ_ON, False)

TITLE_SIGNS = 100
TEXT_SIGNS = 800
ALT_SIGNS = 500
LINK_SIGNS = 2048
MOST_IMAGES = 5
IMAGE_BYTES = 10_000_000
VIDEO_BYTES = 1_000_000_000

IMAGE_MIMES = ("image/jpeg", "image/png")
"""Of pictures sent within the request; by address Pinterest takes a few more."""
VIDEO_MIMES = ("video/mp4", "video/quicktime", "video/x-m4v")

LIMITS = Limits(
    texts=(TextLimit(TEXT_SIGNS, Unit.CODE_POINTS, _SPEC),),
    title=TextLimit(TITLE_SIGNS, Unit.CODE_POINTS, _SPEC),
    alt=TextLimit(ALT_SIGNS, Unit.CODE_POINTS, _SPEC),
    image=MediaLimit(IMAGE_MIMES, _FILES, max_bytes=IMAGE_BYTES),
    video=MediaLimit(
        VIDEO_MIMES,
        _FILMS,
        max_bytes=VIDEO_BYTES,
        min_aspect=0.5,
        max_aspect=1.91,
        min_seconds=4.0,
        max_seconds=900.0,
        codecs=("h264", "hevc"),
    ),
    max_images=MOST_IMAGES,
    max_videos=1,
    needs=("media",),
)


def limits_for(account: Account) -> Limits:
    """The same for every account."""
    return LIMITS
