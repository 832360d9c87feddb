"""A path of Alice's, ready to be worked on."""

import pytest

from tesselle.academy.beginning import begin_path
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.models import Path
from tesselle.workspaces.models import Member, User


@pytest.fixture
def path(alice: User) -> Path:
    return begin_path(member=Member.objects.get(user=alice))


@pytest.fixture
def laid_out(path: Path) -> Path:
    """A path whose needs were told: its criteria and its tools stand there."""
    keep_needs(path, needs=["budget"], said="", set_weights=True)
    return path
