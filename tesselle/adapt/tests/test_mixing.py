"""Accepted changes of mix and rhythm, and their undo."""

import pytest

from tesselle.adapt import services
from tesselle.adapt.models import Suggestion
from tesselle.adapt.tests.factories import make_habit_suggestion
from tesselle.channels.models import Channel
from tesselle.learn.models import Finding
from tesselle.strategy.models import Cadence, Pillar
from tesselle.workspaces.models import User, Workspace


def suggestion(workspace: Workspace, factor: str, level: str) -> Suggestion:
    made = make_habit_suggestion(workspace, level)
    assert made.finding is not None
    Finding.objects.filter(pk=made.finding.pk).update(factor=factor)
    return Suggestion.objects.get(pk=made.pk)


@pytest.fixture
def shares(workspace: Workspace) -> dict[str, Pillar]:
    wanted = {"Chantiers": 50, "Conseils": 30, "Équipe": 20}
    return {
        name: Pillar.objects.create(workspace=workspace, name=name, target_percent=share)
        for name, share in wanted.items()
    }


def told(workspace: Workspace) -> dict[str, int | None]:
    return dict(Pillar.objects.filter(workspace=workspace).values_list("name", "target_percent"))


def test_a_better_pillar_gets_ten_points_of_the_largest_and_gives_them_back(
    workspace: Workspace, alice: User, shares: dict[str, Pillar]
):
    decision = services.accept(suggestion(workspace, "pillar", "Conseils"), by=alice)
    after = told(workspace)
    services.undo(decision, by=alice)

    assert after == {"Chantiers": 40, "Conseils": 40, "Équipe": 20}
    assert told(workspace) == {"Chantiers": 50, "Conseils": 30, "Équipe": 20}


def test_a_dense_rhythm_is_slowed_and_comes_back(workspace: Workspace, alice: User):
    channel = Channel.objects.create(workspace=workspace, network="mastodon", remote_id="1", handle="c")
    Cadence.objects.create(channel=channel, times=14, per="week")

    decision = services.accept(suggestion(workspace, "cadence", "0"), by=alice)
    slowed = Cadence.objects.get().times
    services.undo(decision, by=alice)

    assert slowed == 7 and Cadence.objects.get().times == 14
