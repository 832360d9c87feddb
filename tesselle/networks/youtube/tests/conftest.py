from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.youtube.connector import YouTubeConnector

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def waited() -> list[float]:
    """How long the connector would have waited."""
    return []


@pytest.fixture
def stage_for(tmp_path: Path, waited: list[float]) -> OpenStage:
    async def wait(seconds: float) -> None:
        waited.append(seconds)

    async def open_for(**options: Any) -> Stage:
        here = replace(plugin("youtube"), connector=YouTubeConnector(wait))
        return await open_stage(here, tmp_path, **options)

    return open_for


@pytest.fixture
async def stage(stage_for: OpenStage) -> Stage:
    """A tile-layer's channel."""
    return await stage_for()
