"""What an objective can be counted in. Whoever counts registers it; strategy itself counts nothing.

aimable.register(Aimable("followers", _("Followers"), "level", history))
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace

Kind = Literal["level", "sum", "share"]
"""`level`: as it stands on a day. `sum`: added up over four weeks. `share`: the median of four weeks."""


@dataclass(frozen=True, slots=True)
class Week:
    """`value` None: not told, which is not zero."""

    begins: date
    value: float | None


History = Callable[[Workspace, Channel | None, int], Sequence[Week]]
"""The complete weeks before now, the oldest first, at most so many."""


@dataclass(frozen=True, slots=True)
class Aimable:
    slug: str
    name: str | Promise
    kind: Kind
    history: History


_known: dict[str, Aimable] = {}


def register(one: Aimable) -> None:
    _known[one.slug] = one


def known(slug: str) -> Aimable | None:
    return _known.get(slug)


def everything() -> list[Aimable]:
    return list(_known.values())
