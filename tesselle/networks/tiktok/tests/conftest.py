from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin

OpenStage = Callable[..., Awaitable[Stage]]


@pytest.fixture
def stage_of(tmp_path: Path) -> OpenStage:
    """Opens a tile-layer's account of the kind named."""

    async def open_by(kind: str = "direct", **options: Any) -> Stage:
        return await open_stage(plugin("tiktok"), tmp_path, kind=kind, **options)

    return open_by


@pytest.fixture
async def stage(stage_of: OpenStage) -> Stage:
    return await stage_of()
