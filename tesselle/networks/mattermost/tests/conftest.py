import pytest

from tesselle.connectors.tests.stage import open_stage
from tesselle.networks import plugin


@pytest.fixture
async def stage(tmp_path):
    """A channel of a make-believe Mattermost, connected by its webhook."""
    return await open_stage(plugin("mattermost"), tmp_path)
