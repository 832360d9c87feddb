"""Where an asset is used: told by the folders above, which know what a post is."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that shows the asset: its name, and its page (empty: none)."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Planned(Use):
    """One that has not gone out yet. `files`: those of the asked that it shows."""

    due_at: datetime
    files: frozenset[str]


Teller = Callable[[Asset], Sequence[Use]]
PlannedTeller = Callable[[Workspace, Collection[str]], Sequence[Planned]]

_tellers: dict[str, Teller] = {}
_files: dict[str, str] = {}
_planned: dict[str, PlannedTeller] = {}


def register(teller: Teller, *, files: str) -> None:
    """`files`: the same for all at once, a SELECT of the files that are shown somewhere, with one `%s`
    for the workspace's id. Registering the same callable again replaces it."""
    name = f"{teller.__module__}.{teller.__qualname__}"
    _tellers[name] = teller
    _files[name] = files


def register_planned(teller: PlannedTeller) -> None:
    """Registering the same callable again replaces it."""
    _planned[f"{teller.__module__}.{teller.__qualname__}"] = teller


def planned_with(workspace: Workspace, files: Collection[str]) -> list[Planned]:
    """What is going to show any of the files, the earliest first."""
    found = [one for teller in _planned.values() for one in teller(workspace, files)]
    return sorted(found, key=lambda one: one.due_at)


def uses_of(asset: Asset) -> list[Use]:
    return [use for teller in _tellers.values() for use in teller(asset)]


def files_in_use(workspace: Workspace) -> RawSQL:
    """For `file__in`, whatever their number in one question."""
    selects = list(_files.values()) or ["SELECT '' WHERE %s IS NULL"]
    every = " UNION ".join(selects)
    return RawSQL(every, [workspace.pk] * len(selects), output_field=TextField())  # noqa: S611 - ours
