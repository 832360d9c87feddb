"""What a professional account may publish, in each of its formats."""

from dataclasses import replace
from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ = date(2026, 11, 23)
REFERENCE = Source("developers.facebook.com: IG User Media, Content Publishing", READ)
UNIT = Source("IG User Media names 2,200 characters, but not how they are counted", READ, confirmed=False)
THIRD = Source("third-party notes of 2026; Meta's page does not say", READ, confirmed=False)

CAPTION_UNITS = 2_200
COMMENT_UNITS = 2_200
ALT_UNITS = 1_000
MAX_ITEMS = 10
IMAGE_BYTES = 8_000_000
IMAGE_MIMES = ("image/jpeg",)
VIDEO_MIMES = ("video/mp4", "video/quicktime")
VIDEO_BYTES = 300_000_000
REEL_SECONDS = 900.0
STORY_BYTES = 100_000_000
STORY_SECONDS = 60.0
LEAST_SECONDS = 3.0
MAX_HASHTAGS = 30
"""IG User Media, `caption`: at most 30 hashtags; the application itself may take fewer (third-party notes of
2026 say 5), which its API does not tell."""
CONTAINER_HOURS = 24

REEL, STORY = "reel", "story"

CAPTION = TextLimit(CAPTION_UNITS, Unit.UTF16, UNIT)
COMMENT = TextLimit(COMMENT_UNITS, Unit.UTF16, THIRD)
IMAGE = MediaLimit(IMAGE_MIMES, REFERENCE, max_bytes=IMAGE_BYTES, min_aspect=0.8, max_aspect=1.91)
VIDEO = MediaLimit(
    VIDEO_MIMES,
    REFERENCE,
    max_bytes=VIDEO_BYTES,
    min_seconds=LEAST_SECONDS,
    max_seconds=REEL_SECONDS,
    max_fps=60.0,
    codecs=("h264", "hevc"),
)

COVER = MediaLimit(IMAGE_MIMES, REFERENCE, max_bytes=IMAGE_BYTES)

REEL_LIMITS = Limits(
    texts=(CAPTION,),
    image=COVER,
    video=VIDEO,
    max_images=1,
    max_videos=1,
    max_media=2,
    mixes_media=True,
    allows_link=False,
    needs=("video",),
    first_comment=COMMENT,
    max_hashtags=MAX_HASHTAGS,
)
"""The picture beside the film is its cover."""

STORY_LIMITS = Limits(
    texts=(TextLimit(0, Unit.UTF16, THIRD),),
    image=replace(IMAGE, min_aspect=0.0, max_aspect=0.0),
    video=replace(VIDEO, source=THIRD, max_bytes=STORY_BYTES, max_seconds=STORY_SECONDS),
    max_images=1,
    max_videos=1,
    allows_link=False,
    needs=("media",),
)
LIMITS = Limits(
    texts=(CAPTION,),
    alt=TextLimit(ALT_UNITS, Unit.UTF16, REFERENCE),
    image=IMAGE,
    video=VIDEO,
    max_images=MAX_ITEMS,
    max_videos=MAX_ITEMS,
    max_media=MAX_ITEMS,
    mixes_media=True,
    allows_link=False,
    needs=("media",),
    first_comment=COMMENT,
    max_hashtags=MAX_HASHTAGS,
    formats=((REEL, REEL_LIMITS), (STORY, STORY_LIMITS)),
)


def limits_for(account: Account) -> Limits:
    """The same through both doors."""
    return LIMITS
