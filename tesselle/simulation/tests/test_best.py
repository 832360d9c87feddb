"""The best plan comes from the truth, and a complaint that goes round is heard in its week only."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.simulation.audience import Audience
from tesselle.simulation.best import (
    Place,
    best_hour,
    best_made,
    best_plan,
    expected_by,
    luck_mean,
    minutes_of,
)
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.network import SimPost
from tesselle.simulation.truth import Composition
from tesselle.simulation.worlds import WORLDS

BEGAN = datetime(2026, 3, 2, 6, tzinfo=UTC)
WEEK = timedelta(days=7)


def place(world: str = "ordinary", network: str = "linkedin", seed: str = "sol") -> Place:
    company = SimulatedCompany(WORLDS[world], seed, BEGAN)
    return Place(Audience(network, company), 1, ("text", "image"))


@given(st.sampled_from(["linkedin", "facebook", "instagram"]), st.integers(0, 50), st.data())
def test_no_composition_can_be_expected_to_bring_more_than_the_best(
    network: str, seed: int, data: st.DataObject
):
    there = place(network=network, seed=str(seed))
    truth = there.audience.truth(1)
    form = data.draw(st.sampled_from(["text", "image"]))
    made = Composition(
        form,
        data.draw(st.sampled_from(sorted(truth.pillars))),
        data.draw(st.integers(0, 5)),
        data.draw(st.integers(0, 4)),
        frozenset(data.draw(st.sets(st.just("question")))),
    )
    at, end = BEGAN + WEEK, BEGAN + 4 * WEEK

    assert expected_by(there, made, at, 0, end) <= expected_by(there, best_made(truth, form), at, 0, end)


@given(st.integers(10, 600))
def test_a_plan_never_costs_more_than_the_week_has(minutes: int):
    plan = best_plan([place()], BEGAN, BEGAN + 2 * WEEK, minutes)

    for week in range(2):
        spent = [post.minutes for post in plan if (post.at - BEGAN) // WEEK == week]
        assert sum(spent) <= minutes
        assert len(spent) <= 7


def test_the_same_truth_gives_the_same_plan_and_another_seed_another():
    plans = [
        [(post.at, post.made, round(post.expected, 9)) for post in best_plan([one], BEGAN, BEGAN + WEEK, 60)]
        for one in (place(), place(), place(seed="mur"))
    ]

    assert plans[0] == plans[1] != plans[2]


def test_luck_adds_to_the_mean_because_its_tail_is_heavy():
    truth = place().audience.truth(1)

    assert 1.1 < luck_mean(truth) < 2.5
    assert luck_mean(place(world="viral").audience.truth(1)) > luck_mean(truth)


def test_what_has_no_price_costs_most():
    assert minutes_of("video") > minutes_of("carousel") > minutes_of("image") > minutes_of("text")


def test_a_best_hour_is_one_at_which_its_public_is_there():
    owls, usual = place("night_owls"), place()

    assert best_hour(owls.audience.truth(1)) != best_hour(usual.audience.truth(1))


def posts(count: int, since: datetime) -> list[SimPost]:
    return [
        SimPost(
            str(number),
            "1",
            f"Chantier {number}, avant et après",
            since + number * timedelta(hours=8),
            since + number * timedelta(hours=8),
            record={"channel": 1, "number": number + 1, "earlier": 0},
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_complaint_goes_round_in_its_week_and_in_no_other(language: str):
    company = SimulatedCompany(WORLDS["complaints"], "orage", BEGAN, language=language)
    audience = Audience("linkedin", company)
    about = {"fr": "Ardoise", "en": "Slate"}[language]

    def heard(week: int) -> tuple[int, int]:
        said = [
            one
            for post in posts(20, BEGAN + week * WEEK + timedelta(hours=1))
            for one in audience.remarks(post, audience.fate(post).of_kind["comments"])
        ]
        # "This slate" may be praised; only the wave is meant.
        return sum(about in one.text and one.kind == "complaint" for one in said), len(said)

    (before, said_before), (during, said_during), (after, _) = heard(0), heard(1), heard(2)
    assert before == after == 0
    assert during > said_during / 3
    assert said_during > said_before
