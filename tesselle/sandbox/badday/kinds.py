"""What can go wrong with a whole network, as faults that its sandbox plays."""

from collections.abc import Iterable
from enum import StrEnum

from tesselle.connectors.sandbox.contract import Sandbox
from tesselle.simulation.faults import Effect, Fault, FaultScript

NAME = "bad day"
ALWAYS = 10**9
THROTTLED_FOR_S = 900.0
WRITING = frozenset({"create", "edit", "delete", "upload", "prepare"})
SIGNING_IN = frozenset({"session", "identify"})


class Kind(StrEnum):
    OUTAGE = "outage"
    THROTTLED = "throttled"
    REFUSES = "refuses"
    EXPIRED = "expired"


def play(script: FaultScript, sandbox: Sandbox, kinds: Iterable[Kind]) -> None:
    """Just these, in place of those that were played before; faults of others stay."""
    script.faults = [fault for fault in script.faults if fault.name != NAME]
    operations = {operation.name for operation in sandbox.operations}
    for kind in sorted(kinds):
        effect = _EFFECTS[kind]
        for operation in sorted(_met(kind, operations)):
            seconds = THROTTLED_FOR_S if kind is Kind.THROTTLED else 1.0
            script.add(Fault(operation, effect, times=ALWAYS, seconds=seconds, name=NAME))


_EFFECTS = {
    Kind.OUTAGE: Effect.FAIL_5XX,
    Kind.THROTTLED: Effect.THROTTLE,
    Kind.REFUSES: Effect.REFUSE_MEDIA,
    Kind.EXPIRED: Effect.EXPIRED,
}


def _met(kind: Kind, operations: set[str]) -> set[str]:
    match kind:
        case Kind.OUTAGE:
            return operations
        case Kind.THROTTLED:
            return operations & WRITING
        case Kind.REFUSES:
            # Where files go up with the post itself, the post is what is refused.
            return {"upload"} if "upload" in operations else operations & {"prepare", "create"}
        case Kind.EXPIRED:
            # Whoever signs in anew is let in.
            return operations - SIGNING_IN
