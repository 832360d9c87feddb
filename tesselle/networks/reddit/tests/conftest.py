from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    """A tile-layer's account, connected to the sandbox in process."""
    return await open_stage(plugin("reddit"), tmp_path)
