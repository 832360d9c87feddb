"""Reading what surrounds the company's posts, its words typeset as they are."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from tesselle.sandbox.company.posts import typeset


@cache
def life() -> dict[str, Any]:
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: _set(value) for name, value in told.items()}


def _set(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _set(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_set(inner) for inner in value]
    return typeset(value) if isinstance(value, str) else value
