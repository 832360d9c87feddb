"""Weeks lived through the whole product, or directly on the simulation: the same decisions, the same figures."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tesselle.domain.content import Media
from tesselle.domain.formats import format_of
from tesselle.ledger.models import installation
from tesselle.ops.bench.loop.lived.comparing import alike, are_alike
from tesselle.ops.bench.loop.lived.direct import DirectLife
from tesselle.ops.bench.loop.lived.habits import FORMATS, Change, first_habits
from tesselle.ops.bench.loop.lived.product import Hands
from tesselle.ops.bench.loop.lived.run import BEGINS, Story, lived
from tesselle.ops.bench.loop.lived.wording import AS_THE_PRODUCT_SAYS, content_of
from tesselle.ops.commands.learn import work_off
from tesselle.sandbox.models import ClockRun
from tesselle.sandbox.tests.living import carried
from tesselle.simulation.composition import composition_of
from tesselle.simulation.network import SimPost

SHORT = Story(weeks=4, networks=("x",), posts_a_week=6, first_review=3)


@pytest.fixture
def hands(tmp_path: Path, settings: Any) -> Iterator[Hands]:
    settings.MEDIA_ROOT = tmp_path
    installation()

    def carry(run: ClockRun) -> None:
        carried(run, tmp_path)

    def learn() -> None:
        assert work_off() == 0

    yield Hands(carry, learn)


@pytest.mark.django_db(transaction=True)
@pytest.mark.thorough
def test_lived_through_the_product_or_directly_it_comes_to_the_same(hands: Hands):
    told = lived(SHORT, hands)

    assert told["posts"] == {"planned": 24, "went_out": 24, "measured": 24}
    assert told["same"] == dict.fromkeys(told["same"], 24)
    assert told["suggestions"]["suggested_and_accepted"] == told["suggestions"]["directly_suggested_too"] == 1
    assert [row["ok"] for row in told["rows"]] == [True, True]
    # The last week was planned by what had been decided.
    assert told["engagement"]["direct_at_seven_days"] != told["engagement"]["first_plan_at_seven_days"]


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_over_complaints_that_nobody_answers_the_same_people_leave_in_both_lives(hands: Hands):
    told = lived(replace(SHORT, world="complaints", networks=("linkedin",)), hands)

    assert told["posts"]["measured"] == 24
    assert told["same"] == dict.fromkeys(told["same"], 24)


def test_a_post_is_to_the_public_what_was_intended_and_to_the_product_too():
    habits = first_habits(SHORT.draws, tuple(FORMATS), 7)
    pictures = (Media("image", "image/jpeg", 1, 1, 1),) * 2

    for one in (post for week in range(20) for post in habits.week(SHORT.draws, week)):
        content = content_of(one, pictures)
        media = tuple({"mime": media.mime} for media in content.media)
        seen = composition_of(SimPost("1", "", content.text, BEGINS, BEGINS, media=media), one.network)
        assert seen == one.made
        assert format_of(content) == AS_THE_PRODUCT_SAYS[one.made.format]
        assert len(content.text) <= 280 or one.network != "x"


def test_one_moved_post_or_one_other_figure_is_not_the_same():
    def lived_directly(*changes: Change) -> DirectLife:
        life = DirectLife(SHORT.company, first_habits(SHORT.draws, ("x",), 6), BEGINS)
        life.follow(changes, 0)
        intended = life.habits.week(SHORT.draws, 0)
        life.live(intended, {one.number: content_of(one, ()).text for one in intended}, 0)
        return life

    def compared(one: DirectLife, other: DirectLife, hours: int = 168) -> dict[str, int]:
        """What the first tells at seven days against what the second has at another age."""
        told, read = ([(number, timedelta(hours=age)) for number in one.lived] for age in (168, hours))
        return alike(one.posts(told), other.posts(read), other.bounds(read))

    usual = lived_directly()
    time = usual.habits.times["x"][0]
    moved = lived_directly(Change("x", "hour", add=(time + 30) % 168, drop=time))

    assert are_alike(compared(usual, lived_directly()))
    assert compared(usual, moved)["hour"] < 6
    assert not are_alike(compared(usual, moved))
    assert compared(usual, usual, hours=1)["interactions"] < 6
