"""What a profile may publish."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, PollLimit, Source, TextLimit, Unit

REFERENCE = Source("developers.facebook.com: Threads API, Posts", date(2026, 4, 14))
# Its page counts an emoji by its UTF-8 bytes, but does not say which signs it takes for one.
COUNTING = Source("developers.facebook.com: Threads API, Posts", date(2026, 4, 14), confirmed=False)
LINKS = Source("developers.facebook.com: Threads API, Overview", date(2025, 12, 22))
THIRD = Source("third-party notes of 2026; Meta's page does not say", date(2026, 9, 14), confirmed=False)

TEXT_UNITS = 500
ALT_UNITS = 1_000
MAX_ITEMS = 20
MAX_LINKS = 5
TAG_CHARACTERS = 50
TAG_REFUSES = ".&"
IMAGE_BYTES = 8_000_000
IMAGE_MIMES = ("image/jpeg", "image/png")
IMAGE_WIDTH = 1_440
IMAGE_RATIO = 10.0
VIDEO_BYTES = 1_000_000_000
VIDEO_MIMES = ("video/mp4", "video/quicktime")
VIDEO_SECONDS = 300.0
VIDEO_WIDTH = 1_920
POLL_CHARACTERS = 25
POLL_ANSWERS = (2, 4)
POLL_SECONDS = 86_400
CONTAINER_HOURS = 24
POSTS_A_DAY, REPLIES_A_DAY, DELETIONS_A_DAY = 250, 1_000, 100
"""The usual ones; each account's own are read before each call."""

OUR_MAX_PARTS = 25

LIMITS = Limits(
    texts=(TextLimit(TEXT_UNITS, Unit.EMOJI_BYTES, COUNTING),),
    alt=TextLimit(ALT_UNITS, Unit.UTF16, THIRD),
    image=MediaLimit(
        IMAGE_MIMES, REFERENCE, max_bytes=IMAGE_BYTES, max_width_px=IMAGE_WIDTH, max_ratio=IMAGE_RATIO
    ),
    video=MediaLimit(
        VIDEO_MIMES,
        REFERENCE,
        max_bytes=VIDEO_BYTES,
        max_width_px=VIDEO_WIDTH,
        max_seconds=VIDEO_SECONDS,
        max_fps=60.0,
        codecs=("h264", "hevc"),
    ),
    max_images=MAX_ITEMS,
    max_videos=MAX_ITEMS,
    max_media=MAX_ITEMS,
    mixes_media=True,
    max_parts=OUR_MAX_PARTS,
    link_beside_media=False,
    poll=PollLimit(TextLimit(POLL_CHARACTERS, Unit.UTF16, THIRD), (POLL_SECONDS,)),
    max_links=MAX_LINKS,
)


def limits_for(account: Account) -> Limits:
    return LIMITS
