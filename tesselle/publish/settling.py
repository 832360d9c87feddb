"""Doubt, settled: by repeating with the key, by asking the witness, by looking; else by a person.

*Absent* is said only after three looks that worked, the last one at least the settling time after
the deadline; only then may the step be tried again.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import asyncpg

from tesselle.connectors.protocols import StepCall, Window
from tesselle.connectors.registry import World, transport_for
from tesselle.domain.content import Content
from tesselle.domain.errors import NetworkError
from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Accepted,
    Candidate,
    Duplicate,
    Reconciliation,
    ReconciliationKind,
    Refused,
    Remote,
    Seen,
    Silent,
)
from tesselle.ledger.hot import checking
from tesselle.ledger.hot.checking import Doubt, Leased, Move
from tesselle.ledger.hot.late import known_after_all, tell_second_copy
from tesselle.ledger.hot.pool import DATABASE_GONE
from tesselle.ledger.hot.steady import boottime
from tesselle.publish.context import Context, Hand
from tesselle.publish.deciding import CANNOT_BE_TOLD, NOT_OURS, note
from tesselle.publish.failpoints import reach
from tesselle.publish.recipients import is_independent
from tesselle.publish.stepping import target_at
from tesselle.publish.timing import GIVE_UP_SETTLING_S, MOST_ABSENT

log = logging.getLogger(__name__)

SKEW = timedelta(minutes=2)
"""A network's clock may differ from ours by so much."""

CLOCKS_DIFFER = timedelta(seconds=30)
"""More than that between the network's clock and ours is no matter of a slow answer."""

LOOKS_FOR_ABSENT = 3

TAKES_BACK = {"edit", "delete"}
"""Steps that bring nothing new to light: they may be repeated at any hour."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Everything about one doubtful step, in one place."""

    leased: Leased
    doubt: Doubt
    hand: Hand
    call: StepCall
    how: Reconciliation


async def settle(context: Context, leased: Leased) -> None:
    """One look at one settling delivery."""
    doubt = await checking.doubt_of(context.db, leased.delivery_id)
    if doubt is None:
        # Its attempt was settled by a late answer: carry on where the steps are.
        await context.shared.move(leased, Move(DeliveryState.QUEUED, next_in_s=0.0))
        return
    item = await _item(context, leased, doubt)
    try:
        await _settled_by(context, item)
    except DATABASE_GONE:
        raise
    except Exception as error:
        # What we cannot read says nothing; but it must not be looked at for ever.
        log.exception("look_failed", extra={"delivery": leased.delivery_id})
        await _silent(context, item, "lookup", Silent(f"our error: {type(error).__name__}"))


async def _settled_by(context: Context, item: Doubtful) -> None:
    match _kind_now(item):
        case ReconciliationKind.NONE if is_independent(item.doubt.kind):
            # The doubt stays with its recipient; the others go on, and at their end a person is asked.
            await context.shared.move(
                item.leased, Move(DeliveryState.QUEUED, "cannot_be_told", next_in_s=0.0)
            )
        case ReconciliationKind.NONE:
            await _unknown(context, item, "cannot_be_told", CANNOT_BE_TOLD, {})
        case ReconciliationKind.KEY if _may_not_go_out_any_more(item):
            await _look(context, item, "lookup")
        case ReconciliationKind.KEY:
            await _repeat(context, item)
        case kind:
            await _look(context, item, kind.value)


async def _item(context: Context, leased: Leased, doubt: Doubt) -> Doubtful:
    hand = await context.hand(
        network=leased.network,
        channel_id=leased.channel_id,
        channel_version=leased.channel_version,
        workspace_id=leased.workspace_id,
        world_kind=leased.world_kind,
        now=leased.now,
    )
    steps = await context.shared.reading_steps.ask(leased.delivery_id)
    call = StepCall(
        account=hand.account,
        kind=doubt.kind,
        position=doubt.position,
        content=Content.from_json(leased.body),
        key=doubt.key,
        instant=doubt.instant,
        earlier=tuple(s.remote for s in steps if s.remote is not None and s.position < doubt.position),
        target=target_at(leased.target, doubt.position),
        frozen=doubt.frozen,
    )
    return Doubtful(leased, doubt, hand, call, hand.connector.reconciliation(doubt.kind, hand.account))


def _kind_now(item: Doubtful) -> ReconciliationKind:
    """Past its life a key is no key any more: then it must be looked up."""
    how, doubt = item.how, item.doubt
    if how.kind is ReconciliationKind.KEY and how.valid_for_s is not None:
        age = max((doubt.now - doubt.started_at).total_seconds(), doubt.since_start_s)
        if age + 60 > how.valid_for_s:
            return ReconciliationKind.LOOKUP
    return how.kind


def _may_not_go_out_any_more(item: Doubtful) -> bool:
    """A repeated call could be the first to get there, hours late: past its freshness one only looks.
    What is not there is then missed, and what cannot be told is a person's to decide."""
    return item.doubt.is_late and item.doubt.kind not in TAKES_BACK


async def _repeat(context: Context, item: Doubtful) -> None:
    """The same call with the same key: the network says itself what became of the first."""
    doubt, leased, hand = item.doubt, item.leased, item.hand
    wait = -doubt.since_deadline_s
    if not doubt.ended_by_caller and wait > 0:
        await context.shared.move(leased, Move(DeliveryState.SETTLING, "looking", next_in_s=wait + 0.5))
        return
    api = context.api(hand)
    try:
        request = hand.connector.request(item.call, await api.session())
    except NetworkError as error:
        await _silent(context, item, "repeat", Silent(str(error)))
        return
    request = request.with_deadline(context.timing.call_deadline(request.deadline_seconds))
    until, me = boottime() + request.deadline_seconds, context.standing.worker_id
    if not await checking.begin_repeat(
        context.db,
        attempt_id=doubt.attempt_id,
        token=leased.token,
        worker_id=me,
        deadline_seconds=request.deadline_seconds,
    ):
        return
    reach("before_repeat")
    exchange = await transport_for(World(hand.world_kind, hand.world_key)).exchange(
        request, gate=lambda: context.standing.gate(until, me)
    )
    reach("after_repeat")
    if exchange.response is None:
        await _silent(context, item, "repeat", Silent(exchange.cause))
        return
    verdict = hand.connector.read(item.call, exchange.response, hand.now)
    match verdict:
        case Accepted(remote):
            await _record(context, item, "repeat", "found", {"remote": remote.id})
            await _found(context, item, remote, "repeated")
        case Duplicate() | Refused():
            await _look(context, item, "lookup")
        case _:
            await _silent(context, item, "repeat", Silent(f"answered {exchange.response.status}"))


async def _look(context: Context, item: Doubtful, how: str) -> None:
    api = context.api(item.hand)
    window = await _window(context, item)
    try:
        sighting = await item.hand.connector.look_up(item.call, api, window)
        off = api.clock_off()
        if abs(off) > CLOCKS_DIFFER:
            # Their clock, by which they date posts, is not ours: look by theirs.
            api.now += off
            sighting = await item.hand.connector.look_up(item.call, api, _widened(window, off))
    except NetworkError as error:
        sighting = Silent(str(error))
    reach("after_look")
    match sighting:
        case Silent():
            await _silent(context, item, how, sighting)
        case Seen(candidates) if len(candidates) == 1 and candidates[0].certain:
            await _record(context, item, how, "found", {"remote": candidates[0].remote.id})
            await _found(context, item, candidates[0].remote, "found")
        case Seen(candidates) if candidates:
            evidence = {"candidates": [_shown(candidate) for candidate in candidates]}
            outcome = "several" if len(candidates) > 1 else "unsure"
            await _record(context, item, how, outcome, evidence)
            await _unknown(context, item, outcome, _CANDIDATES, evidence)
        case Seen():
            await _record(context, item, how, "not_there", {})
            await _not_there(context, item)


async def _window(context: Context, item: Doubtful) -> Window:
    """From before the attempt to when the network must have brought it to light; told twice, by the
    instants that were written down and by a clock that never jumps, and as wide as both."""
    doubt, now = item.doubt, item.leased.now
    settle = timedelta(seconds=context.timing.settle(item.how.settle_seconds))
    by_steady = now - timedelta(seconds=doubt.since_start_s)
    deadline = now - timedelta(seconds=doubt.since_deadline_s)
    return Window(
        start=min(doubt.started_at, doubt.instant, by_steady) - SKEW,
        end=max(doubt.deadline_at, deadline) + settle + SKEW,
        adopted=await checking.adopted_ids(context.db, item.leased.channel_id, doubt.instant),
    )


def _widened(window: Window, off: timedelta) -> Window:
    start, end = min(window.start, window.start + off), max(window.end, window.end + off)
    return replace(window, start=start, end=end)


def _shown(candidate: Candidate) -> dict[str, Any]:
    return {
        "remote": candidate.remote.to_json(),
        "posted_at": candidate.posted_at.isoformat(),
        "text": candidate.text[:200],
    }


async def _not_there(context: Context, item: Doubtful) -> None:
    """Not seen in this look: once more, or surely absent."""
    doubt = item.doubt
    looks = doubt.not_there_looks + 1
    settle = context.timing.settle(item.how.settle_seconds)
    since_deadline = doubt.since_deadline_s
    if looks < LOOKS_FOR_ABSENT or since_deadline < settle:
        left = settle - since_deadline
        pause = max(left / max(LOOKS_FOR_ABSENT - looks, 1), context.timing.first_look)
        await context.shared.move(
            item.leased,
            Move(
                DeliveryState.SETTLING, "looking", note(_LOOKING_ON), next_in_s=min(pause, max(left, 0) + 0.5)
            ),
        )
        return
    is_absent = await checking.settle_attempt(
        context.db, doubt.attempt_id, AttemptState.ABSENT, "absent", None, adopts=False
    )
    if is_absent and doubt.past_absent + 1 >= MOST_ABSENT:
        state = DeliveryState.PARTIAL if item.call.earlier else DeliveryState.REFUSED
        await context.shared.move(item.leased, Move(state, "keeps_failing", note(_KEEPS_FAILING)))
        return
    await context.shared.move(item.leased, Move(DeliveryState.QUEUED, "absent", next_in_s=0.0))


async def _found(context: Context, item: Doubtful, remote: Remote, verdict: str) -> None:
    adopts = item.doubt.kind not in {"edit", "delete"}
    try:
        settled = await checking.settle_attempt(
            context.db, item.doubt.attempt_id, AttemptState.FOUND, verdict, remote, adopts=adopts
        )
    except asyncpg.UniqueViolationError:
        await _unknown(context, item, "not_ours", NOT_OURS, {})
        return
    if settled:
        reach("after_found")
        if item.doubt.number > 1:
            await tell_second_copy(context.db, item.leased.delivery_id)
        # Back into the queue: the claim sees which steps are done, and what is left to do.
        await context.shared.move(item.leased, Move(DeliveryState.QUEUED, "found", next_in_s=0.0))


async def _silent(context: Context, item: Doubtful, how: str, silent: Silent) -> None:
    """The look said nothing: look again later, and after a day ask a person."""
    await _record(context, item, how, "silent", {"why": silent.why[:300]})
    if silent.is_lasting and _may_not_go_out_any_more(item):
        await _unknown(context, item, "late", _TOO_LATE, {})
        return
    if item.doubt.since_start_s > GIVE_UP_SETTLING_S * context.timing.scale:
        await _unknown(context, item, "no_look_worked", _NO_LOOK, {})
        return
    pause = min(context.timing.back_off(item.doubt.looks), 3600 * context.timing.scale)
    if silent.until is not None:
        pause = max((silent.until - item.leased.now).total_seconds(), pause)
    await context.shared.move(
        item.leased, Move(DeliveryState.SETTLING, "looking", note(_LOOKING_ON), next_in_s=pause)
    )


async def _unknown(
    context: Context, item: Doubtful, reason: str, message: Message, evidence: dict[str, Any]
) -> None:
    """A person decides; the attempt stays ambiguous until then, unless it was answered while we looked."""
    await context.shared.move(item.leased, Move(DeliveryState.UNKNOWN, reason, {**note(message), **evidence}))
    await known_after_all(context.db, item.leased.delivery_id)


async def _record(context: Context, item: Doubtful, how: str, outcome: str, evidence: dict[str, Any]) -> None:
    await checking.record_look(context.db, item.doubt.attempt_id, how=how, outcome=outcome, evidence=evidence)


_LOOKING_ON = Message(N_("Not to be seen there yet. We look again before anything is sent."))
_CANDIDATES = Message(
    N_("Something like it is on the network, but we cannot be sure it is this post. Please choose.")
)
_NO_LOOK = Message(N_("For a whole day the network could not be asked. Please look there yourself."))
_TOO_LATE = Message(
    N_(
        "Whether it went out cannot be told, and by now it is too late to try again without asking you. Please "
        "look there."
    )
)
_KEEPS_FAILING = Message(
    N_("The network took the call several times without publishing anything. Please look at its answer.")
)
