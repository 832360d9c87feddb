"""What Reddit takes. A community may allow less: that is asked before each post."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit
from tesselle.networks.reddit.options import VIDEO

READ_ON = date(2026, 11, 25)

_WORDS = Source("reddit-archive/reddit validators (2017) and praw 8.0.3; the unit is assumed", READ_ON, False)
_FILES = Source("tables of other tools; Reddit publishes none", READ_ON, False)
_GALLERY = Source("praw 8.0.3: submit_gallery", READ_ON, False)

TITLE_SIGNS = 300
TEXT_SIGNS = 40_000
COMMENT_SIGNS = 10_000
MOST_IMAGES = 20
IMAGE_BYTES = 20_000_000
VIDEO_BYTES = 1_000_000_000
VIDEO_SECONDS = 900.0
IMAGE_MIMES = ("image/jpeg", "image/png", "image/gif")
VIDEO_MIMES = ("video/mp4", "video/quicktime")

_TEXT = TextLimit(TEXT_SIGNS, Unit.CODE_POINTS, _WORDS)
_TITLE = TextLimit(TITLE_SIGNS, Unit.CODE_POINTS, _WORDS, minimum=1)
_COMMENT = TextLimit(COMMENT_SIGNS, Unit.CODE_POINTS, _WORDS)
_IMAGE = MediaLimit(IMAGE_MIMES, _FILES, max_bytes=IMAGE_BYTES)

FILM = Limits(
    texts=(_TEXT,),
    title=_TITLE,
    first_comment=_COMMENT,
    image=_IMAGE,
    video=MediaLimit(VIDEO_MIMES, _FILES, max_bytes=VIDEO_BYTES, max_seconds=VIDEO_SECONDS),
    max_images=1,
    max_videos=1,
    mixes_media=True,
    link_beside_media=False,
    needs=("video",),
)
"""The picture beside a film is its cover."""

LIMITS = Limits(
    texts=(_TEXT,),
    title=_TITLE,
    first_comment=_COMMENT,
    image=_IMAGE,
    max_images=MOST_IMAGES,
    link_beside_media=False,
    needs=("title",),
    formats=((VIDEO, FILM),),
)


def limits_for(account: Account) -> Limits:
    """The same for every account; its age and karma count in each community by rules of its own."""
    return LIMITS
