import pytest

from tesselle.connectors.tests.stage import open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path):
    """A make-believe receiver of signed events."""
    return await open_stage(plugin("webhook"), tmp_path)
