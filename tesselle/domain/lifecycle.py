"""The states of a delivery and of an attempt, declared once, checked when imported.

A state is advanced only by a guarded update (`... WHERE state = <the old one>`); `ledger` is the
only writer. A wrong graph cannot be imported.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

State = TypeVar("State", bound=StrEnum)


class DeliveryState(StrEnum):
    PLANNED = "planned"
    QUEUED = "queued"
    SENDING = "sending"
    PROCESSING = "processing"  # accepted; not yet read back
    LIVE = "live"  # read back on the network
    SENT = "sent"  # accepted by a network that cannot be read back
    WAITING = "waiting"  # rate limit or later retry, with the instant
    SETTLING = "settling"  # doubtful, being looked up
    PARTIAL = "partial"  # some parts are out, the rest needs a person
    BLOCKED = "blocked"  # outside the content; resumes by itself if still fresh
    REFUSED = "refused"  # the content; a person mends it
    UNKNOWN = "unknown"  # the network could not tell; a person decides
    MISSED = "missed"  # too late to go out without asking
    CANCELLED = "cancelled"
    REMOVED = "removed"  # seen live, then absent in two reads an hour apart


class AttemptState(StrEnum):
    PREPARED = "prepared"
    SENDING = "sending"  # durable before a byte of the call leaves
    ACCEPTED = "accepted"
    REFUSED = "refused"  # a sure no: of the content, of the account, or "not now"
    UNSENT = "unsent"  # nothing was written
    AMBIGUOUS = "ambiguous"  # the network could have accepted it
    FOUND = "found"
    ABSENT = "absent"
    FAILED = "failed"  # accepted, then refused while processing
    GIVEN_UP = "given_up"  # a person decided


class LifecycleError(Exception):
    """The declared graph is wrong."""


D = DeliveryState
A = AttemptState

DELIVERY: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    D.PLANNED: frozenset({D.QUEUED, D.BLOCKED, D.MISSED, D.CANCELLED}),
    D.QUEUED: frozenset({D.SENDING, D.BLOCKED, D.MISSED, D.CANCELLED, D.PLANNED, D.SETTLING, D.PARTIAL}),
    D.SENDING: frozenset(
        {
            D.QUEUED,  # handed back before a byte left
            D.PROCESSING,
            D.SENT,
            D.WAITING,
            D.SETTLING,
            D.PARTIAL,
            D.BLOCKED,
            D.REFUSED,
            D.UNKNOWN,
            D.CANCELLED,
        }
    ),
    D.PROCESSING: frozenset({D.LIVE, D.UNKNOWN, D.REFUSED, D.PARTIAL}),
    D.LIVE: frozenset({D.REMOVED}),
    D.SENT: frozenset({D.LIVE, D.REMOVED}),  # taken down by us, where nobody can look
    D.WAITING: frozenset({D.QUEUED, D.MISSED, D.CANCELLED, D.PARTIAL}),
    D.SETTLING: frozenset(
        {D.QUEUED, D.PROCESSING, D.SENT, D.UNKNOWN, D.REFUSED, D.BLOCKED, D.WAITING, D.PARTIAL}
    ),
    D.PARTIAL: frozenset({D.QUEUED, D.CANCELLED, D.PROCESSING}),
    D.BLOCKED: frozenset({D.QUEUED, D.PLANNED, D.MISSED, D.CANCELLED, D.PARTIAL}),
    D.REFUSED: frozenset({D.QUEUED, D.PLANNED, D.CANCELLED}),
    D.UNKNOWN: frozenset({D.QUEUED, D.SETTLING, D.PROCESSING, D.SENT, D.LIVE, D.CANCELLED, D.PARTIAL}),
    D.MISSED: frozenset({D.QUEUED, D.PLANNED, D.CANCELLED}),
    D.CANCELLED: frozenset({D.PLANNED}),  # undo
    D.REMOVED: frozenset({D.LIVE}),  # seen again
}

ATTEMPT: Mapping[AttemptState, frozenset[AttemptState]] = {
    A.PREPARED: frozenset({A.SENDING, A.UNSENT}),
    A.SENDING: frozenset({A.ACCEPTED, A.REFUSED, A.UNSENT, A.AMBIGUOUS}),
    A.AMBIGUOUS: frozenset({A.ACCEPTED, A.FOUND, A.ABSENT, A.GIVEN_UP}),
    A.ACCEPTED: frozenset({A.FAILED, A.GIVEN_UP}),
    A.FOUND: frozenset({A.FAILED, A.GIVEN_UP}),
    A.REFUSED: frozenset(),
    A.UNSENT: frozenset(),
    A.ABSENT: frozenset(),
    A.FAILED: frozenset(),
    A.GIVEN_UP: frozenset(),
}

HOLDING = frozenset({A.PREPARED, A.SENDING, A.AMBIGUOUS, A.ACCEPTED, A.FOUND})
"""At most one attempt of a step is in one of these: the partial unique index says so."""

SUCCEEDED = frozenset({A.ACCEPTED, A.FOUND})

CANCELLABLE = frozenset(state for state, after in DELIVERY.items() if D.CANCELLED in after)

NEEDS_A_PERSON = frozenset({D.PARTIAL, D.BLOCKED, D.REFUSED, D.UNKNOWN, D.MISSED, D.REMOVED})

TO_COME = frozenset({D.PLANNED, D.QUEUED, D.SENDING, D.PROCESSING, D.WAITING, D.SETTLING})
"""Planned or under way: what it takes of its network's allowance is not all spent yet."""

OUT = frozenset({D.PROCESSING, D.LIVE, D.SENT})
"""The network said yes to all of it."""


def check_graph(states: type[State], graph: Mapping[State, frozenset[State]], start: State) -> None:
    """Every state is declared, reachable from the start, and leads only to states.

    Raises:
        LifecycleError: with the first thing that is wrong.
    """
    missing = set(states) - set(graph)
    if missing:
        raise LifecycleError(f"no way out is declared for {sorted(missing)}")
    reached, border = {start}, [start]
    while border:
        for state in graph[border.pop()]:
            if state not in reached:
                reached.add(state)
                border.append(state)
    if reached != set(states):
        raise LifecycleError(f"never reached from {start}: {sorted(set(states) - reached)}")


def may_become(graph: Mapping[State, frozenset[State]], old: State, new: State) -> bool:
    return new in graph[old]


check_graph(DeliveryState, DELIVERY, D.PLANNED)
check_graph(AttemptState, ATTEMPT, A.PREPARED)
