"""The one place that decides what may follow, by one question: could the network have accepted it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tesselle.connectors.http.exchange import Exchange
from tesselle.domain.errors import BlockedError, NetworkError, RejectedError, TryLaterError
from tesselle.domain.lifecycle import AttemptState, DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import (
    Accepted,
    Blocked,
    BlockReason,
    Doubtful,
    Duplicate,
    Later,
    ReconciliationKind,
    Refused,
    Remote,
    Verdict,
)
from tesselle.ledger.hot.sending import Advance
from tesselle.publish.timing import Timing


@dataclass(frozen=True, slots=True)
class Decision:
    """What an attempt becomes, and where its delivery goes (None: on to the next step).

    `only_this`: of several recipients only this one is concerned; the others can go on.
    """

    attempt: AttemptState
    verdict: str
    evidence: Mapping[str, Any]
    advance: Advance | None
    remote: Remote | None = None
    block: tuple[BlockReason, Message] | None = None
    renew_session: bool = False
    only_this: bool = False


PUT_OFF = "put_off"
"""The verdict on an attempt whose recipient alone was told to come later."""


def note(message: Message) -> dict[str, Any]:
    return {"sentence": message.sentence, "params": dict(message.params)}


def decide(
    exchange: Exchange,
    verdict: Verdict | None,
    *,
    kind: ReconciliationKind,
    parts_out: bool,
    doubted_before: bool,
    retries: int,
    now: datetime,
    timing: Timing,
) -> Decision:
    """`verdict` is the connector's reading of `exchange.response`, None without an answer.

    `parts_out`: earlier steps of the delivery are on the network. `doubted_before`: an earlier
    attempt of this step could not be told.
    """
    evidence = _evidence(exchange)
    if exchange.response is None and not exchange.written:
        return Decision(
            AttemptState.UNSENT, "nothing_written", evidence, _wait(timing.back_off(retries), _NO_WAY)
        )
    match verdict:
        case Accepted(remote):
            return Decision(AttemptState.ACCEPTED, "accepted", evidence, None, remote)
        case Refused(code, message, only_this):
            to = refused(code, message, parts_out)
            return Decision(AttemptState.REFUSED, f"refused:{code}"[:40], evidence, to, only_this=only_this)
        case Blocked(reason, message):
            advance = Advance(DeliveryState.BLOCKED, reason.value, note(message))
            return Decision(
                AttemptState.REFUSED, f"blocked:{reason}", evidence, advance, block=(reason, message)
            )
        case Later(message, until, renew, only_this):
            seconds = timing.back_off(retries) if until is None else max((until - now).total_seconds(), 0.1)
            if renew:
                seconds = 0.0 if retries == 0 else timing.back_off(retries)
            return Decision(
                AttemptState.REFUSED,
                PUT_OFF if only_this else "later",
                evidence,
                _wait(seconds, message),
                renew_session=renew,
                only_this=only_this,
            )
        case Duplicate(message) if not doubted_before:
            return Decision(
                AttemptState.REFUSED, "duplicate", evidence, refused("duplicate", message, parts_out)
            )
        case Duplicate():
            why = "duplicate"
        case Doubtful(reading):
            why = reading or "doubtful"
        case _:
            why = "no_answer"
    return Decision(AttemptState.AMBIGUOUS, why[:40], evidence, doubtful(kind, timing))


def refused(code: str, message: Message, parts_out: bool) -> Advance:
    """The content is to blame: a person mends it; what is out stays out."""
    state = DeliveryState.PARTIAL if parts_out else DeliveryState.REFUSED
    return Advance(state, code[:40], note(message))


def doubtful(kind: ReconciliationKind, timing: Timing) -> Advance:
    if kind is ReconciliationKind.NONE:
        return Advance(DeliveryState.UNKNOWN, "cannot_be_told", note(CANNOT_BE_TOLD))
    return Advance(DeliveryState.SETTLING, "looking", note(_LOOKING), next_in_s=timing.first_look)


def after_preparation_failed(
    error: NetworkError, *, parts_out: bool, retries: int, now: datetime, timing: Timing
) -> Decision:
    """Only reversible calls were made, so nothing can be doubtful."""
    evidence = {"preparing": str(error)[:500]}
    match error:
        case BlockedError():
            reason = BlockReason(error.reason)
            advance = Advance(DeliveryState.BLOCKED, reason.value, note(error.message))
            return Decision(
                AttemptState.UNSENT, f"blocked:{reason}", evidence, advance, block=(reason, error.message)
            )
        case RejectedError():
            return Decision(
                AttemptState.UNSENT,
                f"refused:{error.reason}"[:40],
                evidence,
                refused(error.reason, error.message, parts_out),
            )
        case TryLaterError():
            seconds = max((error.until - now).total_seconds(), 0.1)
            return Decision(AttemptState.UNSENT, "later", evidence, _wait(seconds, error.message))
        case _:
            seconds = timing.back_off(retries)
            return Decision(AttemptState.UNSENT, "not_prepared", evidence, _wait(seconds, error.message))


def _wait(seconds: float, message: Message) -> Advance:
    return Advance(DeliveryState.WAITING, "later", note(message), next_in_s=seconds)


def _evidence(exchange: Exchange) -> dict[str, Any]:
    """What a person may see later: status and the beginning of the answer, no headers."""
    if exchange.response is None:
        return {"cause": exchange.cause, "written": exchange.written}
    body = exchange.response.body[:600].decode("utf-8", "replace").replace("\x00", "")
    return {"status": exchange.response.status, "answer": body}


_NO_WAY = Message(N_("The network could not be reached. Nothing was sent; we try again by ourselves."))
_LOOKING = Message(
    N_("The answer got lost. We look on the network whether the post is there before anything else.")
)
CANNOT_BE_TOLD = Message(
    N_("The answer got lost, and this network cannot be asked. Please look there, then say what you saw.")
)
NOT_OURS = Message(
    N_("The network answered with the address of another post of yours. Please look there, then decide.")
)
