"""What a Page may publish, in each of its formats."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ = date(2026, 11, 23)
PHOTOS = Source("developers.facebook.com: Page Photos, v26.0", READ)
REELS = Source("developers.facebook.com: Reels Publishing API, updated 2026-07-30", READ)
STORIES = Source("developers.facebook.com: Facebook Stories API, updated 2026-05-06", READ)
PRODUCT = Source(
    "the figure every integration uses; the API's documentation names none", READ, confirmed=False
)
OLD = Source("older pages of the Video API", READ, confirmed=False)

# Counted in UTF-16 units, the strictest of what is likely: the unit is documented nowhere.
MESSAGE_UNITS = 63_206
COMMENT_UNITS = 8_000
ALT_UNITS = 1_000
MAX_PHOTOS = 10
PHOTO_BYTES = 10_000_000
PHOTO_MIMES = ("image/jpeg", "image/png", "image/gif")
VIDEO_MIMES = ("video/mp4", "video/quicktime")
VIDEO_BYTES = 10_000_000_000
VIDEO_SECONDS = 14_400.0
REEL_BYTES = 1_000_000_000
REEL_SECONDS = 90.0
STORY_SECONDS = 60.0

STORY = "story"
REEL = "reel"

MESSAGE = TextLimit(MESSAGE_UNITS, Unit.UTF16, PRODUCT)
COMMENT = TextLimit(COMMENT_UNITS, Unit.UTF16, PRODUCT)
ALT = TextLimit(ALT_UNITS, Unit.UTF16, PRODUCT)
PHOTO = MediaLimit(PHOTO_MIMES, PHOTOS, max_bytes=PHOTO_BYTES)

REEL_LIMITS = Limits(
    texts=(MESSAGE,),
    video=MediaLimit(("video/mp4",), REELS, max_bytes=REEL_BYTES, max_seconds=REEL_SECONDS),
    max_videos=1,
    allows_link=False,
    needs=("media",),
    first_comment=COMMENT,
)

STORY_LIMITS = Limits(
    texts=(TextLimit(0, Unit.UTF16, STORIES),),
    image=PHOTO,
    video=MediaLimit(("video/mp4",), STORIES, max_bytes=REEL_BYTES, max_seconds=STORY_SECONDS),
    max_images=1,
    max_videos=1,
    allows_link=False,
    needs=("media",),
)

LIMITS = Limits(
    texts=(MESSAGE,),
    alt=ALT,
    image=PHOTO,
    video=MediaLimit(VIDEO_MIMES, OLD, max_bytes=VIDEO_BYTES, max_seconds=VIDEO_SECONDS),
    max_images=MAX_PHOTOS,
    max_videos=1,
    first_comment=COMMENT,
    formats=((REEL, REEL_LIMITS), (STORY, STORY_LIMITS)),
)


def limits_for(account: Account) -> Limits:
    """The same for every Page."""
    return LIMITS
