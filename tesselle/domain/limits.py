"""What a network allows, as data: written once per network, read by the check, the browser's
counter, the sandbox and the docs."""

from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any


class Unit(StrEnum):
    """How a network counts."""

    GRAPHEMES = "graphemes"  # what a reader calls one character (Unicode extended clusters)
    CODE_POINTS = "code_points"
    UTF16 = "utf16"  # UTF-16 code units: an emoji outside the first plane counts 2
    BYTES = "bytes"  # UTF-8 bytes
    EMOJI_BYTES = "emoji_bytes"  # code points, but each of an emoji's weighs its UTF-8 bytes
    WEIGHTED = "weighted"  # X's: an emoji and what is not Latin, Greek, Cyrillic ... weigh 2


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number was read, and when."""

    where: str
    read_on: date
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class TextLimit:
    """At most `maximum` of `unit` (and at least `minimum`); 0: no words at all go out there.

    `url_weight`: every http(s) address counts as this many, whatever its length (None: in full).
    `local_mentions`: `@name@server` counts as `@name`. `with_option`: the post option of that name
    (a content warning) takes room from every part's text, counted in full. `with_link`: a link that
    the first text does not hold is written below it, after an empty line, and takes room there.
    `doubled`: signs that count twice, for the network wants them escaped.
    """

    maximum: int
    unit: Unit
    source: Source
    minimum: int = 0
    url_weight: int | None = None
    local_mentions: bool = False
    with_option: str = ""
    with_link: bool = False
    doubled: str = ""


@dataclass(frozen=True, slots=True)
class MediaLimit:
    """What one kind of file may be. 0 means: no such limit known.

    `codecs`: those of a film's picture (`h264`), where the network names them.
    """

    mimes: tuple[str, ...]
    source: Source
    max_bytes: int = 0
    max_width_px: int = 0
    max_height_px: int = 0
    max_pixels: int = 0
    max_side_sum_px: int = 0  # width + height (Telegram)
    max_ratio: float = 0.0  # longer side / shorter side
    min_aspect: float = 0.0  # width / height
    max_aspect: float = 0.0
    min_width_px: int = 0
    min_height_px: int = 0
    min_seconds: float = 0.0
    max_seconds: float = 0.0
    max_fps: float = 0.0
    codecs: tuple[str, ...] = ()
    max_pages: int = 0


@dataclass(frozen=True, slots=True)
class PollLimit:
    """`seconds`: the durations offered, the usual one first. `question` None: the post's text asks."""

    answer: TextLimit
    seconds: tuple[int, ...]
    min_answers: int = 2
    max_answers: int = 4
    question: TextLimit | None = None
    with_media: bool = False


@dataclass(frozen=True, slots=True)
class LinkCardLimit:
    """For networks that do not read the linked page: we say what its card shows.

    `takes_image`: the post's first picture becomes the card's.
    """

    title: TextLimit
    description: TextLimit | None = None
    takes_image: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one account kind of a network, for its first format.

    `texts`: every one holds for each part's text. `caption`: replaces them for a part that
    carries media. `title` None: the network has no titles. `alt` None: no alternative text there.
    `max_images`/`max_videos`: per part; `mixes_media`: both kinds in one post; `max_media`: of both
    together (0: the two numbers say all).
    `max_parts` 1: no threads. `link_beside_media` False: a link is not shown anywhere when the post
    carries media, unless its text holds the address. `needs`: at least one of `text`, `media`, `video`, `title`
    must be there. `first_comment`, `poll`, `link_card` None: not offered. `refused_signs`: what may
    stand in none of its texts. `max_cashtags` (`$ABC`), `max_hashtags` and `max_links` (different web addresses, the
    post's link among them): per part, None where they do not matter.
    `formats`: the account kind's further formats by their slug, each with limits of its own.
    """

    texts: tuple[TextLimit, ...]
    caption: TextLimit | None = None
    title: TextLimit | None = None
    alt: TextLimit | None = None
    image: MediaLimit | None = None
    video: MediaLimit | None = None
    document: MediaLimit | None = None
    max_images: int = 0
    max_videos: int = 0
    max_media: int = 0
    max_documents: int = 0
    mixes_media: bool = False
    max_parts: int = 1
    allows_link: bool = True
    link_beside_media: bool = True
    needs: tuple[str, ...] = ("text", "media")
    first_comment: TextLimit | None = None
    poll: PollLimit | None = None
    link_card: LinkCardLimit | None = None
    refused_signs: str = ""
    max_cashtags: int | None = None
    max_hashtags: int | None = None
    max_links: int | None = None
    formats: tuple[tuple[str, "Limits"], ...] = ()

    def of(self, format: str) -> "Limits":
        """The limits of one format; for "" and the first one these limits themselves."""
        return next((limits for slug, limits in self.formats if slug == format), self)

    def of_an_answer(self) -> "Limits":
        """Of words below a post or to a person alone: they need no picture and no title, and are as long as a first
        comment may be where one is offered."""
        texts = (self.first_comment,) if self.first_comment is not None else self.texts
        return replace(self, texts=texts, caption=None, title=None, needs=("text",))

    def each(self) -> tuple[tuple[str, "Limits"], ...]:
        """Every format with its limits; the first under the name ""."""
        return (("", self), *self.formats)

    def to_json(self) -> dict[str, Any]:
        """For the browser's counter and the docs; dates as ISO strings."""

        def plain(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: plain(item) for key, item in value.items()}
            if isinstance(value, list | tuple):
                return [plain(item) for item in value]
            return value.isoformat() if isinstance(value, date) else value

        result: dict[str, Any] = plain(asdict(self))
        return result
