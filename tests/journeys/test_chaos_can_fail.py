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
