"""What the words of a film and who sees it may be."""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.sandbox.google import ProblemError
from tesselle.networks.youtube import limits
from tesselle.networks.youtube.sandbox.wire import utf16

CATEGORIES = frozenset({"1", "2", "10", "15", "17", "19", "20", "22", "23", "24", "25", "26", "27", "28"})
PRIVACIES = frozenset({"public", "unlisted", "private"})


def invalid(reason: str, message: str) -> ProblemError:
    return ProblemError(400, message, reason, domain="youtube.video")


def checked_snippet(told: Mapping[str, Any]) -> dict[str, Any]:
    """As it will stand; what is not given is emptied, since the part is replaced whole."""
    title, description = str(told.get("title") or ""), str(told.get("description") or "")
    tags = [str(tag) for tag in told.get("tags") or ()]
    if not title.strip() or utf16(title) > limits.TITLE_UNITS or set(title) & set("<>"):
        raise invalid("invalidTitle", "The request metadata specifies an invalid or empty video title.")
    if len(description.encode()) > limits.DESCRIPTION_BYTES or set(description) & set("<>"):
        raise invalid("invalidDescription", "The request metadata specifies an invalid video description.")
    if len(",".join(f'"{tag}"' if " " in tag else tag for tag in tags)) > limits.TAGS_UNITS:
        raise invalid("invalidTags", "The request metadata specifies invalid video keywords.")
    category = str(told.get("categoryId") or "22")
    if category not in CATEGORIES:
        raise invalid(
            "invalidCategoryId", "The snippet.categoryId property specifies an invalid category ID."
        )
    languages = {name: told[name] for name in ("defaultLanguage", "defaultAudioLanguage") if told.get(name)}
    return {"title": title, "description": description, "tags": tags, "category": category, **languages}


def checked_status(told: Mapping[str, Any]) -> dict[str, Any]:
    privacy = told.get("privacyStatus", "public")
    if privacy not in PRIVACIES:
        raise invalid("invalidVideoMetadata", "The request metadata is invalid.")
    return {
        "privacy": privacy,
        "kids": bool(told.get("selfDeclaredMadeForKids", False)),
        "synthetic": bool(told.get("containsSyntheticMedia", False)),
        "license": told.get("license", "youtube"),
        "embeddable": bool(told.get("embeddable", True)),
        "stats": bool(told.get("publicStatsViewable", True)),
    }
