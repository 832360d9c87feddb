"""Each practice world: what it states is there to be discovered, and the product says what it should.

A small deterministic sample of companies; `tesselle bench insights` has the acceptance figures.
"""

import math
from collections.abc import Iterable
from statistics import mean

import numpy as np
import pytest

from tesselle.domain.attention import timing, usual_rhythm
from tesselle.insights.evidence import SHOWN, Certainty, Finding, findings
from tesselle.insights.fit import fit
from tesselle.insights.posts import Posts
from tesselle.insights.slots import slot_values, waking_slots
from tesselle.insights.summary import summarise
from tesselle.insights.together import together
from tesselle.learn.running import FEWEST_MEDIAN
from tesselle.ops.bench.insights.companies import Company, company, composition
from tesselle.ops.bench.insights.effects import true_contrast
from tesselle.simulation.worlds import WORLDS

SHIFT_DAY = 6 * 7


def companies(world: str, network: str = "facebook", posts: int = 250, count: int = 6) -> list[Company]:
    return [company(f"world {number}", network, posts, WORLDS[world]) for number in range(count)]


def said(made: Company) -> list[Finding]:
    return findings(fit(made.posts, use_curve=False), made.posts)


def claimed(made: Iterable[Company]) -> list[tuple[Company, Finding]]:
    return [(one, found) for one in made for found in said(one) if found.certainty in SHOWN]


def right(found: list[tuple[Company, Finding]]) -> float:
    """The share of claims with the right sign."""
    return mean(true_contrast(made, one.effect) * one.effect.of.mean > 0 for made, one in found)


def hourly_means(posts: Posts) -> dict[int, float]:
    """What others show: the mean of whatever was posted in each hour."""
    return {int(hour): float(posts.counts[posts.hour == hour].mean()) for hour in np.unique(posts.hour)}


@pytest.mark.thorough
def test_ordinary_form_and_subject_count_for_more_than_the_hour_and_that_is_what_is_found():
    found = claimed(companies("ordinary"))

    content = [one for _, one in found if one.effect.factor in ("format", "pillar")]
    assert len(content) > len(found) / 2
    assert right(found) > 0.9


@pytest.mark.parametrize("count", [2, pytest.param(24, marks=pytest.mark.thorough)])
def test_nothing_matters_so_nothing_is_clear_though_averages_say_otherwise(count: int):
    made = companies("nothing_matters", posts=120, count=count)

    for one in made:
        first, second = (composition(one.posts, row) for row in (0, 1))
        assert one.truth.log_mean(first, 30, 0) == one.truth.log_mean(second, 99, 3)
        means = hourly_means(one.posts).values()
        assert max(means) > 1.5 * float(np.mean(list(means)))
    words = [{found.certainty for found in said(one)} for one in made]
    assert sum(Certainty.CLEAR in one for one in words) <= 0.08 * count
    assert sum(bool(one & SHOWN) for one in words) <= max(1, 0.2 * count)


@pytest.mark.thorough
def test_night_owls_are_met_where_their_own_figures_say_and_not_where_publics_usually_are():
    gains = []
    for made in companies("night_owls", "x", 500):
        usual = timing(made.truth.attention, usual_rhythm(made.truth.attention))
        advised = slot_values(fit(made.posts), made.posts, 0, waking_slots())[0].slot
        gains.append(
            made.truth.timing[advised] - made.truth.timing[max(waking_slots(), key=usual.__getitem__)]
        )

    assert all(gain > 0 for gain in gains)
    assert mean(gains) > math.log(1.5)


@pytest.mark.parametrize(
    ("network", "posts", "count"),
    [("facebook", 120, 1), pytest.param("x", 250, 12, marks=pytest.mark.thorough)],
)
def test_confounded_neither_films_nor_evenings_are_claimed_and_the_pair_is_named(
    network: str, posts: int, count: int
):
    for made in companies("confounded", network, posts, count):
        found = summarise(made.posts)

        for one in (*found.findings, *found.ideas):
            is_evening = one.factor == "hour" and int(one.level) >= 18
            assert one.inseparable or not (one.level == "video" or is_evening)
        (named,) = [one for one in found.findings if one.inseparable]
        assert (named.factor, named.level, named.certainty) == ("format", "video", "cannot_tell")
        assert named.inseparable is not None
        assert named.inseparable[0] == "hour"
        assert int(named.inseparable[1].partition("-")[0]) >= 18


def test_what_only_often_goes_together_is_not_called_inseparable():
    assert not [pair for one in companies("ordinary", count=20, posts=60) for pair in together(one.posts)]


@pytest.mark.parametrize("network", ["facebook", "instagram", "x"])
def test_tiny_half_of_the_posts_get_fewer_than_three_interactions_which_the_page_of_findings_says(
    network: str,
):
    made = companies("tiny", network, posts=60, count=8)

    assert mean(float(np.median(one.posts.counts) < FEWEST_MEDIAN) for one in made) > 0.8


@pytest.mark.thorough
def test_the_network_changes_its_rules_and_nothing_that_one_does_is_blamed():
    made = companies("algorithm_change")

    fallen = [
        np.log(one.posts.counts[one.posts.day < SHIFT_DAY] + 0.5).mean()
        - np.log(one.posts.counts[one.posts.day >= SHIFT_DAY] + 0.5).mean()
        for one in made
    ]
    assert mean(fallen) > 0.25
    assert right(claimed(made)) > 0.9


@pytest.mark.thorough
def test_a_season_is_worth_more_than_most_choices_and_is_taken_for_none_of_them():
    made = companies("season", posts=500)

    assert math.exp(made[0].truth.drift(13) - made[0].truth.drift(39)) > 1.5
    assert right(claimed(made)) > 0.9


@pytest.mark.thorough
def test_runaway_posts_move_averages_and_not_what_is_claimed():
    made, usual = companies("viral"), companies("ordinary")

    def pulled(one: Company) -> float:
        return float(one.posts.counts.mean() / np.median(one.posts.counts))

    assert mean(map(pulled, made)) > 1.5 * mean(map(pulled, usual))
    assert right(claimed(made)) > 0.9


@pytest.mark.thorough
def test_a_demanding_public_tires_of_the_second_post_of_a_day_and_that_is_found():
    found = [one for one in claimed(companies("demanding", posts=500)) if one[1].effect.factor == "cadence"]

    assert len({id(made) for made, _ in found}) >= 4
    assert right(found) == 1


@pytest.mark.thorough
def test_two_publics_have_good_hours_far_apart_and_both_are_among_the_best_slots():
    apart = []
    for made in companies("two_audiences", "x", 250, count=4):
        slots = slot_values(fit(made.posts), made.posts, 0, waking_slots())[:10]
        hours = sorted({one.slot % 24 for one in slots})
        apart.append(hours[-1] - hours[0] >= 5)

    assert sum(apart) >= 2
