"""Chaos that always passes proves nothing: seven ways to break the ledger, each found out.

The channel is Telegram's with a discussion group, where only looking tells: a network with keys of
its own would forgive most of these.
"""

import pytest

from tests.journeys.chaos_runs import chaos

pytestmark = pytest.mark.chaos

TELEGRAM = ("--network", "telegram", "--full", "--patience", "25")


@pytest.mark.parametrize(
    ("sabotage", "fault", "what"),
    [
        ("no_row_before_the_call", "kill:after_exchange", "doubled"),
        ("no_lock_check", "stop:after_begin", "doubled"),
        ("absent_after_one_look", "create:accept_late", "doubled"),
        ("resend_on_5xx", "create:accept_5xx", "doubled"),
        ("no_unique_index", "create:accept_cut", "doubled"),
        ("no_deadline", "create:hang", "unfinished"),
        ("trusting_the_wall_clock", "clock:forward", "doubled"),
    ],
)
def test_a_broken_ledger_does_not_get_past_chaos(sabotage: str, fault: str, what: str):
    run = chaos([*TELEGRAM, "--only", fault], sabotage=sabotage)

    assert run.status == 1
    assert run.report[what] > 0, run.report["failures"]


def test_what_is_left_unfinished_is_told_with_what_it_waits_for():
    run = chaos([*TELEGRAM, "--only", "create:hang"], sabotage="no_deadline")

    because = run.report["unfinished_because"]
    assert len(because) == run.report["unfinished"] > 0
    assert {one["code"] for one in because.values()} == {"calling"}
    assert any("unfinished because calling" in line for line in run.report["failures"])


def test_workers_that_die_at_their_start_are_named_with_their_last_words():
    run = chaos([*TELEGRAM, "--only", "create:throttle", "--patience", "5"], sabotage="nobody_knows_this")

    told = list(run.report["unfinished_because"].values())
    assert {one["code"] for one in told} == {"no_worker"}
    assert all("worker A ended by itself with status 1: KeyError" in one["words"] for one in told)
