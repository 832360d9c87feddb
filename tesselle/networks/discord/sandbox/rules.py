"""What the make-believe Discord refuses, in Discord's words; it counts by itself."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from tesselle.networks.discord import limits


class RefusedError(Exception):
    """Answered instead of a message."""

    def __init__(self, status: int, code: int, message: str, errors: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        body = {"message": message, "code": code, **({"errors": errors} if errors else {})}
        self.response = JSONResponse(body, status)


def invalid(field: str, code: str) -> RefusedError:
    errors = {field: {"_errors": [{"code": code, "message": code}]}}
    return RefusedError(400, 50035, "Invalid Form Body", errors)


def units(text: str) -> int:
    """A sign outside the first plane counts two."""
    return sum(2 if ord(sign) > 0xFFFF else 1 for sign in text)


def fits(field: str, value: Any, most: int) -> str:
    """Trimmed before it is counted."""
    text = str(value or "").strip()
    if units(text) > most:
        raise invalid(field, "BASE_TYPE_MAX_LENGTH")
    return text


def check_embeds(embeds: Any) -> list[dict[str, Any]]:
    """Each part against its own bound, and all of them together."""
    if not isinstance(embeds, list) or len(embeds) > limits.EMBEDS:
        raise invalid("embeds", "BASE_TYPE_BAD_LENGTH")
    if sum(_weighed(embed) for embed in embeds) > limits.EMBEDS_TOGETHER_UNITS:
        raise invalid("embeds", "MAX_EMBED_SIZE_EXCEEDED")
    return embeds


def _weighed(embed: Mapping[str, Any]) -> int:
    fields = embed.get("fields") or []
    if len(fields) > limits.EMBED_FIELDS:
        raise invalid("embeds", "BASE_TYPE_BAD_LENGTH")
    parts = [
        (embed.get("title"), limits.EMBED_TITLE_UNITS),
        (embed.get("description"), limits.EMBED_TEXT_UNITS),
        ((embed.get("footer") or {}).get("text"), limits.EMBED_FOOTER_UNITS),
        ((embed.get("author") or {}).get("name"), limits.EMBED_AUTHOR_UNITS),
        *((field.get("name"), limits.EMBED_FIELD_NAME_UNITS) for field in fields),
        *((field.get("value"), limits.EMBED_FIELD_VALUE_UNITS) for field in fields),
    ]
    return sum(units(fits("embeds", value, most)) for value, most in parts)
