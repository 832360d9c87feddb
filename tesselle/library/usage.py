"""Where an asset is used: told by the folders above, which know what a post is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import TextField
from django.db.models.expressions import RawSQL

from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that shows the asset: its name, and its page (empty: none)."""

    name: str
    url: str


Teller = Callable[[Asset], Sequence[Use]]

_tellers: dict[str, Teller] = {}
_files: dict[str, str] = {}


def register(teller: Teller, *, files: str) -> None:
    """`files`: the same for all at once, a SELECT of the files that are shown somewhere, with one `%s`
    for the workspace's id. Registering the same callable again replaces it."""
    name = f"{teller.__module__}.{teller.__qualname__}"
    _tellers[name] = teller
    _files[name] = files


def uses_of(asset: Asset) -> list[Use]:
    return [use for teller in _tellers.values() for use in teller(asset)]


def files_in_use(workspace: Workspace) -> RawSQL:
    """For `file__in`, whatever their number in one question."""
    selects = list(_files.values()) or ["SELECT '' WHERE %s IS NULL"]
    every = " UNION ".join(selects)
    return RawSQL(every, [workspace.pk] * len(selects), output_field=TextField())  # noqa: S611 - ours
