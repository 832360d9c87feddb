"""What a film on YouTube may be, and what its words may."""

from dataclasses import replace
from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ_ON = date(2026, 11, 23)

_VIDEOS = Source("developers.google.com/youtube/v3/docs/videos and discovery document 20261104", READ_ON)
_TITLE = Source("the same names 100 characters, but not how they are counted", READ_ON, confirmed=False)
_THUMBNAILS = Source("developers.google.com/youtube/v3/docs/thumbnails/set, 14 September 2026", READ_ON)
_LONG = Source("support.google.com/youtube/answer/71673: 15 minutes until verified", READ_ON, confirmed=False)
_COMMENTS = Source("third-party notes of 2026; no page of YouTube's says", READ_ON, confirmed=False)

TITLE_UNITS = 100
DESCRIPTION_BYTES = 5_000
COMMENT_UNITS = 10_000
TAGS_UNITS = 500
REFUSED_SIGNS = "<>"
FILM_BYTES = 274_877_906_944
FILM_SECONDS = 12 * 3_600.0
UNVERIFIED_SECONDS = 900.0
SHORT_SECONDS = 180.0
"""Square or upright and not longer: YouTube makes a Short of it by itself."""
THUMBNAIL_BYTES = 52_428_800

FILM_MIMES = ("video/mp4", "video/quicktime", "video/webm")
THUMBNAIL_MIMES = ("image/jpeg", "image/png")

CHUNK_STEP = 262_144
"""Every piece of an upload but the last is a multiple of it."""

DAY_UNITS = 10_000
DAY_UPLOADS = 100
WRITE_UNITS = 50
READ_UNITS = 1
"""What a project may spend a day, and what each write and each read takes. Uploads count apart.
Google grants other numbers to some projects."""
OWN_UNITS = 8_000
"""Of the day's units; a fifth is left to reading, which nobody plans."""
FILM, WITH_THUMBNAIL, WITH_PLAYLIST, WITH_BOTH = "film", "film_thumb", "film_list", "post"
"""What a post's step is called, by the writes it takes."""
_SHOWN = WRITE_UNITS + 10 * READ_UNITS
STEP_UNITS = {
    FILM: max(_SHOWN, OWN_UNITS // DAY_UPLOADS),
    WITH_THUMBNAIL: _SHOWN + WRITE_UNITS,
    WITH_PLAYLIST: _SHOWN + WRITE_UNITS,
    WITH_BOTH: _SHOWN + 2 * WRITE_UNITS,
    **dict.fromkeys(("comment", "answer", "edit", "delete"), WRITE_UNITS + READ_UNITS),
}
"""A film takes the call that shows it, looks at how far YouTube is, and a write each for a thumbnail of one's own
and a playlist; all else is one write. A bare film takes 60, but counts as a hundredth of the day's: the hundred
uploads are used up before the units are."""

LIMITS = Limits(
    texts=(TextLimit(DESCRIPTION_BYTES, Unit.BYTES, _VIDEOS),),
    title=TextLimit(TITLE_UNITS, Unit.UTF16, _TITLE, minimum=1),
    image=MediaLimit(THUMBNAIL_MIMES, _THUMBNAILS, max_bytes=THUMBNAIL_BYTES),
    video=MediaLimit(FILM_MIMES, _VIDEOS, max_bytes=FILM_BYTES, max_seconds=FILM_SECONDS),
    max_images=1,
    max_videos=1,
    max_media=2,
    mixes_media=True,
    allows_link=False,
    needs=("video",),
    first_comment=TextLimit(COMMENT_UNITS, Unit.UTF16, _COMMENTS),
    refused_signs=REFUSED_SIGNS,
)

assert LIMITS.video is not None
SHORT_FILMS = replace(LIMITS, video=replace(LIMITS.video, source=_LONG, max_seconds=UNVERIFIED_SECONDS))
"""For channels that were never verified by phone."""


def limits_for(account: Account) -> Limits:
    """`long_uploads` was read while connecting."""
    return LIMITS if account.facts.get("long_uploads", True) else SHORT_FILMS
