"""What pages read: results as plain JSON, computed in a job. Imports neither NumPy nor SciPy."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

VERSION = 1


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """`low`, `middle`, `high`: gain as a fraction (0.4 is + 40 %), the central 80 %. `probability`:
    that it is practically there. `inseparable`: factor and level that it cannot be told from."""

    factor: str
    level: str
    channel: str
    posts: int
    others: int
    certainty: str
    probability: float
    low: float
    middle: float
    high: float
    inseparable: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class StoredSlot:
    """`slot`: 0-167, Monday 0 h first. `gain`: over the mean waking slot, as a fraction. `tried`:
    posts within two hours on that kind of day."""

    channel: str
    slot: int
    low: float
    gain: float
    high: float
    tried: int


@dataclass(frozen=True, slots=True)
class Stored:
    posts: int
    luck_share: float  # of the variance of what one sees
    findings: tuple[StoredFinding, ...]
    ideas: tuple[StoredFinding, ...]
    slots: tuple[StoredSlot, ...]
    fingerprint: str
    settled: tuple[StoredFinding, ...] = ()  # no difference that matters: told on request

    def to_json(self) -> str:
        return json.dumps({"version": VERSION, **asdict(self)}, sort_keys=True)


def read(text: str) -> Stored:
    """What `to_json` wrote.

    Raises:
        ValueError: another version wrote it; compute it anew.
    """
    data: Mapping[str, Any] = json.loads(text)
    if data.get("version") != VERSION:
        raise ValueError("these results were stored by another version: compute them anew")
    return Stored(
        posts=data["posts"],
        luck_share=data["luck_share"],
        findings=tuple(_finding(row) for row in data["findings"]),
        ideas=tuple(_finding(row) for row in data["ideas"]),
        slots=tuple(StoredSlot(**row) for row in data["slots"]),
        fingerprint=data["fingerprint"],
        settled=tuple(_finding(row) for row in data.get("settled", ())),
    )


def _finding(row: Mapping[str, Any]) -> StoredFinding:
    twin = row["inseparable"]
    return StoredFinding(**{**row, "inseparable": None if twin is None else (twin[0], twin[1])})
