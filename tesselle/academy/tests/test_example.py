"""The demo's path is whole, and nobody's own is touched by it."""

import pytest
from django.test import Client

from tesselle.academy.choosing.board import board_of
from tesselle.academy.example import example_path
from tesselle.academy.models import Path
from tesselle.strategy.models import Objective
from tesselle.workspaces.models import Member, User


@pytest.fixture
def example(alice: User) -> Path:
    example_path(Member.objects.get(user=alice))
    return Path.objects.get()


def test_three_tools_are_ranked_and_nothing_is_decided(example: Path):
    board = board_of(example)

    assert len(board.ranked) == 3
    assert not board.out
    assert not board.ranges
    assert not example.decisions.exists()
    assert example.is_frozen


@pytest.mark.parametrize(
    "page",
    [
        "",
        "start/",
        "choosing/",
        "choosing/ranking/",
        "time/",
        "learning/",
        "testing/",
        "presence/",
        "report/",
    ],
)
def test_its_pages_open(as_alice: Client, example: Path, page: str):
    assert as_alice.get(f"/path/{page}").status_code == 200


def test_its_project_is_under_way_and_its_profiles_are_to_be_looked_at(example: Path):
    project = example.projects.get()

    assert [(step.key, step.done_at is not None) for step in project.steps.all()] == [
        ("aim", True),
        ("plan", False),
    ]
    aim = project.steps.get(key="aim")
    assert Objective.objects.get(pk=aim.found["key"]).indicator == "quote", (
        "a figure, so that it can be compared"
    )
    assert [(check.address, check.state) for check in example.site_checks.all()] == [("", "asked")]


def test_a_path_that_is_there_stays_as_it_is(path: Path, alice: User):
    example_path(Member.objects.get(user=alice))

    assert Path.objects.get().subject == ""
