"""What a message of a webhook may hold.

Source: https://discord.com/developers/docs/resources/webhook and /resources/message (API v10).
"""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

_READ = date(2026, 8, 6)
_MESSAGE = "https://discord.com/developers/docs/resources/message#create-message"
# Discord says "characters"; UTF-16 units are never fewer than code points, so nothing is refused there.
_COUNTED = Source(_MESSAGE, _READ, confirmed=False)
_FILES = Source("https://discord.com/developers/docs/reference#uploading-files", _READ)

CONTENT_UNITS = 2_000
ALT_UNITS = 1_024
FILES = 10
FILE_BYTES = 10 * 1024 * 1024
"""Boosted servers take more, which a webhook is not told."""
THREAD_NAME = 100

EMBEDS = 10
EMBED_TITLE_UNITS = 256
EMBED_TEXT_UNITS = 4_096
EMBED_FIELDS = 25
EMBED_FIELD_NAME_UNITS = 256
EMBED_FIELD_VALUE_UNITS = 1_024
EMBED_FOOTER_UNITS = 2_048
EMBED_AUTHOR_UNITS = 256
EMBEDS_TOGETHER_UNITS = 6_000

TEXT = TextLimit(CONTENT_UNITS, Unit.UTF16, _COUNTED)
IMAGE_MIMES = ("image/jpeg", "image/png", "image/gif", "image/webp")
VIDEO_MIMES = ("video/mp4", "video/webm", "video/quicktime")

LIMITS = Limits(
    texts=(TEXT,),
    alt=TextLimit(ALT_UNITS, Unit.UTF16, _COUNTED),
    image=MediaLimit(IMAGE_MIMES, _FILES, max_bytes=FILE_BYTES),
    video=MediaLimit(VIDEO_MIMES, _FILES, max_bytes=FILE_BYTES),
    max_images=FILES,
    max_videos=FILES,
    max_media=FILES,
    mixes_media=True,
)


def limits_for(account: Account) -> Limits:
    """The same for every channel."""
    return LIMITS
