from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.threads.connector import ThreadsConnector

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
def stage_of(tmp_path: Path, waited: list[float]) -> OpenStage:
    """Opens a tile-layer's profile with the day's quotas named."""

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def open_with(**options: Any) -> Stage:
        whole = replace(plugin("threads"), connector=ThreadsConnector(wait))
        return await open_stage(whole, tmp_path, **options)

    return open_with


@pytest.fixture
async def stage(stage_of: OpenStage) -> Stage:
    return await stage_of()
