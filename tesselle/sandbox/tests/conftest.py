from pathlib import Path
from typing import Any

import pytest

from tesselle.channels.models import Channel
from tesselle.ledger.models import installation
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.practice import register
from tesselle.workspaces.models import User, Workspace


@pytest.fixture(autouse=True)
def practice_worlds() -> None:
    """Other tests register worlds of their own."""
    register()


@pytest.fixture
def own_media(tmp_path: Path, settings: Any) -> None:
    """What the company's pictures are kept in; the test's own, for practice draws them."""
    settings.MEDIA_ROOT = tmp_path
    installation()


@pytest.fixture
def company(workspace: Workspace, alice: User) -> Channel:
    """A channel of a simulated network in Alice's practice workspace."""
    installation()
    return connect_simulated(workspace=workspace, network="mastodon", by=alice)
