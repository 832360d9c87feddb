"""What goes out on one channel: the frozen form of a variant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MediaKind = Literal["image", "video", "document"]

# Options that every network spells alike; the limits say where each is to be had.
FORMAT = "format"
FIRST_COMMENT = "first_comment"
POLL = "poll"
POLL_QUESTION = "poll_question"
POLL_SECONDS = "poll_seconds"
LINK_TITLE = "link_title"
LINK_DESCRIPTION = "link_description"
SHARED_OPTIONS = frozenset(
    {FORMAT, FIRST_COMMENT, POLL, POLL_QUESTION, POLL_SECONDS, LINK_TITLE, LINK_DESCRIPTION}
)

_MIMES: Mapping[MediaKind, str] = {
    "image": "image/jpeg",
    "video": "video/mp4",
    "document": "application/pdf",
}


def kind_of(said: str) -> MediaKind:
    """A kind or a type such as `video/mp4`; a picture where it says neither."""
    return next((kind for kind in _MIMES if said.startswith(kind)), "image")


@dataclass(frozen=True, slots=True)
class Media:
    """One picture, film or document as it will be uploaded.

    `seconds`, `fps` and `codec` are of films, `pages` of documents. `asset` names the file for
    whoever opens it; it is empty when only the facts are known (a check at the command line). The
    focal point (0 to 1 from the upper left corner) is what must stay when a network's ratio asks
    for cropping.
    """

    kind: MediaKind
    mime: str
    size_bytes: int
    width_px: int
    height_px: int
    seconds: float = 0.0
    alt: str = ""
    asset: str = ""
    fps: float = 0.0
    codec: str = ""
    focal_x: float = 0.5
    focal_y: float = 0.5
    pages: int = 0

    def to_json(self) -> dict[str, Any]:
        return {
            "type": self.kind,
            "mime": self.mime,
            "bytes": self.size_bytes,
            "width": self.width_px,
            "height": self.height_px,
            "seconds": self.seconds,
            "alt": self.alt,
            "asset": self.asset,
            "fps": self.fps,
            "codec": self.codec,
            "focal": [self.focal_x, self.focal_y],
        } | ({"pages": self.pages} if self.pages else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Media":
        kind = kind_of(str(data.get("type", "image")))
        focal_x, focal_y = data.get("focal") or (0.5, 0.5)
        return cls(
            kind=kind,
            mime=str(data.get("mime") or _MIMES[kind]),
            size_bytes=int(data.get("bytes", 0)),
            width_px=int(data.get("width", 0)),
            height_px=int(data.get("height", 0)),
            seconds=float(data.get("seconds", 0)),
            alt=str(data.get("alt", "")),
            asset=str(data.get("asset", "")),
            fps=float(data.get("fps", 0)),
            codec=str(data.get("codec", "")),
            focal_x=float(focal_x),
            focal_y=float(focal_y),
            pages=int(data.get("pages", 0)),
        )


@dataclass(frozen=True, slots=True)
class Poll:
    """`question` is empty where the post's own text asks."""

    question: str
    answers: tuple[str, ...]
    seconds: int


@dataclass(frozen=True, slots=True)
class LinkCard:
    """What stands on the card of the post's link where the network does not read the page itself."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Content:
    """The words and media of one variant, everything a network needs to be given.

    `parts` are the texts that follow `text` in a thread, in order. `options` are the extra
    choices the network's card declares (visibility, categories, ...), as strings; those of
    `SHARED_OPTIONS` are read by name below. `recipients`: who each get it in a step of their own.
    """

    text: str = ""
    title: str = ""
    parts: tuple[str, ...] = ()
    link: str = ""
    media: tuple[Media, ...] = ()
    language: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    recipients: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each part of the thread, the first included."""
        return (self.text, *self.parts)

    @property
    def format(self) -> str:
        """Which of the account kind's formats (story, reel, ...); "" for its first."""
        return self.options.get(FORMAT, "")

    @property
    def first_comment(self) -> str:
        """What we say ourselves below the post, as a step of its own."""
        return self.options.get(FIRST_COMMENT, "")

    @property
    def poll(self) -> Poll | None:
        """One answer a line."""
        lines = (line.strip() for line in self.options.get(POLL, "").splitlines())
        answers = tuple(line for line in lines if line)
        if not answers:
            return None
        seconds = self.options.get(POLL_SECONDS, "")
        return Poll(
            question=self.options.get(POLL_QUESTION, "").strip(),
            answers=answers,
            seconds=int(seconds) if seconds.isdecimal() else 0,
        )

    @property
    def link_card(self) -> LinkCard:
        return LinkCard(self.options.get(LINK_TITLE, ""), self.options.get(LINK_DESCRIPTION, ""))

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "title": self.title,
            "parts": list(self.parts),
            "link": self.link,
            "media": [media.to_json() for media in self.media],
            "language": self.language,
            "options": dict(self.options),
        } | ({"recipients": list(self.recipients)} if self.recipients else {})

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        return cls(
            text=str(data.get("text", "")),
            title=str(data.get("title", "")),
            parts=tuple(str(part) for part in data.get("parts", ())),
            link=str(data.get("link") or ""),
            media=tuple(Media.from_json(item) for item in data.get("media", ())),
            language=str(data.get("language", "")),
            options={str(key): str(value) for key, value in dict(data.get("options", {})).items()},
            recipients=tuple(str(one) for one in data.get("recipients", ())),
        )
