from pathlib import Path

import pytest

from tesselle.connectors.tests.stage import Stage, open_stage
from tesselle.networks import plugin
from tesselle.networks.ghost.tests.site import Site


@pytest.fixture
async def stage(tmp_path: Path) -> Stage:
    """A tile-layer's site, connected to the sandbox in process."""
    return await open_stage(plugin("ghost"), tmp_path)


@pytest.fixture
def site(stage: Stage) -> Site:
    """The same, as a real server is asked."""
    answers = stage.opened.answers
    return Site(stage.transport, answers["server"], answers["key"], stage.folder, stage.clock)
