"""What LinkedIn allows; the same for pages and members.

Source: the pages Posts, Images, Videos, Documents, MultiImage and Poll below `MICROSOFT`.
"""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, LinkCardLimit, MediaLimit, PollLimit, Source, TextLimit, Unit

MICROSOFT = "https://learn.microsoft.com/linkedin/marketing/community-management/shares"
_READ = date(2026, 11, 23)
_POSTS = Source(f"{MICROSOFT}/posts-api", _READ)
_IMAGES = Source(f"{MICROSOFT}/images-api", _READ)
_VIDEOS = Source(f"{MICROSOFT}/videos-api", _READ)
_DOCUMENTS = Source(f"{MICROSOFT}/documents-api", _READ)
_POLLS = Source(f"{MICROSOFT}/poll-post-api", _READ)
# Documented for the older UGC posts; neither the unit nor whether backslashes count is told anywhere.
_COMMENTARY = Source("https://learn.microsoft.com/linkedin/compliance/integrations/shares/ugc-post-api", _READ,
                     confirmed=False)  # fmt: skip
_GUESSED = Source(f"{MICROSOFT}/posts-api", _READ, confirmed=False)

COMMENTARY_UNITS = 3_000
RESERVED = "|{}@[]()<>#\\*_~"
"""Signs of the "little text format": each is escaped with a backslash, which we count."""
COMMENT_UNITS = 1_250
ALT_UNITS = 4_086
ARTICLE_TITLE_UNITS = 400
ARTICLE_TEXT_UNITS = 4_086
MEDIA_TITLE_UNITS = 400

IMAGES = 20
IMAGE_MIMES = ("image/jpeg", "image/png", "image/gif")
IMAGE_PIXELS = 36_152_319
IMAGE_BYTES = 8_000_000
"""No ceiling is documented; ours."""
VIDEO_BYTES = 500_000_000
VIDEO_SECONDS = (3.0, 1_800.0)
VIDEO_RATIO = 2.4
PART_BYTES = 4_194_304
DOCUMENT_MIMES = (
    "application/pdf",
    "application/msword",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.ms-powerpoint",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
)
DOCUMENT_BYTES = 100_000_000
DOCUMENT_PAGES = 300

DAY = 86_400
POLL_DURATIONS = {7 * DAY: "SEVEN_DAYS", DAY: "ONE_DAY", 3 * DAY: "THREE_DAYS", 14 * DAY: "FOURTEEN_DAYS"}
POLL_QUESTION_UNITS = 140
POLL_ANSWER_UNITS = 30

COMMENTARY = TextLimit(COMMENTARY_UNITS, Unit.UTF16, _COMMENTARY, doubled=RESERVED)
COMMENT = TextLimit(COMMENT_UNITS, Unit.UTF16, _GUESSED)

LIMITS = Limits(
    texts=(COMMENTARY,),
    alt=TextLimit(ALT_UNITS, Unit.UTF16, _POSTS),
    image=MediaLimit(IMAGE_MIMES, _IMAGES, max_bytes=IMAGE_BYTES, max_pixels=IMAGE_PIXELS),
    video=MediaLimit(
        ("video/mp4",),
        _VIDEOS,
        max_bytes=VIDEO_BYTES,
        max_ratio=VIDEO_RATIO,
        min_seconds=VIDEO_SECONDS[0],
        max_seconds=VIDEO_SECONDS[1],
    ),
    document=MediaLimit(DOCUMENT_MIMES, _DOCUMENTS, max_bytes=DOCUMENT_BYTES, max_pages=DOCUMENT_PAGES),
    max_images=IMAGES,
    max_videos=1,
    max_documents=1,
    link_beside_media=False,
    first_comment=COMMENT,
    poll=PollLimit(
        answer=TextLimit(POLL_ANSWER_UNITS, Unit.UTF16, _POLLS),
        seconds=tuple(POLL_DURATIONS),
        question=TextLimit(POLL_QUESTION_UNITS, Unit.UTF16, _POLLS),
    ),
    link_card=LinkCardLimit(
        title=TextLimit(ARTICLE_TITLE_UNITS, Unit.UTF16, _GUESSED),
        description=TextLimit(ARTICLE_TEXT_UNITS, Unit.UTF16, _GUESSED),
        takes_image=True,
    ),
)


def limits_for(account: Account) -> Limits:
    return LIMITS
