"""What Telegram allows on a channel.

Source: "Sending files" and the methods of https://core.telegram.org/bots/api (Bot API 10.1); what
the constants of python-telegram-bot 22.8 (`telegram.constants`) say in the same words is confirmed.
"""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

_READ = date(2026, 8, 16)
_METHODS = Source("https://core.telegram.org/bots/api#available-methods", _READ)
_FILES = Source("https://core.telegram.org/bots/api#sending-files", _READ)

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ALBUM_ITEMS = 10
PHOTO_BYTES = 10_000_000  # said as "10 MB": the smaller reading is safe
FILE_BYTES = 50_000_000
PHOTO_SIDE_SUM_PX = 10_000
PHOTO_RATIO = 20
PARTS = 20
"""Telegram knows no longest thread; this is ours."""

# Offsets and lengths are defined in UTF-16 code units, and so are the two maxima.
TEXT = TextLimit(TEXT_UNITS, Unit.UTF16, _METHODS, minimum=1)
_CAPTION = TextLimit(CAPTION_UNITS, Unit.UTF16, _METHODS, with_link=True)

LIMITS = Limits(
    texts=(TEXT,),
    caption=_CAPTION,
    image=MediaLimit(
        mimes=("image/jpeg", "image/png"),
        source=_FILES,
        max_bytes=PHOTO_BYTES,
        max_side_sum_px=PHOTO_SIDE_SUM_PX,
        max_ratio=PHOTO_RATIO,
    ),
    video=MediaLimit(mimes=("video/mp4",), source=_FILES, max_bytes=FILE_BYTES),
    max_images=ALBUM_ITEMS,
    max_videos=ALBUM_ITEMS,
    max_media=ALBUM_ITEMS,
    mixes_media=True,
    max_parts=PARTS,
)


def limits_for(account: Account) -> Limits:
    """The same for every channel."""
    return LIMITS
