"""Which software a server runs, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tesselle.connectors.protocols import Account
from tesselle.domain.limits import Unit

KEY_LIFE_SECONDS = 3600
"""How long Mastodon remembers an Idempotency-Key: mastodon PostStatusService, read 2 July 2026."""


@dataclass(frozen=True, slots=True)
class Software:
    """How one software counts and remembers.

    `short_links`: an address counts as the server says, not in full. `warning_counts`: a content
    warning takes room from the text. `key_seconds`: life of an Idempotency-Key, None where the
    header does not protect. `lists_attached`: an upload can still be asked for once it is in a post.
    `has_polls`: as Mastodon has them.
    """

    slug: str
    unit: Unit = Unit.CODE_POINTS
    short_links: bool = False
    local_mentions: bool = False
    warning_counts: bool = True
    key_seconds: int | None = None
    needs_media: bool = False
    lists_attached: bool = True
    has_polls: bool = False


MASTODON = Software(
    "mastodon",
    unit=Unit.GRAPHEMES,
    short_links=True,
    local_mentions=True,
    key_seconds=KEY_LIFE_SECONDS,
    lists_attached=False,
    has_polls=True,
)
OTHER = Software("other")
COUSINS = (
    Software("gotosocial", has_polls=True),
    Software("pixelfed", warning_counts=False, needs_media=True),
    Software("takahe", warning_counts=False),
    Software("snac"),
)
KNOWN: Mapping[str, Software] = {one.slug: one for one in (MASTODON, *COUSINS, OTHER)}


def software_of(account: Account) -> Software:
    """The strictest reading where the software is not known."""
    return KNOWN.get(account.kind, OTHER)


def recognise(nodeinfo_name: str, version: str) -> Software:
    """By nodeinfo's software name, else by the version string, where cousins put their name.

    Only nodeinfo makes a server *Mastodon*: much depends on it, and cousins claim its versions.
    """
    said = f"{nodeinfo_name} {version}".lower()
    cousin = next((one for one in COUSINS if one.slug in said), None)
    if cousin is not None:
        return cousin
    return MASTODON if nodeinfo_name.lower() == MASTODON.slug else OTHER


def instance_facts(instance: Mapping[str, Any]) -> dict[str, Any]:
    """What `/api/v2/instance` (or its older form) tells and we keep; what it does not tell is left out."""
    configuration = _part(instance, "configuration")
    statuses = _part(configuration, "statuses")
    media = _part(configuration, "media_attachments")
    polls = _part(configuration, "polls")
    told = {
        "version": instance.get("version"),
        "domain": instance.get("domain") or instance.get("uri"),
        "api": _part(instance, "api_versions").get("mastodon"),
        "max_characters": statuses.get("max_characters") or instance.get("max_toot_chars"),
        "max_media": statuses.get("max_media_attachments"),
        "url_weight": statuses.get("characters_reserved_per_url"),
        "poll_answers": polls.get("max_options"),
        "poll_characters": polls.get("max_characters_per_option"),
        "mimes": media.get("supported_mime_types"),
        "alt_characters": media.get("description_limit"),
        "image_bytes": media.get("image_size_limit"),
        "image_pixels": media.get("image_matrix_limit"),
        "video_bytes": media.get("video_size_limit"),
        "video_pixels": media.get("video_matrix_limit"),
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _part(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = data.get(name)
    return part if isinstance(part, dict) else {}
