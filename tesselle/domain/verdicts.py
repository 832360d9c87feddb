"""What a network's answer means, and what a look at a network shows.

A connector turns an answer into a `Verdict`, a look-up into a `Sighting`, a read-back into a
`Presence`; the ledger decides from these alone. Only *sure* refusals may be called a refusal:
everything a connector does not list is `Doubtful`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from tesselle.domain.messages import Message


@dataclass(frozen=True, slots=True)
class Remote:
    """A thing on a network: its id there, its public address if it has one, and what else the
    network wants to be told about it later (Bluesky's `cid`, the other ids of an album)."""

    id: str
    url: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"id": self.id, "url": self.url, "extra": dict(self.extra)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Remote":
        return cls(str(data["id"]), str(data.get("url", "")), dict(data.get("extra", {})))


class BlockReason(StrEnum):
    """Why a delivery stands still although nothing is wrong with its content."""

    SIGN_IN = "sign_in"  # the token died or was withdrawn
    ROLE = "role"  # the account may not do this
    CREDITS = "credits"  # prepaid calls are used up
    ADMISSION = "admission"  # the network has not admitted the app yet
    PENALTY = "penalty"  # the account is suspended or limited
    PAUSE = "pause"  # a person paused the channel
    APPROVAL = "approval"  # the revision waits for a yes


# --- what an answer means --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Accepted:
    """The network said yes. `visible` False: it still processes; verification will see it."""

    remote: Remote
    visible: bool = True


@dataclass(frozen=True, slots=True)
class Refused:
    """A sure refusal of the content; `code` is short and stable. `only_this`: of this recipient, who is
    one of several: the others are not concerned."""

    code: str
    message: Message
    only_this: bool = False


@dataclass(frozen=True, slots=True)
class Blocked:
    """A sure refusal that the content is not to blame for."""

    reason: BlockReason
    message: Message


@dataclass(frozen=True, slots=True)
class Later:
    """A sure "not now": nothing was done. `until` None: back-off of our own.

    `renew_session` True: the session token has run out; drop it and try again. `only_this`: it says
    so for this recipient, who is one of several: the others are not concerned.
    """

    message: Message
    until: datetime | None = None
    renew_session: bool = False
    only_this: bool = False


@dataclass(frozen=True, slots=True)
class Duplicate:
    """The network says that it already has this: after a doubtful attempt, a reason to look."""

    message: Message


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may or may not have happened."""

    why: str


Verdict = Accepted | Refused | Blocked | Later | Duplicate | Doubtful

# --- what a look-up shows ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something on the network that could be ours. `certain`: fingerprint, media, app, instant
    and reply target all agree, and no person could have posted it by hand."""

    remote: Remote
    posted_at: datetime
    certain: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """The look-up worked; here is what lies in its window. No candidates: not there (yet)."""

    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Silent:
    """The look-up or read-back itself failed (401, 429, 5xx, no answer): it says nothing.

    `is_lasting`: nor will any later one, for this network cannot be asked at all.
    """

    why: str
    until: datetime | None = None
    is_lasting: bool = False


Sighting = Seen | Silent

# --- what a read-back shows ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Present:
    remote: Remote


@dataclass(frozen=True, slots=True)
class Absent:
    """The network answered surely that it has no such thing (any more)."""


@dataclass(frozen=True, slots=True)
class StillProcessing:
    """Accepted, not public yet."""


@dataclass(frozen=True, slots=True)
class ProcessingFailed:
    """Accepted, then refused while processing."""

    code: str
    message: Message


Presence = Present | Absent | StillProcessing | ProcessingFailed | Silent

# --- how doubt can be settled --------------------------------------------------------------------


class ReconciliationKind(StrEnum):
    KEY = "key"  # repeating the call with the same key is safe
    WITNESS = "witness"  # an id got before the step tells the truth
    LOOKUP = "lookup"  # list what is there and compare
    NONE = "none"  # cannot be told; a person decides


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """How a doubtful attempt of one step is settled.

    `valid_for_s`: life of the key, after which *key* becomes *lookup* (None: for ever).
    `settle_seconds`: how long after the deadline a network may still bring the thing to light.
    `assumed`: the network does not document that figure; it is ours and can be configured.
    """

    kind: ReconciliationKind
    settle_seconds: int
    valid_for_s: int | None = None
    assumed: bool = True
