from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def stage_for(tmp_path: Path) -> OpenStage:
    async def open_for(**options: Any) -> Stage:
        return await open_stage(plugin("google_business"), tmp_path, **options)

    return open_for


@pytest.fixture
async def stage(stage_for: OpenStage) -> Stage:
    """A tile-layer's shop."""
    return await stage_for()
