"""What goes out on one channel: the frozen form of a variant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MediaKind = Literal["image", "video"]


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or film as it will be uploaded.

    `seconds` is 0 for images. `asset` names the file for whoever opens it; it is empty when only
    the facts are known (a check at the command line).
    """

    kind: MediaKind
    mime: str
    size_bytes: int
    width_px: int
    height_px: int
    seconds: float = 0.0
    alt: str = ""
    asset: str = ""

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
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Media":
        kind: MediaKind = "video" if str(data.get("type", "image")).startswith("video") else "image"
        return cls(
            kind=kind,
            mime=str(data.get("mime") or ("video/mp4" if kind == "video" else "image/jpeg")),
            size_bytes=int(data.get("bytes", 0)),
            width_px=int(data.get("width", 0)),
            height_px=int(data.get("height", 0)),
            seconds=float(data.get("seconds", 0)),
            alt=str(data.get("alt", "")),
            asset=str(data.get("asset", "")),
        )


@dataclass(frozen=True, slots=True)
class Content:
    """The words and media of one variant, everything a network needs to be given.

    `parts` are the texts that follow `text` in a thread, in order. `options` are the extra
    choices the network's card declares (visibility, categories, ...), as strings.
    """

    text: str = ""
    title: str = ""
    parts: tuple[str, ...] = ()
    link: str = ""
    media: tuple[Media, ...] = ()
    language: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of each part of the thread, the first included."""
        return (self.text, *self.parts)

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "title": self.title,
            "parts": list(self.parts),
            "link": self.link,
            "media": [media.to_json() for media in self.media],
            "language": self.language,
            "options": dict(self.options),
        }

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
        )
