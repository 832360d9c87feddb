"""Whose public it is, and what becomes of one of its posts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tesselle.simulation.truth import Composition
from tesselle.simulation.worlds import SimulatedWorld

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SimulatedCompany:
    """`began_at`: the first instant of its world; `zone` and `language`: those of its public. `minds_from`: since when
    that takes note of who is answered and who is not; None: ever since."""

    world: SimulatedWorld
    seed: str
    began_at: datetime
    zone: str = "Europe/Zurich"
    language: str = "fr"
    minds_from: datetime | None = None

    def minds(self, instant: datetime) -> bool:
        return self.minds_from is None or instant >= self.minds_from

    def begins(self, week: int) -> datetime:
        return self.began_at + week * WEEK

    def goes_round(self, instant: datetime) -> bool:
        """Whether a complaint does, below what is posted then."""
        return self.world.complaints_week == self.week(instant)

    def week(self, instant: datetime) -> int:
        return max(int((instant - self.began_at) / WEEK), 0)

    def slot(self, instant: datetime) -> int:
        """0 to 167, Monday 0 h first, local."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return local.weekday() * 24 + local.hour


@dataclass(frozen=True, slots=True)
class Fate:
    """All that a post ever gets. `luck` is logarithmic; `key` names its draws."""

    key: str
    post: Composition
    luck: float
    log_mean: float
    reach: float
    interactions: int
    of_kind: dict[str, int]
