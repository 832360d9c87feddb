"""Where an asset is used: told by the folders above, which know what a post is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tesselle.library.models import Asset


@dataclass(frozen=True, slots=True)
class Use:
    """One thing that shows the asset: its name, and its page (empty: none)."""

    name: str
    url: str


Teller = Callable[[Asset], Sequence[Use]]

_tellers: dict[str, Teller] = {}


def register(teller: Teller) -> None:
    """Registering the same callable again replaces it."""
    _tellers[f"{teller.__module__}.{teller.__qualname__}"] = teller


def uses_of(asset: Asset) -> list[Use]:
    return [use for teller in _tellers.values() for use in teller(asset)]
