from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    """A tile-layer's Page."""
    return await open_stage(plugin("facebook"), tmp_path)
