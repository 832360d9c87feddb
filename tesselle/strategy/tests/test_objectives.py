"""Objectives the SMART way: what is missing is told, the baseline comes with what chance makes of it."""

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tesselle.channels.models import Channel
from tesselle.strategy import aimable, baseline, smart
from tesselle.strategy.models import Cadence, EditorialLine, Objective, Persona
from tesselle.workspaces.models import User, Workspace


def test_an_objective_may_lack_letters_and_says_which_comes_first(as_alice: Client, workspace: Workspace):
    answer = as_alice.post(
        reverse("strategy:add", args=["objective"]), {"sentence": "Être mieux connus"}, follow=True
    )

    one = Objective.objects.get()
    assert [letter.letter for letter in smart.missing(one)] == ["M", "A", "R", "T"]
    assert str(smart.LETTERS[1].cure) in answer.content.decode()


def test_a_goal_within_what_chance_does_is_told(workspace: Workspace):
    near = Objective(workspace=workspace, baseline=100, baseline_low=80, baseline_high=120, target=115)
    beyond = Objective(workspace=workspace, baseline=100, baseline_low=80, baseline_high=120, target=140)

    assert smart.cautions(near) and not smart.cautions(beyond)


def test_the_baseline_is_taken_from_the_figures_when_none_is_typed(
    as_alice: Client, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    weeks = [aimable.Week(workspace.now().date(), float(value)) for value in (2, 4, 3, 5)]
    counted = aimable.Aimable("tested", "Tested", "sum", lambda *_: weeks)
    monkeypatch.setitem(aimable._known, "tested", counted)

    as_alice.post(
        reverse("strategy:add", args=["objective"]),
        {"sentence": "Plus", "indicator": "tested", "target": "30"},
    )

    one = Objective.objects.get()
    assert one.baseline == 14 and one.baseline_low is not None and one.baseline_high is not None
    assert one.baseline_low < 14 < one.baseline_high


@given(st.lists(st.floats(0, 1e6), min_size=4, max_size=30), st.sampled_from(["level", "sum", "share"]))
def test_a_baseline_lies_within_its_own_range(values: list[float], kind: aimable.Kind):
    found = baseline.of_weeks(values, kind)
    assert found is not None and 0 <= found.low <= found.middle + 1e-9 and found.middle <= found.high + 1e-9


def test_a_baseline_of_three_weeks_is_none():
    assert baseline.of_weeks([1.0, 2.0, 3.0], "sum") is None


def test_rhythm_readers_and_line_are_kept_and_a_stranger_reaches_none(
    as_alice: Client, client: Client, workspace: Workspace, mallory: User
):
    channel = Channel.objects.create(workspace=workspace, network="mastodon", remote_id="1", handle="c")
    as_alice.post(reverse("strategy:cadence"), {f"times-{channel.pk}": "3", f"per-{channel.pk}": "week"})
    as_alice.post(reverse("strategy:personas"), {"name": "Architecte"})
    as_alice.post(reverse("strategy:line"), {"tone": "Simple"})

    persona = Persona.objects.get()
    assert Cadence.objects.get().a_day == pytest.approx(3 / 7)
    assert EditorialLine.objects.get().tone == "Simple"
    client.force_login(mallory)
    for name in ("persona", "retire_persona"):
        assert client.post(reverse(f"strategy:{name}", args=[persona.pk]), {"name": "x"}).status_code == 404
    client.post(reverse("strategy:cadence"), {f"times-{channel.pk}": "9", f"per-{channel.pk}": "week"})
    client.post(reverse("strategy:line"), {"tone": "Autre"})
    assert Cadence.objects.get().times == 3
    assert EditorialLine.objects.get(workspace=workspace).tone == "Simple"


def test_an_empty_form_is_empty(as_alice: Client):
    page = as_alice.get(reverse("strategy:add", args=["objective"])).content.decode()

    assert "DatabaseDefault" not in page
