"""A network whose card says something else for one test: what no network of ours declares yet."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
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
        for name, value in given.items():
            patch.setattr(type(plug.connector), name, value, raising=False)
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    networks.card.cache_clear()
    networks.plugin.cache_clear()
