from dataclasses import replace

import numpy as np
import pytest

from tesselle.insights import hyper, structures
from tesselle.insights.design import KNOWN, design_of, known_parts
from tesselle.insights.effects import effects_of, recent
from tesselle.insights.fit import fit
from tesselle.insights.gram import sums_of
from tesselle.insights.posts import Factor
from tesselle.insights.prediction import PlannedPost, expected, rank
from tesselle.insights.tests.made import posts


def means(posterior, table, factor):
    return np.array([effect.of.mean for effect in effects_of(posterior, table, factor)])


def deviations(posterior, table, factor):
    return np.array([effect.of.variance**0.5 for effect in effects_of(posterior, table, factor)])


@pytest.mark.parametrize(
    "structure", [structures.independent, structures.ordered, structures.circular, structures.drifting]
)
@pytest.mark.parametrize("levels", [2, 5, 24])
def test_a_structure_sums_to_zero_and_has_a_mean_variance_of_one(structure, levels):
    factor = structure(levels)
    covariance = factor @ factor.T

    assert np.allclose(covariance.sum(axis=0), 0, atol=1e-9)
    assert np.trace(covariance) / levels == pytest.approx(1)


def test_an_effect_that_is_there_is_found_with_its_size():
    table = posts(400, video=0.7)

    video = effects_of(fit(table), table, "format")[2]

    mix = (table.format.index[recent(table)] == 2).mean()
    assert video.of.mean == pytest.approx(0.7 * (1 - mix), abs=0.15)
    assert video.of.quantile(0.01) < 0.7 * (1 - mix) < video.of.quantile(0.99)


def test_shuffled_rows_give_the_same_result_to_the_last_bit():
    table = posts(90)
    shuffled = table.chosen(np.random.Generator(np.random.Philox(5)).permutation(90))

    assert fit(table).components[0].mean.tobytes() == fit(shuffled).components[0].mean.tobytes()


def test_other_names_for_formats_only_permute_their_effects():
    table = posts(120, video=0.5)
    turned = replace(table, format=Factor((table.format.index + 1) % 3, ("video", "image", "text")))

    before, after = means(fit(table), table, "format"), means(fit(turned), turned, "format")

    assert after[[1, 2, 0]] == pytest.approx(before, abs=2e-3)


def test_a_constant_exposure_moves_only_the_common_level():
    table = posts(120, video=0.5)
    seen_more = replace(table, exposure=np.full(120, 1.3))

    assert means(fit(seen_more), seen_more, "format") == pytest.approx(
        means(fit(table), table, "format"), abs=1e-6
    )


def test_twice_the_posts_say_it_more_narrowly():
    table = posts(100, video=0.4)
    twice = table.chosen(np.concatenate([np.arange(100), np.arange(100)]))

    assert (deviations(fit(twice), twice, "format") < deviations(fit(table), table, "format")).all()


def test_a_level_that_was_never_used_keeps_the_width_of_its_kind():
    table = posts(120)
    with_another = replace(table, format=Factor(table.format.index, ("image", "text", "video", "poll")))

    posterior = fit(with_another)

    never = effects_of(posterior, with_another, "format")[3]
    used = effects_of(posterior, with_another, "format")[0]
    assert never.posts == 0
    assert never.of.variance > 2 * used.of.variance


def test_effects_weighted_by_the_accounts_own_mix_sum_to_zero():
    table = posts(150, video=0.4)
    mix = np.bincount(table.format.index[recent(table)], minlength=3) / recent(table).sum()

    assert mix @ means(fit(table), table, "format") == pytest.approx(0, abs=1e-12)


def test_channels_share_what_they_know():
    table = posts(90, channels=3, video=0.6)

    effects = [effects_of(fit(table), table, "format", channel)[2].of.mean for channel in range(3)]

    assert min(effects) > 0


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_handful_of_posts_gives_wide_answers_not_a_crash(count):
    table = posts(count)

    effects = effects_of(fit(table), table, "format")

    assert all(abs(effect.of.mean) < 0.5 for effect in effects)
    assert max(effect.of.variance for effect in effects) > 0.01


def test_posts_without_a_single_interaction_can_be_fitted():
    table = replace(posts(40), counts=np.zeros(40))

    assert np.isfinite(means(fit(table), table, "format")).all()


def test_a_planned_post_is_told_in_whole_numbers_around_what_is_usual():
    table = posts(200, usual=20.0)
    plan = PlannedPost(channel=0, slot=34, format=0, pillar=0, length=2, hashtags=1, cadence=0)
    posterior = fit(table)

    found = expected(posterior, table, plan)

    assert found.low < found.middle < found.high
    assert 10 < found.middle < 40
    below, up_to = rank(posterior, table, plan, float(found.middle))
    assert below <= 0.5 <= up_to


def test_a_wider_multiplier_gives_a_wider_range():
    table, plan = posts(200), PlannedPost(0, 34, 0, 0, 2, 1, 0)
    posterior = fit(table)

    narrow, wide = expected(posterior, table, plan), expected(posterior, table, plan, widen=2.0)

    assert wide.high > narrow.high


def test_an_inverse_is_whole_and_the_same_on_both_sides():
    random = np.random.Generator(np.random.Philox(3))
    root = random.standard_normal((40, 30))
    matrix = root.T @ root + np.eye(30)

    found = hyper._inverse(hyper._cholesky(matrix, np.zeros(30)))

    assert np.array_equal(found, found.T)
    assert np.allclose(found @ matrix, np.eye(30), atol=1e-6)


def test_the_cost_of_scales_is_the_same_with_and_without_its_gradient():
    table = posts(60)
    design = design_of(table)
    scales = hyper.Scales(design)
    sums = sums_of(design, np.log(table.counts + 0.5), np.ones(len(table)))

    for step in (0.0, 0.3, -0.4):
        theta = scales.start + step
        assert scales.value(theta, sums) == scales.cost(theta, sums)[0]


def test_a_wrong_belief_about_hours_is_given_up_however_right_the_one_about_weekends():
    table = replace(posts(400), networks=("linkedin",))
    parts = known_parts("linkedin")
    truth = parts["known days"] - parts["known hours"]
    counts = np.random.Generator(np.random.Philox(3)).poisson(40 * np.exp(truth[table.slot]))

    found = fit(replace(table, counts=counts.astype(float)))

    weights = {name: KNOWN[name][0] + found.of(found.design.row(name, 0)).mean for name in parts}
    assert weights["known days"] > 0.7
    assert weights["known hours"] < 0.2
