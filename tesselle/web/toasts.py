"""Toasts: short news after an act, on Django's messages, optionally with an undo.

`extra_tags` carries the undo address, since it is the one field of a message that every message
storage keeps.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise

_UNDO = "undo="
_ICONS = {"success": "check", "warning": "alert", "error": "alert"}


@dataclass(frozen=True, slots=True)
class Toast:
    text: str
    tone: str
    icon: str
    undo_url: str


def notify(
    request: HttpRequest, text: str | Promise, *, level: int = messages.SUCCESS, undo_url: str = ""
) -> None:
    """Show `text` on the next page or with this fragment; `undo_url` is posted to by its undo button."""
    messages.add_message(request, level, str(text), extra_tags=f"{_UNDO}{undo_url}" if undo_url else "")


def pending(request: HttpRequest) -> list[Toast]:
    """Takes them: each is shown once."""
    taken = []
    for message in messages.get_messages(request):
        tags = message.extra_tags or ""
        undo_url = tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""
        tone = message.level_tag or "info"
        taken.append(Toast(str(message.message), tone, _ICONS.get(tone, "info"), undo_url))
    return taken
