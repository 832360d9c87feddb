"""In which ways a page is looked at."""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]
Language = Literal["fr", "en"]

LANGUAGES: tuple[Language, ...] = ("fr", "en")
WIDE, NARROW = 1280, 360
HEIGHT = 900


@dataclass(frozen=True, slots=True)
class Look:
    width_px: int = WIDE
    theme: Theme = "light"

    @property
    def name(self) -> str:
        return f"{self.width_px}-{self.theme}"


LOOKS = tuple(Look(width, theme) for width in (WIDE, NARROW) for theme in ("light", "dark"))
