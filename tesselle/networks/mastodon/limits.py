"""What a server allows. Every server tells its own numbers; these hold where it is silent."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, PollLimit, Source, TextLimit, Unit
from tesselle.networks.mastodon.options import CONTENT_WARNING
from tesselle.networks.mastodon.software import Software, software_of

TOLD = Source("GET /api/v2/instance of the account’s server", date(2026, 7, 2))
DOCUMENTED = Source("github.com/mastodon/documentation: entities/Instance, user/posting", date(2026, 7, 2))

MAX_CHARACTERS = 500
MAX_MEDIA = 4
URL_WEIGHT = 23
ALT_CHARACTERS = 1_500
POLL_ANSWERS = 4
POLL_CHARACTERS = 50
POLL_SECONDS = (86_400, 300, 1_800, 3_600, 21_600, 43_200, 259_200, 604_800)
"""Those that Mastodon's own page offers, between its 5 minutes and its month; a day is usual there."""
IMAGE_BYTES = 16_777_216
IMAGE_PIXELS = 33_177_600
VIDEO_BYTES = 103_809_024
VIDEO_PIXELS = 8_294_400
IMAGE_MIMES = ("image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/heif")
VIDEO_MIMES = ("video/mp4", "video/quicktime", "video/webm")

GOTOSOCIAL_CHARACTERS = 5_000
GOTOSOCIAL_MEDIA = 6
GOTOSOCIAL_BYTES = 41_943_040
PIXELFED_ALT_CHARACTERS = 1_000
PIXELFED_IMAGE_BYTES = 15_360_000
PIXELFED_WARNING_CHARACTERS = 140
PIXELFED_MIMES = ("image/jpeg", "image/png", "image/gif")

OUR_MAX_PARTS = 50


def limits_for(account: Account) -> Limits:
    """The server's own numbers, read with its software's way of counting."""
    facts, software = account.facts, software_of(account)
    mimes = frozenset(str(mime) for mime in facts.get("mimes", (*IMAGE_MIMES, *VIDEO_MIMES)))
    images = tuple(mime for mime in IMAGE_MIMES if mime in mimes)
    videos = tuple(mime for mime in VIDEO_MIMES if mime in mimes)
    return Limits(
        poll=_poll_limit(account) if software.has_polls else None,
        texts=(_text_limit(software, account),),
        alt=TextLimit(int(facts.get("alt_characters", ALT_CHARACTERS)), Unit.CODE_POINTS, TOLD),
        image=MediaLimit(
            images,
            TOLD,
            max_bytes=int(facts.get("image_bytes", IMAGE_BYTES)),
            max_pixels=int(facts.get("image_pixels", IMAGE_PIXELS)),
        ),
        video=MediaLimit(
            videos,
            TOLD,
            max_bytes=int(facts.get("video_bytes", VIDEO_BYTES)),
            max_pixels=int(facts.get("video_pixels", VIDEO_PIXELS)),
        ),
        max_images=int(facts.get("max_media", MAX_MEDIA)) if images else 0,
        max_videos=1 if videos else 0,
        max_parts=1 if software.needs_media else OUR_MAX_PARTS,
        allows_link=False,
        needs=("media",) if software.needs_media else ("text", "media"),
    )


def _poll_limit(account: Account) -> PollLimit:
    facts = account.facts
    answer = TextLimit(int(facts.get("poll_characters", POLL_CHARACTERS)), Unit.CODE_POINTS, TOLD)
    return PollLimit(answer, POLL_SECONDS, max_answers=int(facts.get("poll_answers", POLL_ANSWERS)))


def _text_limit(software: Software, account: Account) -> TextLimit:
    facts = account.facts
    return TextLimit(
        maximum=int(facts.get("max_characters", MAX_CHARACTERS)),
        unit=software.unit,
        source=TOLD,
        url_weight=int(facts.get("url_weight", URL_WEIGHT)) if software.short_links else None,
        local_mentions=software.local_mentions,
        with_option=CONTENT_WARNING if software.warning_counts else "",
    )
