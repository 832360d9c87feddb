"""A finding: something the check saw, with its cure."""

from dataclasses import dataclass
from enum import StrEnum

from tesselle.domain.messages import Message


class Severity(StrEnum):
    ERROR = "error"  # the network would refuse it: it cannot be planned
    WARNING = "warning"  # it would go out, but not as the writer thinks
    ADVICE = "advice"  # it would be better otherwise


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is stable and shared with the sandboxes; `repair` names a one-click repair, if any.

    `place` says what it is about: `text`, `parts.2`, `media.0.alt`, `title`, `link`, `options.board`.
    """

    code: str
    message: Message
    cure: Message
    place: str
    severity: Severity = Severity.ERROR
    repair: str = ""
