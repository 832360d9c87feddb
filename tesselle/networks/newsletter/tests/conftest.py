import pytest

from tesselle.connectors.tests.stage import open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path):
    """A mail account on the make-believe server, one reader on its list."""
    return await open_stage(plugin("newsletter"), tmp_path)
