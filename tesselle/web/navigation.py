"""Where features announce their pages; the shell draws what it finds here.

An app registers in its `AppConfig.ready`:

    label = pgettext_lazy("navigation", "Calendar")
    navigation.register(Entry(label, "plan:calendar", icon="calendar", order=10))

A page whose address does not lie below that of its entry says where it belongs:

    navigation.belongs("engage:replies", to="publish:needs")

A group is one line of the rail for several pages; on each of them the others stand above the title.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from tesselle.web.addresses import address

Place = Literal["main", "account"]


@dataclass(frozen=True, slots=True)
class Group:
    """Leads to the first of its entries that this person may see."""

    name: str
    label: str | Promise
    icon: str
    order: int


@dataclass(frozen=True, slots=True)
class Entry:
    """`address` is a URL name, or a function of the request where the address depends on the workspace.

    A function that returns an empty address hides the entry. `method="post"` draws a button (sign out).
    `count`: how much waits there; none is shown for nothing. `count_url`: where to ask for it again.
    `group`: the name of the group in whose line it lies.
    """

    label: str | Promise
    address: str | Callable[[HttpRequest], str]
    icon: str
    order: int
    place: Place = "main"
    method: Literal["get", "post"] = "get"
    count: Callable[[HttpRequest], int] | None = None
    count_url: str = ""
    group: str = ""


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


@dataclass(frozen=True, slots=True)
class Tabs:
    """The pages beside this one. `label` names them all."""

    label: str | Promise
    links: tuple[Link, ...]


_entries: dict[tuple[Place, str], Entry] = {}
_groups: dict[str, Group] = {}
_homes: dict[str, str] = {}
"""By the name of a page: the address of the entry that is current on it."""


def register(entry: Entry) -> None:
    """Registering the same address in the same place again replaces it, so a reload does no harm."""
    _entries[entry.place, _key(entry)] = entry


def register_group(group: Group) -> None:
    _groups[group.name] = group


def belongs(page: str, *, to: str) -> None:
    """Both by the names of their addresses."""
    _homes[page] = to


def unregister(entry: Entry) -> None:
    _entries.pop((entry.place, _key(entry)), None)


def _key(entry: Entry) -> str:
    if isinstance(entry.address, str):
        return entry.address
    return f"{entry.address.__module__}.{entry.address.__qualname__}"


def links(request: HttpRequest, place: Place = "main") -> list[Link]:
    """What the rail shows, in order: a group is one line."""
    lines: dict[str, tuple[int, Link]] = {}
    for entry, url, is_current in _visible(request, place):
        group = _groups.get(entry.group)
        if group is None:
            lines[_key(entry)] = (entry.order, _link(entry, url, is_current, request))
        elif group.name not in lines:
            first = _link(entry, url, is_current, request)
            lines[group.name] = (group.order, replace(first, label=group.label, icon=group.icon))
        elif is_current:
            order, first = lines[group.name]
            lines[group.name] = (order, replace(first, is_current=True))
    return [link for _, link in sorted(lines.values(), key=lambda line: line[0])]


def pages(request: HttpRequest, place: Place = "main") -> list[Link]:
    """Every page that is announced for this person, grouped or not."""
    return [_link(*seen, request) for seen in _visible(request, place)]


def tabs(request: HttpRequest) -> Tabs | None:
    """None where the page stands alone."""
    seen = _visible(request, "main")
    group = _groups.get(next((entry.group for entry, _, is_current in seen if is_current), ""))
    if group is None:
        return None
    beside = tuple(_link(*one, request) for one in seen if one[0].group == group.name)
    return Tabs(group.label, beside) if len(beside) > 1 else None


def _visible(request: HttpRequest, place: Place) -> list[tuple[Entry, str, bool]]:
    """With its address, and whether the page is there: of several that it lies below, only the longest."""
    found = [(entry, url) for entry in _sorted(place) if (url := _url(entry, request))]
    path = _home(request) or request.path
    current = max((url for _, url in found if _is_below(path, url)), key=len, default=None)
    return [(entry, url, url == current) for entry, url in found]


def _home(request: HttpRequest) -> str:
    """The address of the entry to which the page said that it belongs."""
    match = request.resolver_match
    home = _homes.get(match.view_name) if match is not None else None
    return address(home) if home else ""


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
