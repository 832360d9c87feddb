"""What each simulated world is like, and that nothing in it depends on when one looks."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tesselle.domain.attention import attention_of, timing, usual_rhythm
from tesselle.simulation.draws import Draws
from tesselle.simulation.followers import weekly_followers
from tesselle.simulation.truth import MOST_LUCK, Composition, channel_truth
from tesselle.simulation.worlds import WORLDS

POST = Composition("image", "advice", 2, 1)


def channel(world="ordinary", network="facebook", seed="seed"):
    return channel_truth(Draws(seed), WORLDS[world], "channel", network, ("advice", "offer"))


def test_a_draw_is_always_the_same_for_its_name_and_another_for_another():
    draws = Draws("seed")

    assert draws.uniform("a", 1) == Draws("seed").uniform("a", 1)
    assert len({draws.uniform("a", number) for number in range(500)}) == 500


def test_draws_have_the_moments_of_their_names():
    draws, count = Draws("moments"), 4000

    normals = [draws.normal(number) for number in range(count)]
    heavy = [draws.t5(number) for number in range(count)]
    counts = [draws.poisson(3.5, number) for number in range(count)]

    assert sum(normals) / count == pytest.approx(0, abs=0.06)
    assert sum(value**2 for value in normals) / count == pytest.approx(1, abs=0.08)
    assert sum(value**2 for value in heavy) / count == pytest.approx(5 / 3, abs=0.2)
    assert sum(counts) / count == pytest.approx(3.5, abs=0.12)


@given(total=st.integers(0, 100_000), ages=st.lists(st.floats(0, 5000), min_size=2, max_size=8))
def test_figures_never_fall_and_end_at_their_total(total, ages):
    truth = channel()

    seen = [truth.count_at(total, "post", age) for age in sorted(ages)]

    assert seen == sorted(seen)
    assert seen[-1] <= total
    assert truth.count_at(total, "post", 1e9) == total


def test_what_comes_of_a_post_does_not_depend_on_what_was_asked_before():
    forwards = [channel().interactions(str(n), POST, 40, n, 0) for n in range(20)]
    truth = channel()
    backwards = [truth.interactions(str(n), POST, 40, n, 0) for n in reversed(range(20))]

    assert forwards == backwards[::-1]


@pytest.mark.parametrize("network", ["x", "facebook", "instagram", "linkedin", "others"])
def test_hours_matter_most_where_posts_die_young(network):
    attention = attention_of(network)

    effects = timing(attention, usual_rhythm(attention))

    assert sum(effects) == pytest.approx(0, abs=1e-9)
    x = attention_of("x")
    assert max(effects) - min(effects) <= max(timing(x, usual_rhythm(x))) - min(timing(x, usual_rhythm(x)))


def test_half_of_the_attention_has_come_at_the_half_life():
    assert attention_of("facebook").seen_after(1.7) == pytest.approx(0.5)


def test_where_nothing_matters_every_choice_is_alike():
    truth = channel("nothing_matters")
    other = Composition("video", "offer", 5, 4, frozenset({"link"}))

    assert truth.log_mean(POST, 0, 0) == pytest.approx(truth.log_mean(other, 100, 3))


def test_night_owls_are_there_seven_hours_later():
    usual, owls = channel("ordinary").timing, channel("night_owls").timing
    best = max(range(24), key=lambda hour: usual[hour])

    assert max(range(24), key=lambda hour: owls[hour]) == pytest.approx((best + 7) % 24, abs=1)


def test_the_network_changes_its_rules_in_week_six():
    truth, ordinary = channel("algorithm_change"), channel("ordinary")
    before = truth.drift(5) - ordinary.drift(5)

    assert before == pytest.approx(0)
    assert truth.drift(6) - ordinary.drift(6) == pytest.approx(-0.5)


def test_a_year_has_its_season():
    truth, ordinary = channel("season"), channel("ordinary")

    assert truth.drift(13) - ordinary.drift(13) == pytest.approx(0.4)
    assert truth.drift(39) - ordinary.drift(39) == pytest.approx(-0.4)


def test_a_demanding_public_punishes_the_second_post_of_a_day():
    def cost(world):
        return channel(world).log_mean(POST, 40, 0) - channel(world).log_mean(POST, 40, 1)

    assert cost("ordinary") == pytest.approx(0.12)
    assert cost("demanding") == pytest.approx(0.30)


def test_a_tiny_company_has_about_sixty_followers():
    assert 30 < channel("tiny").followers < 120


def test_in_the_viral_world_more_posts_run_away():
    def runaways(world):
        truth = channel(world)
        return sum(truth.draws.uniform("viral", str(n)) < truth.world.viral_rate for n in range(2000))

    assert runaways("viral") > 2 * runaways("ordinary")


def test_two_audiences_have_more_good_hours_than_one():
    assert len(channel("two_audiences").rhythm.peaks) == 2 * len(channel("ordinary").rhythm.peaks)


def test_followers_grow_on_the_whole_as_fast_as_is_usual():
    attention = attention_of("instagram")
    growth = [
        math.log(path[-1] / path[0]) / 52
        for seed in range(60)
        if (path := weekly_followers(Draws(f"f{seed}"), attention, 52))
    ]

    assert sum(growth) / len(growth) == pytest.approx(math.log(1.02) / 4.345, rel=0.5)


def test_luck_has_heavy_tails_and_an_end():
    """A tiler's film with 56 million views would teach nobody anything."""
    truth = channel(world="viral", network="tiktok")
    lucks = [truth.luck(str(number)) for number in range(20_000)]

    assert max(lucks) == MOST_LUCK, "it is reached"
    assert sum(luck > 3 for luck in lucks) > 20, "and not before its time"
