"""What needs a person: where features announce it, so that one page shows all and the navigation counts it.

An app registers in its `AppConfig.ready`:

    needs.register("channels", count=count_blocked, find=blocked_channels, order=20)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Act:
    """A button: posts to `url` with `fields`, or leads there (`method="get"`)."""

    label: str | Promise
    url: str
    icon: str
    look: Literal["main", "plain", "danger"] = "plain"
    method: Literal["post", "get"] = "post"
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that stands still until somebody decides. `key` is its place on the page.

    Three sentences: what happened, what it means, what to do.
    """

    key: str
    tone: str
    icon: str
    word: str | Promise
    title: str
    happened: str
    means: str
    todo: str
    url: str = ""
    networks: tuple[str, ...] = ()
    where: str = ""
    when: str = ""
    acts: tuple[Act, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Source:
    count: Callable[[HttpRequest], int] | None
    find: Callable[[HttpRequest], Sequence[Need]]
    order: int


_sources: dict[str, Source] = {}


def register(
    name: str,
    *,
    find: Callable[[HttpRequest], Sequence[Need]],
    count: Callable[[HttpRequest], int] | None = None,
    order: int = 100,
) -> None:
    """Registering the same name again replaces it, so a reload does no harm. `count` runs on every page,
    so it is one small query at most; None when another source of the same app counts them together."""
    _sources[name] = Source(count, find, order)


def unregister(name: str) -> None:
    _sources.pop(name, None)


def total(request: HttpRequest) -> int:
    return sum(source.count(request) for source in _sources.values() if source.count is not None)


def everything(request: HttpRequest) -> list[Need]:
    """The most urgent source first."""
    ordered = sorted(_sources.items(), key=lambda item: (item[1].order, item[0]))
    return [need for _, source in ordered for need in source.find(request)]
