from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.instagram.connector import InstagramConnector

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
def stage_of(tmp_path: Path, waited: list[float]) -> OpenStage:
    """Opens a tile-layer's account by the door named."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def open_by(kind: str = "linked", **options: Any) -> Stage:
        whole = replace(plugin("instagram"), connector=InstagramConnector(wait))
        return await open_stage(whole, tmp_path, kind=kind, **options)

    return open_by


@pytest.fixture
async def stage(stage_of: OpenStage) -> Stage:
    return await stage_of()
