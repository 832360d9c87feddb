from collections.abc import Iterator
from pathlib import Path

import pytest

from tesselle.connectors.registry import other_worlds
from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import Workspace


@pytest.fixture
def stage(transactional_db: None, workspace: Workspace, tmp_path: Path) -> Iterator[PublishStage]:
    with other_worlds():
        yield PublishStage(workspace, tmp_path)
