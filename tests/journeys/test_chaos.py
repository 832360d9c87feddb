"""The gate's share of chaos: every network, every kind of event, the same draw each time."""

import pytest

from tests.journeys.chaos_runs import chaos

pytestmark = pytest.mark.chaos

SEED = 7
CALM = ("--time-scale", "0.06")
"""Twice the usual time, so that the networks' own promises (an answer that is late, but not later than
its settling time) hold on a machine where others work too."""


def test_sixty_scenarios_lose_nothing_and_double_nothing():
    run = chaos(["--runs", "60", "--seed", str(SEED), *CALM])

    report = run.report
    again = f"again: tesselle chaos --runs 60 --seed {SEED} {' '.join(CALM)}"
    assert report["failures"] == [], again
    assert run.status == 0, again
    assert report["scenarios"] == 60
    assert (report["lost"], report["doubled"], report["unfinished"]) == (0, 0, 0)
    assert report["unknown"] == report["unknown_expected"]
    assert all(fault["fired"] == fault["scenarios"] for fault in report["by_fault"].values())
