"""Reading back: what was accepted becomes `live` only when it was seen there."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from tesselle.connectors.protocols import Verifies
from tesselle.domain.errors import NetworkError
from tesselle.domain.lifecycle import DeliveryState
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import Absent, Presence, Present, ProcessingFailed, Silent
from tesselle.ledger.hot import checking
from tesselle.ledger.hot.checking import Leased, Move
from tesselle.publish.context import Context
from tesselle.publish.deciding import note
from tesselle.publish.timing import LIVE_CHECKS_S

log = logging.getLogger(__name__)

ABSENT_TWICE_APART = timedelta(hours=1)


async def verify(context: Context, leased: Leased) -> None:
    """One reading of one accepted or live delivery."""
    reading = await _read_back(context, leased)
    if leased.state == DeliveryState.LIVE:
        await _still_there(context, leased, reading.presence)
    else:
        await _appeared(context, leased, reading)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is seen of all its parts. `presence`: of the first that is not as it should be, else of
    the first; `not_seen`: the positions of all that are not."""

    presence: Presence
    not_seen: tuple[int, ...] = ()


async def _read_back(context: Context, leased: Leased) -> Reading:
    hand = await context.hand(
        network=leased.network,
        channel_id=leased.channel_id,
        channel_version=leased.channel_version,
        workspace_id=leased.workspace_id,
        world_kind=leased.world_kind,
        now=leased.now,
    )
    if not isinstance(hand.connector, Verifies):
        return Reading(Silent("this network cannot be read back"))
    api = context.api(hand)
    wanted = Absent if leased.purpose == "delete" else Present
    read: list[Presence] = []
    not_seen: dict[int, Presence] = {}
    for step in await context.shared.reading_steps.ask(leased.delivery_id):
        if step.remote is None:
            continue
        try:
            presence = await hand.connector.verify(step.remote, api)
        except NetworkError as error:
            presence = Silent(str(error))
        except Exception as error:
            # An answer that we cannot read must not keep it waiting for ever.
            log.exception("read_back_failed", extra={"delivery": leased.delivery_id})
            presence = Silent(f"our error: {type(error).__name__}")
        read.append(presence)
        if not isinstance(presence, wanted):
            not_seen[step.position] = presence
    if not read:
        return Reading(Silent("nothing to read"))
    return Reading(next(iter(not_seen.values()), read[0]), tuple(not_seen))


async def _appeared(context: Context, leased: Leased, reading: Reading) -> None:
    gone = leased.purpose == "delete"
    match reading.presence:
        case Absent() if gone:
            await checking.mark_removed_by_us(context.db, leased.delivery_id)
            await context.shared.move(leased, Move(DeliveryState.LIVE))
        case Present(remote) if not gone:
            first = LIVE_CHECKS_S[0] * context.timing.scale if leased.purpose == "post" else None
            await context.shared.move(leased, Move(DeliveryState.LIVE, remote=remote, next_in_s=first))
        case ProcessingFailed(code, message):
            await checking.fail_attempts(context.db, leased.delivery_id, f"failed:{code}"[:40])
            await context.shared.move(leased, Move(DeliveryState.REFUSED, code[:40], note(message)))
        case _:
            await _not_yet(context, leased, reading)


async def _not_yet(context: Context, leased: Leased, reading: Reading) -> None:
    if leased.verify_until is not None and leased.now >= leased.verify_until:
        seen = {**note(_NEVER_SEEN), "not_seen": list(reading.not_seen)}
        await context.shared.move(leased, Move(DeliveryState.UNKNOWN, "never_seen", seen))
        return
    since = (leased.now - (leased.accepted_at or leased.now)).total_seconds()
    pause = min(max(2.0 * context.timing.scale, since / 2), 300.0 * context.timing.scale)
    await context.shared.move(leased, Move(DeliveryState.PROCESSING, next_in_s=pause))


async def _still_there(context: Context, leased: Leased, presence: Presence) -> None:
    scale = context.timing.scale
    match presence:
        case Absent() if leased.absent_since is None:
            hour = ABSENT_TWICE_APART.total_seconds() * scale
            await context.shared.move(
                leased,
                Move(DeliveryState.LIVE, absent_since=leased.now, next_in_s=hour),
            )
        case Absent():
            await context.shared.move(
                leased,
                Move(DeliveryState.REMOVED, "gone", note(_GONE), absent_since=leased.absent_since),
            )
        case Present():
            age = (leased.now - (leased.live_at or leased.now)).total_seconds()
            following = next((at for at in LIVE_CHECKS_S if at * scale > age + 1), None)
            pause = None if following is None else following * scale - age
            await context.shared.move(leased, Move(DeliveryState.LIVE, next_in_s=pause))
        case _:
            await context.shared.move(
                leased,
                Move(DeliveryState.LIVE, absent_since=leased.absent_since, next_in_s=3600.0 * scale),
            )


_NEVER_SEEN = Message(
    N_("The network said yes, but the post never appeared. Please look there, then say what you saw.")
)
_GONE = Message(N_("The post was there, and two readings an hour apart no longer find it."))
