"""What several of these tests begin with."""

import pytest

from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def three(workspace: Workspace, alice: User) -> list[Asset]:
    return [
        add_upload(
            workspace=workspace,
            file=upload(picture(60 + 20 * n, shade=60 + 40 * n), f"photo{n}.jpg"),
            by=alice,
        )
        for n in range(3)
    ]
