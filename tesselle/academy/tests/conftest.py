"""A path of Alice's, ready to be worked on; and a project that is played on it."""

from pathlib import Path as File
from typing import Any

import pytest
from django.test import Client

from tesselle.academy.beginning import begin_path
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.models import GuidedProject, Path
from tesselle.academy.tests.playing import PAGE
from tesselle.ledger.models import installation
from tesselle.workspaces.models import Member, User


@pytest.fixture
def path(alice: User) -> Path:
    return begin_path(member=Member.objects.get(user=alice))


@pytest.fixture
def laid_out(path: Path) -> Path:
    """A path whose needs were told: its criteria and its tools stand there."""
    keep_needs(path, needs=["budget"], said="", set_weights=True)
    return path


@pytest.fixture
def project(as_alice: Client, path: Path, tmp_path: File, settings: Any) -> GuidedProject:
    settings.MEDIA_ROOT = tmp_path
    installation()
    as_alice.post(f"{PAGE}begin/", {"scenario": "quiet_start", "phase": path.phases.last().pk})
    return GuidedProject.objects.select_related("workspace").get()
