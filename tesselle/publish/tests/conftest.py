from pathlib import Path

import pytest

from tesselle.publish.tests.stage import PublishStage
from tesselle.workspaces.models import Workspace


@pytest.fixture
def stage(transactional_db: None, tmp_path: Path) -> PublishStage:
    workspace = Workspace.objects.create(name="Carreaux du Lac", world_kind=Workspace.WorldKind.PRACTICE)
    return PublishStage(workspace, tmp_path)
