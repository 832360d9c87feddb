"""What is generally known of a network's hours: expected in part, learned by the account's own posts."""

from dataclasses import replace

import numpy as np
import pytest

from tesselle.insights.design import expected_timing, known_parts, known_timing
from tesselle.insights.effects import effects_of
from tesselle.insights.fit import fit
from tesselle.insights.prediction import PlannedPost, expected
from tesselle.insights.slots import slot_against, slot_values, waking_slots
from tesselle.insights.tests.made import posts

USUAL = 40.0


def on_x(count, truth=None):
    """Where `truth` is None all posts were made at one and the same hour, so that they say nothing of hours."""
    table = replace(posts(count), networks=("x",))
    if truth is None:
        return replace(table, slot=np.full(count, 30), counts=np.full(count, USUAL))
    random = np.random.Generator(np.random.Philox(7))
    return replace(table, counts=random.poisson(USUAL * np.exp(truth[table.slot])).astype(float))


def post_at(slot):
    return PlannedPost(channel=0, slot=slot, format=0, pillar=0, length=2, hashtags=2, cadence=0)


def test_before_any_own_history_hours_promise_two_fifths_and_weekends_all():
    table, slots = on_x(12), waking_slots()
    parts = known_parts("x")
    promised = parts["known days"] + 0.4 * parts["known hours"]

    values = slot_values(fit(table), table, 0, slots)

    assert np.allclose(promised, expected_timing("x"))
    assert values[0].slot == slots[int(np.argmax(promised[slots]))]
    assert values[0].of.mean == pytest.approx(promised[slots].max() - promised[slots].mean(), abs=0.05)


def test_hours_that_prove_true_are_believed_in_full_wherever_they_are_told():
    truth, slots = known_timing("x"), waking_slots()
    table = on_x(400, truth)
    found = fit(table)
    best, worst = slots[int(np.argmax(truth[slots]))], slots[int(np.argmin(truth[slots]))]
    gain = truth[best] - truth[worst]

    hours = [effect.of.mean for effect in effects_of(found, table, "hour", 0)]
    of_days = truth.reshape(7, 24)[:5].mean(axis=0)
    told = np.log(
        expected(found, table, post_at(best)).middle / expected(found, table, post_at(worst)).middle
    )

    assert slot_against(found, table, 0, best, [worst]).mean == pytest.approx(gain, rel=0.1)
    assert max(hours) - min(hours) == pytest.approx(of_days.max() - of_days.min(), rel=0.1)
    assert told == pytest.approx(gain, rel=0.15)
