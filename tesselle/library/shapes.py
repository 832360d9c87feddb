"""The shapes that pictures are cut to, and where each is at home."""

from dataclasses import dataclass

from tesselle.domain.messages import N_


@dataclass(frozen=True, slots=True)
class Shape:
    """`where`: the networks that show it whole, as their own pages recommend; N_ marked words around names."""

    width_px: int
    height_px: int
    name: str
    where: str

    @property
    def ratio(self) -> float:
        return self.width_px / self.height_px


SHAPES = {
    "portrait": Shape(
        1080, 1350, N_("Upright (4:5)"), N_("Instagram and Facebook in the feed, LinkedIn, Threads")
    ),
    "square": Shape(1080, 1080, N_("Square (1:1)"), N_("Every network; the profile grids of older apps")),
    "story": Shape(1080, 1920, N_("Story (9:16)"), N_("Instagram and Facebook stories, TikTok, Shorts")),
    "pin": Shape(1000, 1500, N_("Pin (2:3)"), N_("Pinterest")),
    "landscape": Shape(1920, 1080, N_("Wide (16:9)"), N_("X, Bluesky, Mastodon, YouTube covers")),
    "card": Shape(1200, 628, N_("Link card (1.91:1)"), N_("Link cards of Facebook, LinkedIn and X")),
    "google": Shape(1200, 900, N_("Classic (4:3)"), N_("Google Business Profile")),
}

FOR_PAIRS = ("portrait", "square", "landscape", "story")
FOR_DOCUMENTS = ("portrait", "square", "landscape")
