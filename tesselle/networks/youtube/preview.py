"""What the preview shows of a film's page, or of a Short."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.youtube.films import is_short
from tesselle.networks.youtube.options import PRIVATE, UNLISTED, privacy_of


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    film = next((one for one in content.media if one.kind == "video"), None)
    minutes, seconds = divmod(round(film.seconds) if film is not None else 0, 60)
    return {
        "has_film": film is not None,
        "is_short": is_short(content),
        "length": f"{minutes}:{seconds:02d}" if film is not None else "",
        "is_unlisted": privacy_of(content.options) == UNLISTED,
        "is_private": privacy_of(content.options) == PRIVATE,
        "has_picture": any(one.kind == "image" for one in content.media),
    }
