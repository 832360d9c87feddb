"""Whether a network can fetch our pictures is a line of the channel's self-test."""

import pytest

from tesselle.channels.models import Channel
from tesselle.compose import self_checks
from tesselle.domain.messages import Message
from tesselle.library.reachability import Reached
from tesselle.workspaces.models import Workspace


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What the internet would say."""
    said = [True]

    async def asked() -> Reached:
        return Reached(said[0], "https://tesselle.example/x", Message("words"))

    monkeypatch.setattr(self_checks, "_asked", asked)
    return said


def channel(workspace: Workspace, network: str) -> Channel:
    return Channel(workspace=workspace, network=network)


def test_only_networks_that_come_for_pictures_are_asked_about(workspace: Workspace, answers: list[bool]):
    workspace.world_kind = "real"

    assert self_checks.pictures_reachable(channel(workspace, "mastodon")) == []
    (line,) = self_checks.pictures_reachable(channel(workspace, "instagram"))
    assert line.state == "good"


def test_what_cannot_be_fetched_is_bad_and_has_a_cure(workspace: Workspace, answers: list[bool]):
    workspace.world_kind = "real"
    answers[0] = False

    (line,) = self_checks.pictures_reachable(channel(workspace, "instagram"))

    assert (line.state, line.cure is not None) == ("bad", True)


def test_a_practice_world_is_not_asked(workspace: Workspace):
    assert self_checks.pictures_reachable(channel(workspace, "instagram")) == []
