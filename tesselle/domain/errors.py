"""What can go wrong, sorted by what the caller does next.

TesselleError
+-- RuleError                a person can mend it; carries findings
+-- NetworkError
    +-- NotSentError         nothing happened there: try again with back-off
    +-- TryLaterError        the network said when: `until`
    +-- BlockedError         outside the content: sign-in, role, credits, penalty; `reason`
    +-- RejectedError        the content: a person mends it; `reason`
    +-- OutcomeUnknownError  the answer was lost or doubtful: look before sending again
"""

from datetime import datetime

from tesselle.domain.findings import Finding
from tesselle.domain.messages import Message


class TesselleError(Exception):
    """Every error of ours. `message` is a sentence for people."""

    def __init__(self, message: Message | str) -> None:
        self.message = message if isinstance(message, Message) else Message(message)
        super().__init__(str(self.message))


class RuleError(TesselleError):
    """A rule of ours or of a network was broken; a person can mend it."""

    def __init__(self, message: Message | str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class NetworkError(TesselleError):
    """Something between us and a network."""


class NotSentError(NetworkError):
    """Nothing was done there; safe to try again."""


class TryLaterError(NetworkError):
    """The network asks to wait until an instant (aware, UTC)."""

    def __init__(self, message: Message | str, until: datetime) -> None:
        super().__init__(message)
        self.until = until


class BlockedError(NetworkError):
    """Not the content's fault: someone has to mend the account. `reason` is one of `BlockReason`."""

    def __init__(self, message: Message | str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class RejectedError(NetworkError):
    """The network refuses this content for good. `reason` is a short code."""

    def __init__(self, message: Message | str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


class OutcomeUnknownError(NetworkError):
    """It may have happened; look it up before doing it again."""
