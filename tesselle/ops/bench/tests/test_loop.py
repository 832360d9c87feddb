"""A year under each way of planning: fair to all three, and the arithmetic of who is ahead."""

import math

import numpy as np
import pytest

from tesselle.ops.bench.loop import run
from tesselle.ops.bench.loop.ways import average_by_hour, first_plan, more_of
from tesselle.ops.bench.loop.year import Company, Year
from tesselle.simulation.worlds import WORLDS


def lived(weeks: int, way=first_plan, world: str = "ordinary") -> Year:
    company = Company(1, WORLDS[world])
    year = Year(company, company.first_plan())
    for week in range(weeks):
        if week == 4:
            way(year, week)
        year.live(week)
    return year


def test_nobody_is_luckier_only_what_was_decided_differs():
    one, other = lived(6), lived(6, average_by_hour)

    before = [posted for posted in one.posted if posted.day < 28]
    assert before == [posted for posted in other.posted if posted.day < 28]
    assert one.posted[0] == lived(1).posted[0]
    assert [p.composition for p in one.posted] == [p.composition for p in other.posted]


def test_where_nothing_matters_other_hours_bring_exactly_the_same():
    year, moved = lived(6, world="nothing_matters"), lived(6, average_by_hour, "nothing_matters")

    assert [p.slot for p in year.posted] != [p.slot for p in moved.posted]
    assert year.weekly() == moved.weekly()


def test_following_averages_moves_every_post_of_a_channel_to_its_best_hour():
    year = lived(6, average_by_hour)

    assert all(len({slot % 24 for slot in plan.times}) == 1 for plan in year.plans)
    assert len(year.posts()) == 6 * 16


def test_a_share_grows_from_the_largest_other_and_all_stay_whole():
    mix = {"text": 0.7, "image": 0.2, "video": 0.1}
    more_of(mix, "video")

    assert mix == pytest.approx({"text": 0.6, "image": 0.2, "video": 0.2})
    for _ in range(20):
        more_of(mix, "video")
    assert sum(mix.values()) == pytest.approx(1)
    assert min(mix.values()) == pytest.approx(0.05)


def test_the_chance_of_being_ahead_is_that_of_coins():
    assert run.by_signs(np.full(10, math.log(2))) == 1 / 1024
    assert run.by_signs(np.array([1.0, -1.0])) == 0.75
    assert run.by_signs(np.full(30, 1.0)) < 0.001


@pytest.mark.thorough
def test_a_year_with_our_suggestions_brings_more():
    told = run.run(seeds=2)

    assert all(row["value"]["gain"] > 0.1 and row["value"]["ahead_in"] == 2 for row in told["rows"])
