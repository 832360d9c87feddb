"""What LinkedIn takes as a post and what it refuses. Numbers come from `limits`, the counting is its own."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tesselle.networks.linkedin import limits
from tesselle.networks.linkedin.sandbox.little import weight
from tesselle.networks.linkedin.sandbox.wire import RefusedError, units

REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
VISIBILITIES = {"PUBLIC", "CONNECTIONS", "LOGGED_IN", "CONTAINER"}
DURATIONS = {"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"}
PICTURES = {"image"}


def check_post(data: Mapping[str, Any]) -> None:
    missing = [name for name in REQUIRED if name not in data]
    if missing:
        words = "\n".join(f"ERROR :: /{name} :: field is required but not found" for name in missing)
        raise RefusedError(422, "", words)
    if data["lifecycleState"] != "PUBLISHED" or data["visibility"] not in VISIBILITIES:
        raise _wrong("lifecycleState or visibility")
    if data["visibility"] == "CONNECTIONS" and not str(data["author"]).startswith("urn:li:person:"):
        raise _wrong("visibility")
    content = data.get("content") or {}
    if len(content) > 1:
        raise _wrong("content :: only one kind")
    check_commentary(data["commentary"], has_content=bool(content))
    for kind, value in content.items():
        if kind not in CHECKS:
            raise _wrong("content")
        CHECKS[kind](value)


def check_commentary(commentary: Any, *, has_content: bool) -> None:
    if not isinstance(commentary, str):
        raise _wrong("commentary")
    if not commentary.strip() and not has_content:
        raise RefusedError(400, "INVALID_VALUE_BLANK_FIELD", "commentary :: is blank")
    if weight(commentary) > limits.COMMENTARY_UNITS:
        raise too_long("commentary", limits.COMMENTARY_UNITS)


def too_long(field: str, maximum: int) -> RefusedError:
    return RefusedError(400, "FIELD_LENGTH_TOO_LONG", f"{field} :: exceeds the limit of {maximum} characters")


def _wrong(field: str) -> RefusedError:
    return RefusedError(400, "INVALID_VALUE_FOR_FIELD", f"{field} :: has an invalid value")


def _bounded(value: Mapping[str, Any], field: str, maximum: int, *, needed: bool = False) -> None:
    words = str(value.get(field, ""))
    if needed and not words.strip():
        raise RefusedError(400, "MISSING_FIELD", f"{field} :: field is required but not found")
    if units(words) > maximum:
        raise too_long(field, maximum)


def _media(value: Mapping[str, Any]) -> None:
    is_document = ":document:" in str(value.get("id", ""))
    _bounded(value, "title", limits.MEDIA_TITLE_UNITS, needed=is_document)
    _bounded(value, "altText", limits.ALT_UNITS)


def _images(value: Mapping[str, Any]) -> None:
    images = value.get("images")
    if not isinstance(images, list) or not 2 <= len(images) <= limits.IMAGES:
        raise _wrong("multiImage.images")
    for image in images:
        _bounded(image, "altText", limits.ALT_UNITS)


def _article(value: Mapping[str, Any]) -> None:
    if not str(value.get("source", "")).startswith(("http://", "https://")):
        raise _wrong("article.source")
    _bounded(value, "title", limits.ARTICLE_TITLE_UNITS, needed=True)
    _bounded(value, "description", limits.ARTICLE_TEXT_UNITS)


def _poll(value: Mapping[str, Any]) -> None:
    options = value.get("options")
    if not isinstance(options, list) or not 2 <= len(options) <= 4:
        raise _wrong("poll.options")
    _bounded(value, "question", limits.POLL_QUESTION_UNITS, needed=True)
    for option in options:
        _bounded(option, "text", limits.POLL_ANSWER_UNITS, needed=True)
    if (value.get("settings") or {}).get("duration") not in DURATIONS:
        raise _wrong("poll.settings.duration")


CHECKS: dict[str, Callable[[Mapping[str, Any]], None]] = {
    "media": _media,
    "multiImage": _images,
    "article": _article,
    "poll": _poll,
}


def files_named(data: Mapping[str, Any]) -> Iterator[tuple[str, set[str], str]]:
    """Every file that a post names, the kinds it may be of there, and its alternative text."""
    content = data.get("content") or {}
    if "media" in content:
        media = content["media"]
        yield str(media.get("id")), {"image", "video", "document"}, str(media.get("altText", ""))
    for image in (content.get("multiImage") or {}).get("images") or ():
        yield str(image.get("id")), PICTURES, str(image.get("altText", ""))
    if "thumbnail" in (content.get("article") or {}):
        yield str(content["article"]["thumbnail"]), PICTURES, ""
