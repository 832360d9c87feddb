"""What Bluesky allows. The network's own numbers are constants: the sandbox reads them too."""

from datetime import date

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Limits, MediaLimit, Source, TextLimit, Unit

LEXICONS = Source("github.com/bluesky-social/atproto lexicons/app/bsky/feed, embed", date(2026, 8, 20))
APP = Source("bsky.app composer; not in the lexicon", date(2026, 8, 20), confirmed=False)

MAX_GRAPHEMES = 300
MAX_TEXT_BYTES = 3_000
MAX_IMAGES = 4
MAX_GALLERY = 20
MAX_IMAGE_BYTES = 2_000_000
MAX_VIDEO_BYTES = 300_000_000
MAX_LANGS = 3
MAX_TAGS = 8

MAX_ALT_GRAPHEMES = 2_000
"""Advised by the app; a server takes more."""

MAX_VIDEO_SECONDS = 180
USUAL_BLOB_BYTES = 50_000_000
"""What Bluesky's own hosts take in one `uploadBlob` (docs.bsky.app, April 2026), when a server does
not say it in `describeServer`."""

OUR_MAX_PARTS = 100


def blob_limit(account: Account) -> int:
    """What this account's server takes in one upload, in bytes."""
    return int(account.facts.get("blob_upload_limit") or USUAL_BLOB_BYTES)


def limits_for(account: Account) -> Limits:
    server_bytes = blob_limit(account)
    return Limits(
        texts=(
            TextLimit(MAX_GRAPHEMES, Unit.GRAPHEMES, LEXICONS),
            TextLimit(MAX_TEXT_BYTES, Unit.BYTES, LEXICONS),
        ),
        alt=TextLimit(MAX_ALT_GRAPHEMES, Unit.GRAPHEMES, APP),
        image=MediaLimit(
            mimes=("image/jpeg", "image/png", "image/webp"),
            source=LEXICONS,
            max_bytes=min(MAX_IMAGE_BYTES, server_bytes),
        ),
        video=MediaLimit(
            mimes=("video/mp4",),
            source=APP,
            max_bytes=min(MAX_VIDEO_BYTES, server_bytes),
            max_seconds=MAX_VIDEO_SECONDS,
        ),
        max_images=MAX_IMAGES,
        max_videos=1,
        max_parts=OUR_MAX_PARTS,
        link_beside_media=False,  # a post has one embed: pictures, a film, or a card
    )
