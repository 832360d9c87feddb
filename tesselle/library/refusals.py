"""What the limited child's answers mean to a person, and what may be uploaded at all."""

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message

PICTURE_MEGABYTES = 60
FILM_MEGABYTES = 1000
DOCUMENT_MEGABYTES = 100
MOST_UPLOAD_BYTES = (FILM_MEGABYTES + 1) * 1_000_000
"""A request that says it is larger is not read at all."""

SENTENCES = {
    "empty": N_("“%(name)s” is empty. Choose the file again; it may not have been copied completely."),
    "not_media": N_(
        "“%(name)s” is neither a picture nor a film that we can use. JPEG, PNG, WebP, GIF, HEIC, AVIF, MP4, "
        "MOV, WebM and PDF are taken."
    ),
    "web_page": N_(
        "“%(name)s” is a web page, whatever it is called. Open it, save the picture that is on it, and add that."
    ),
    "drawing": N_(
        "“%(name)s” is an SVG drawing, which may hold scripts and which no network takes. Export it as PNG and "
        "add that."
    ),
    "locked_document": N_(
        "“%(name)s” is locked with a password. Open it, save it without one (“Print as PDF” does), and add it again."
    ),
    "too_many_pages": N_("“%(name)s” has more than 100 pages. Keep those that matter and add it again."),
    "odd_page": N_(
        "“%(name)s” has a page that is a mere strip: more than 20 times as long as wide. Take it out and add the "
        "PDF again."
    ),
    "slow_document": N_(
        "“%(name)s” is so intricate that drawing its pages takes too long. Export it simpler (“reduced file "
        "size”), or keep fewer pages, and add it again."
    ),
    "too_many_pixels": N_(
        "“%(name)s” has too many pixels (more than 100 million for a picture, 36 for a film). Export it "
        "smaller and add it again."
    ),
    "broken": N_("“%(name)s” is damaged or cut off, and cannot be opened. Export it again and add it anew."),
    "no_picture": N_("“%(name)s” has sound but no picture. Choose a film that has both."),
    "too_long_film": N_("“%(name)s” lasts more than an hour. Cut it and add it again."),
    "cannot_fit": N_("“%(name)s” cannot be made small enough without ruining it. Use another file."),
    "cut_upload": N_("“%(name)s” did not arrive completely, so nothing of it was kept. Add it again."),
    "no_room": N_("“%(name)s” could not be kept: the disk is full. Tell whoever runs this installation."),
    "picture_gone": N_(
        "“%(name)s” could not be made: one of its two pictures is no longer there. Choose two that are, and make "
        "it anew."
    ),
    "not_made": N_("“%(name)s” could not be made. Try again; if it fails once more, use other pictures."),
    "interrupted": N_("Preparing “%(name)s” failed several times. Export it again and add it anew."),
}

PASSING = frozenset({"not_made", "interrupted"})
"""What another try may mend."""

TOO_BIG = N_("“%(name)s” has %(size)s MB; %(limit)s MB are allowed. Export it smaller and add it again.")


def refusal(code: str, name: str) -> RuleError:
    return RuleError(message_of(code, name))


def message_of(code: str, name: str) -> Message:
    return Message(SENTENCES.get(code, SENTENCES["broken"]), {"name": name})


def too_big(name: str, size_bytes: int, megabytes: int) -> RuleError:
    return RuleError(
        Message(TOO_BIG, {"name": name, "size": f"{size_bytes / 1_000_000:.0f}", "limit": megabytes})
    )
