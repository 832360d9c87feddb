"""Ways to break the ledger, done to a worker of chaos by importing this module there.

Each takes away one promise that docs/algorithms/publishing.md makes.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg

from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.ledger.hot import checking
from tesselle.ledger.hot.sending import Advance
from tesselle.publish import deciding, sending, settling
from tesselle.publish.context import Standing
from tesselle.publish.timing import Timing


def _replace(owner: Any, name: str, value: Any) -> None:
    setattr(owner, name, value)


def no_row_before_the_call() -> None:
    """The attempt stays `prepared` until its outcome is known."""

    async def begin(*_args: Any, **_more: Any) -> bool:
        return True

    _replace(sending, "begin", begin)


def no_lock_check() -> None:
    """Nobody is asked just before the first byte."""
    _replace(Standing, "gate", lambda _self, _until, _begun_as: None)


def absent_after_one_look() -> None:
    _replace(settling, "LOOKS_FOR_ABSENT", 1)
    _replace(Timing, "settle", lambda _self, _seconds: -1000.0)


def resend_on_5xx() -> None:
    decide = deciding.decide

    def careless(exchange: Any, *args: Any, **more: Any) -> Any:
        decision = decide(exchange, *args, **more)
        if exchange.response is not None and exchange.response.status >= 500:
            again = Advance(DeliveryState.WAITING, "later", next_in_s=0.1)
            return replace(decision, attempt=AttemptState.UNSENT, advance=again)
        return decision

    _replace(sending, "decide", careless)


def no_unique_index() -> None:
    """What is in doubt is queued again by mistake, and no index stops the second attempt."""
    again = Advance(DeliveryState.WAITING, "later", next_in_s=0.1)
    _replace(deciding, "doubtful", lambda _kind, _timing: again)
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute("DROP INDEX IF EXISTS one_holding_attempt_per_step")


def no_deadline() -> None:
    """A call may take as long as it likes."""
    _replace(Timing, "call_deadline", lambda _self, _seconds: 3600.0)


def trusting_the_wall_clock() -> None:
    """How long ago the deadline was is asked of the database's clock alone."""
    doubt_of = checking.doubt_of

    async def trusting(*args: Any) -> Any:
        doubt = await doubt_of(*args)
        return doubt and replace(doubt, since_deadline_s=(doubt.now - doubt.deadline_at).total_seconds())

    _replace(checking, "doubt_of", trusting)


SABOTAGES: dict[str, Callable[[], None]] = {
    function.__name__: function
    for function in (
        no_row_before_the_call,
        no_lock_check,
        absent_after_one_look,
        resend_on_5xx,
        no_unique_index,
        no_deadline,
        trusting_the_wall_clock,
    )
}

SABOTAGES[os.environ["SABOTAGE"]]()
