"""What can go wrong on a network's side, as a script that is played and counted."""

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What the sandbox does with a request that a fault meets."""

    CUT_UNREAD = "cut_unread"  # connection reset, nothing done
    ACCEPT_CUT = "accept_cut"  # done, connection reset before the answer
    ACCEPT_5XX = "accept_5xx"  # done, answered 502 by a proxy
    FAIL_5XX = "fail_5xx"  # nothing done, answered 503 by a proxy
    ACCEPT_LATE = "accept_late"  # done only after `seconds`, when the caller has given up
    HANG = "hang"  # nothing done, no answer
    GARBAGE = "garbage"  # done, answered 200 with something unreadable
    THROTTLE = "throttle"  # nothing done, 429 with the network's own headers
    EXPIRED = "expired"  # nothing done, the network's own "token expired"
    REFUSE_MEDIA = "refuse_media"  # nothing done, the network's own refusal of a file


@dataclass(slots=True)
class Fault:
    """Meets the next `times` requests of `operation` after letting `skip` of them pass.

    `account`: only requests of that account (its id), or of any when empty.
    `seconds`: how late, or what Retry-After says.
    """

    operation: str
    effect: Effect
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    account: str = ""
    name: str = ""


class FaultScript:
    """Faults in order; the first that matches a request is played. Counts what was fired."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.fired: dict[str, int] = {}

    def add(self, fault: Fault) -> None:
        self.faults.append(fault)

    def clear(self) -> None:
        self.faults.clear()

    def meet(self, operation: str, account: str = "") -> Fault | None:
        for fault in self.faults:
            if fault.operation != operation or (fault.account and fault.account != account):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                return None
            fault.times -= 1
            if fault.times <= 0:
                self.faults.remove(fault)
            name = fault.name or fault.effect.value
            self.fired[name] = self.fired.get(name, 0) + 1
            return fault
        return None
