"""A network whose card says something else for one test: what no network of ours declares yet."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from tesselle import networks


@contextmanager
def card_with(slug: str, **changes: Any) -> Iterator[None]:
    """`connector`: attributes to give its connector; everything else replaces fields of the card."""
    plug = networks.plugin(slug)
    given = changes.pop("connector", {})
    changed = replace(plug.card, **changes)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importlib.import_module(f"tesselle.networks.{slug}"), "NETWORK", changed)
        module = importlib.import_module(f"tesselle.networks.{slug}.connector")
        if hasattr(module, "NETWORK"):
            patch.setattr(module, "NETWORK", changed)
        if given:
            patch.setattr(module, "CONNECTOR", _able(plug.connector, given))
        _forget()
        try:
            yield
        finally:
            _forget()


def _able(connector: Any, given: dict[str, Any]) -> Any:
    """Of a class of its own: what a class was once seen to implement, `isinstance` remembers for good."""
    own = copy(connector)
    own.__class__ = type(type(connector).__name__, (type(connector),), {"__slots__": (), **given})
    return own


def _forget() -> None:
    networks.card.cache_clear()
    networks.plugin.cache_clear()
