"""What an account may post: films in one format, photos in the other, drafts with fewer words."""

from dataclasses import replace
from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit
from tesselle.networks.tiktok.wire import INBOX

READ = date(2026, 11, 23)
VIDEO_PAGE = Source("developers.tiktok.com: Content Posting API, Direct Post and Media Transfer Guide", READ)
PHOTO_PAGE = Source("developers.tiktok.com: Content Posting API, Photo Post", READ)
THIRD = Source("third-party digests of 2026; TikTok's page does not say", READ, confirmed=False)

CAPTION_UNITS = 2_200
TITLE_UNITS = 90
DESCRIPTION_UNITS = 4_000
VIDEO_MIMES = ("video/mp4", "video/quicktime", "video/webm")
VIDEO_BYTES = 4_000_000_000
VIDEO_SECONDS = 600.0
LEAST_SECONDS = 3.0
LEAST_SIDE, MOST_SIDE = 360, 4_096
MAX_PHOTOS = 35
PHOTO_MIMES = ("image/jpeg", "image/webp")
PHOTO_BYTES = 20_000_000
PHOTO_SIDE, PHOTO_PIXELS = 1_920, 1_080 * 1_920
UPLOAD_HOURS = 1

PHOTOS = "photos"

VIDEO = MediaLimit(
    VIDEO_MIMES,
    VIDEO_PAGE,
    max_bytes=VIDEO_BYTES,
    max_width_px=MOST_SIDE,
    max_height_px=MOST_SIDE,
    min_width_px=LEAST_SIDE,
    min_height_px=LEAST_SIDE,
    min_seconds=LEAST_SECONDS,
    max_seconds=VIDEO_SECONDS,
    max_fps=60.0,
    codecs=("h264", "hevc", "vp8", "vp9"),
)
PHOTO_LIMITS = Limits(
    texts=(TextLimit(DESCRIPTION_UNITS, Unit.UTF16, PHOTO_PAGE),),
    title=TextLimit(TITLE_UNITS, Unit.UTF16, PHOTO_PAGE),
    image=MediaLimit(
        PHOTO_MIMES,
        PHOTO_PAGE,
        max_bytes=PHOTO_BYTES,
        max_width_px=PHOTO_SIDE,
        max_height_px=PHOTO_SIDE,
        max_pixels=PHOTO_PIXELS,
    ),
    max_images=MAX_PHOTOS,
    allows_link=False,
    needs=("media",),
)
LIMITS = Limits(
    texts=(TextLimit(CAPTION_UNITS, Unit.UTF16, VIDEO_PAGE),),
    video=VIDEO,
    max_videos=1,
    allows_link=False,
    needs=("video",),
    formats=((PHOTOS, PHOTO_LIMITS),),
)
# A film's draft takes no words at all: they are written in the app.
DRAFT_LIMITS = replace(LIMITS, texts=(TextLimit(0, Unit.UTF16, VIDEO_PAGE),))


def limits_for(account: Account) -> Limits:
    """Each account is told how long its own films may be."""
    if account.kind == INBOX:
        return DRAFT_LIMITS
    longest = float(account.facts.get("max_seconds") or VIDEO_SECONDS)
    return replace(LIMITS, video=replace(VIDEO, max_seconds=min(longest, VIDEO_SECONDS)))
