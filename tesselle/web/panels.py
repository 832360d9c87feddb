"""Panels: how a lower page shows a higher folder's facts without importing it.

The page names a slot (`{% panels "compose.planning" post=post %}`); a higher app fills it in its
`AppConfig.ready` with `panels.register("compose.planning", planning_panel, order=10)`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Content:
    """What a panel shows: a template and what it reads."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


# Given the request and what the page says about its subject, by name; `None` shows nothing.
Panel = Callable[..., Content | None]

_panels: dict[str, dict[str, tuple[int, Panel]]] = {}


def register(slot: str, panel: Panel, *, order: int = 100) -> None:
    """Registering the same callable for a slot again only moves it, so a reload does no harm."""
    _panels.setdefault(slot, {})[_key(panel)] = (order, panel)


def unregister(slot: str, panel: Panel) -> None:
    _panels.get(slot, {}).pop(_key(panel), None)


def _key(panel: Panel) -> str:
    return f"{getattr(panel, '__module__', '')}.{getattr(panel, '__qualname__', repr(panel))}"


def contents(slot: str, request: HttpRequest, **subject: Any) -> list[Content]:
    """What the slot's panels have to say about this subject, in their order."""
    ordered = sorted(_panels.get(slot, {}).items(), key=lambda item: (item[1][0], item[0]))
    found = (panel(request, **subject) for _, (_, panel) in ordered)
    return [content for content in found if content is not None]
