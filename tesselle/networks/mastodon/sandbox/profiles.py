"""The software a make-believe server runs: each cousin lives below a path of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from tesselle.networks.mastodon import limits
from tesselle.networks.mastodon.sandbox.counting import code_points, code_points_of_text, mastodon_length


@dataclass(frozen=True, slots=True)
class Profile:
    """`key`: what the server does with an Idempotency-Key it has seen."""

    slug: str
    version: str
    count: Callable[[str, str, int], int] = code_points
    key: Literal["replay", "refuse", "ignore"] = "ignore"
    max_characters: int = limits.MAX_CHARACTERS
    max_media: int = limits.MAX_MEDIA
    alt_characters: int = limits.ALT_CHARACTERS
    image_bytes: int = limits.IMAGE_BYTES
    image_mimes: tuple[str, ...] = limits.IMAGE_MIMES
    video_mimes: tuple[str, ...] = limits.VIDEO_MIMES
    too_long: tuple[int, str] = (422, "Validation failed: Text character limit of %d exceeded")
    needs_media: bool = False
    has_v2: bool = True
    has_batches: bool = False
    shows_app: bool = True
    knows_fine_scopes: bool = True
    forgets_attached: bool = False
    has_messages: bool = False
    token_days: int = 0

    @property
    def prefix(self) -> str:
        return "" if self.slug == "mastodon" else f"/{self.slug}"

    def configuration(self) -> dict[str, Any]:
        return {
            "statuses": {
                "max_characters": self.max_characters,
                "max_media_attachments": self.max_media,
                "characters_reserved_per_url": limits.URL_WEIGHT,
            },
            "media_attachments": {
                "supported_mime_types": [*self.image_mimes, *self.video_mimes],
                "description_limit": self.alt_characters,
                "image_size_limit": self.image_bytes,
                "image_matrix_limit": limits.IMAGE_PIXELS,
                "video_size_limit": limits.VIDEO_BYTES,
                "video_matrix_limit": limits.VIDEO_PIXELS,
            },
            "polls": {
                "max_options": limits.POLL_ANSWERS,
                "max_characters_per_option": limits.POLL_CHARACTERS,
                "min_expiration": 300,
                "max_expiration": 2_629_746,
            },
        }


PROFILES = {
    profile.slug: profile
    for profile in (
        Profile(
            "mastodon",
            "4.5.2",
            count=mastodon_length,
            key="replay",
            has_batches=True,
            forgets_attached=True,
            has_messages=True,
        ),
        Profile(
            "gotosocial",
            "0.20.1",
            max_characters=limits.GOTOSOCIAL_CHARACTERS,
            max_media=limits.GOTOSOCIAL_MEDIA,
            image_bytes=limits.GOTOSOCIAL_BYTES,
            has_messages=True,
            too_long=(400, "Bad Request: text with spoiler exceed max chars (%d)"),
        ),
        Profile(
            "pixelfed",
            "2.7.2 (compatible; Pixelfed 0.12.3)",
            count=code_points_of_text,
            key="refuse",
            alt_characters=limits.PIXELFED_ALT_CHARACTERS,
            image_bytes=limits.PIXELFED_IMAGE_BYTES,
            image_mimes=limits.PIXELFED_MIMES,
            video_mimes=(),
            needs_media=True,
            has_v2=False,
            shows_app=False,
            knows_fine_scopes=False,
            token_days=365,
        ),
        Profile(
            "takahe",
            "takahe/0.11.0",
            count=code_points_of_text,
            too_long=(400, "Status is too long"),
            shows_app=False,
        ),
        Profile("snac", "4.0.0 (not true; really snac/2.70)", shows_app=False),
        Profile("other", "2.7.2 (compatible; Tessera 1.0)"),
    )
}
