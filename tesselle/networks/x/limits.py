"""What X allows. The counting itself is `domain/text/weighted.py`."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, PollLimit, Source, TextLimit, Unit

COUNTING = Source(
    "github.com/twitter/twitter-text: config v3; docs.x.com: counting characters", date(2026, 8, 22)
)
LONG_POSTS = Source("docs.x.com: manage posts", date(2026, 8, 22), confirmed=False)
SCHEMA = Source("X API v2, OpenAPI 2.167", date(2026, 8, 22))
MEDIA = Source("docs.x.com: media best practices", date(2026, 8, 22))
CASHTAGS = Source("docs.x.com: changelog, 20 April 2026", date(2026, 8, 22))

STANDARD_WEIGHT = 280
PREMIUM_WEIGHT = 25_000
ADDRESS_WEIGHT = 23
ALT_CHARACTERS = 1_000
MAX_IMAGES = 4
IMAGE_BYTES = 5 * 1_048_576
IMAGE_MIMES = ("image/jpeg", "image/png", "image/webp")
VIDEO_BYTES = 512 * 1_048_576
VIDEO_SECONDS = 140.0
VIDEO_MIMES = ("video/mp4", "video/quicktime")
MAX_CASHTAGS = 1
REFUSED_SIGNS = "\ufffe\ufeff\uffff"
POLL_CHARACTERS = 25
POLL_ANSWERS = (2, 4)
POLL_MINUTES = (5, 10_080)
POLL_SECONDS = (86_400, 300, 1_800, 3_600, 21_600, 43_200, 172_800, 259_200, 604_800)

OUR_MAX_PARTS = 25


def limits_for(account: Account) -> Limits:
    """Premium accounts write longer; longer films of theirs are not promised anywhere, so not offered."""
    is_premium = account.kind == "premium"
    text = TextLimit(
        maximum=PREMIUM_WEIGHT if is_premium else STANDARD_WEIGHT,
        unit=Unit.WEIGHTED,
        source=LONG_POSTS if is_premium else COUNTING,
        url_weight=ADDRESS_WEIGHT,
        with_link=True,
    )
    return Limits(
        texts=(text,),
        alt=TextLimit(ALT_CHARACTERS, Unit.CODE_POINTS, SCHEMA),
        image=MediaLimit(IMAGE_MIMES, MEDIA, max_bytes=IMAGE_BYTES),
        video=MediaLimit(
            VIDEO_MIMES,
            MEDIA,
            max_bytes=VIDEO_BYTES,
            max_width_px=1_280,
            max_height_px=1_024,
            max_ratio=3.0,
            min_width_px=32,
            min_height_px=32,
            min_seconds=0.5,
            max_seconds=VIDEO_SECONDS,
            max_fps=60.0,
            codecs=("h264",),
        ),
        max_images=MAX_IMAGES,
        max_videos=1,
        max_parts=OUR_MAX_PARTS,
        poll=PollLimit(TextLimit(POLL_CHARACTERS, Unit.CODE_POINTS, SCHEMA), POLL_SECONDS),
        refused_signs=REFUSED_SIGNS,
        max_cashtags=MAX_CASHTAGS,
    )
