"""What several of these tests begin with."""

from collections.abc import Iterator

import pytest

from tesselle.channels.tests.other_card import card_with
from tesselle.connectors.card import Budget
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


@pytest.fixture
def two_a_day() -> Iterator[None]:
    """Bluesky takes no more."""
    with card_with("bluesky", budgets=(Budget(2, 86_400),)):
        yield
