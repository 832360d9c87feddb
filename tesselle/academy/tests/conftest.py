"""A path of Alice's, ready to be worked on."""

import pytest

from tesselle.academy.beginning import begin_path
from tesselle.academy.models import Path
from tesselle.workspaces.models import Member, User


@pytest.fixture
def path(alice: User) -> Path:
    return begin_path(member=Member.objects.get(user=alice))
