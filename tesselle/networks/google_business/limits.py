"""What an update, an offer, an event and the gallery may hold."""

from dataclasses import replace
from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

READ_ON = date(2026, 11, 23)

_SUMMARY = Source(
    "a field guide that measured the API, July 2026; the unit is assumed", READ_ON, confirmed=False
)
_TITLE = Source("the same; no page of Google's says", READ_ON, confirmed=False)
_PHOTOS = Source("developers.google.com/my-business, photos; 5 MB read as 5,000,000 bytes", READ_ON)

_FILMS = Source(
    "support.google.com/business/answer/6103862 names length, size and 720p; the type is assumed",
    date(2026, 11, 26),
    confirmed=False,
)

SUMMARY_UNITS = 1_500
TITLE_UNITS = 58
COUPON_UNITS = 58
TERMS_UNITS = 5_000
REPLY_BYTES = 4_096
PHOTO_BYTES = 5_000_000
PHOTO_SIDE_PX = 250
PHOTO_MIMES = ("image/jpeg", "image/png")
FILM_BYTES = 75_000_000
FILM_SECONDS = 30.0
FILM_SIDE_PX = 720
FILM_MIMES = ("video/mp4",)

OFFER, EVENT, GALLERY = "offer", "event", "gallery"

UPDATES = Limits(
    texts=(TextLimit(SUMMARY_UNITS, Unit.UTF16, _SUMMARY),),
    image=MediaLimit(
        PHOTO_MIMES,
        _PHOTOS,
        max_bytes=PHOTO_BYTES,
        min_width_px=PHOTO_SIDE_PX,
        min_height_px=PHOTO_SIDE_PX,
    ),
    max_images=1,
    needs=("text",),
)
DATED = replace(UPDATES, title=TextLimit(TITLE_UNITS, Unit.UTF16, _TITLE, minimum=1))
"""Offers and events have a name and their days."""
SHOWN = replace(
    UPDATES,
    texts=(TextLimit(0, Unit.UTF16, _PHOTOS),),
    video=MediaLimit(
        FILM_MIMES,
        _FILMS,
        max_bytes=FILM_BYTES,
        max_seconds=FILM_SECONDS,
        min_width_px=FILM_SIDE_PX,
        min_height_px=FILM_SIDE_PX,
    ),
    max_videos=1,
    max_media=1,
    needs=("media",),
    allows_link=False,
)
"""A picture or film of the gallery stands there without words. Posts take no films: Google answers 500 to them."""
LIMITS = replace(UPDATES, formats=((OFFER, DATED), (EVENT, DATED), (GALLERY, SHOWN)))


def limits_for(account: Account) -> Limits:
    """The same for every place."""
    return LIMITS
