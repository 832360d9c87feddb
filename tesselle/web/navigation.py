"""Where features announce their pages; the shell draws what it finds here.

An app registers in its `AppConfig.ready`:

    label = pgettext_lazy("navigation", "Calendar")
    navigation.register(Entry(label, "plan:calendar", icon="calendar", order=10))
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from tesselle.web.addresses import address

Place = Literal["main", "account"]


@dataclass(frozen=True, slots=True)
class Entry:
    """`address` is a URL name, or a function of the request where the address depends on the workspace.

    A function that returns an empty address hides the entry. `method="post"` draws a button (sign out).
    `count`: how much waits there; none is shown for nothing. `count_url`: where to ask for it again.
    """

    label: str | Promise
    address: str | Callable[[HttpRequest], str]
    icon: str
    order: int
    place: Place = "main"
    method: Literal["get", "post"] = "get"
    count: Callable[[HttpRequest], int] | None = None
    count_url: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as one page shows it. `is_current` also holds on the pages below it, `is_here` does not."""

    label: str | Promise
    url: str
    icon: str
    method: str
    is_current: bool
    is_here: bool = False
    count: int = 0
    count_url: str = ""


_entries: dict[tuple[Place, str], Entry] = {}


def register(entry: Entry) -> None:
    """Registering the same address in the same place again replaces it, so a reload does no harm."""
    _entries[entry.place, _key(entry)] = entry


def unregister(entry: Entry) -> None:
    _entries.pop((entry.place, _key(entry)), None)


def _key(entry: Entry) -> str:
    if isinstance(entry.address, str):
        return entry.address
    return f"{entry.address.__module__}.{entry.address.__qualname__}"


def links(request: HttpRequest, place: Place = "main") -> list[Link]:
    """What to draw, in order; of several addresses the page lies below, only the longest is current."""
    drawn = [(entry, url) for entry in _sorted(place) if (url := _url(entry, request))]
    current = max((url for _, url in drawn if _is_below(request.path, url)), key=len, default=None)
    return [_link(entry, url, url == current, request) for entry, url in drawn]


def _link(entry: Entry, url: str, is_current: bool, request: HttpRequest) -> Link:
    count = entry.count(request) if entry.count is not None else 0
    count_url = address(entry.count_url) if entry.count_url else ""
    return Link(entry.label, url, entry.icon, entry.method, is_current, url == request.path, count, count_url)


def _sorted(place: Place) -> list[Entry]:
    return sorted(
        (e for (where, _), e in _entries.items() if where == place), key=lambda e: (e.order, _key(e))
    )


def _url(entry: Entry, request: HttpRequest) -> str:
    return address(entry.address) if isinstance(entry.address, str) else entry.address(request)


def _is_below(path: str, url: str) -> bool:
    if url == "/":
        return path == "/"
    return path == url or path.startswith(url.rstrip("/") + "/")
