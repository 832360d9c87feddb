import pytest

from tests.journeys.chaos_runs import chaos

pytestmark = pytest.mark.chaos


def test_forty_scenarios_lose_nothing_and_double_nothing():
    run = chaos(["--runs", "40", "--seed", "7"])

    report = run.report
    assert report["failures"] == []
    assert run.status == 0
    assert report["scenarios"] == 40
    assert (report["lost"], report["doubled"], report["unfinished"]) == (0, 0, 0)
    assert report["unknown"] == report["unknown_expected"]
    assert all(fault["fired"] == fault["scenarios"] for fault in report["by_fault"].values())
