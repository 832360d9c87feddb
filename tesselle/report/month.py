"""A calendar month in a workspace's zone, as a stretch that figures can be asked of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

AGE_DAYS = 7


@dataclass(frozen=True, slots=True)
class Month:
    """`first`: its first day. Figures are compared at the age of seven days."""

    first: date
    zone: ZoneInfo
    age_days: int = AGE_DAYS

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> "Month":
        return cls(day.replace(day=1), zone)

    @property
    def previous(self) -> "Month":
        return Month.of(self.first - timedelta(days=1), self.zone)

    @property
    def following(self) -> "Month":
        return Month.of(self.first + timedelta(days=31), self.zone)

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def since(self) -> datetime:
        return datetime(self.first.year, self.first.month, 1, tzinfo=self.zone)

    @property
    def until(self) -> datetime:
        return self.following.since

    @property
    def before(self) -> datetime:
        return self.previous.since

    @property
    def quarter(self) -> datetime:
        return self.until - timedelta(days=90)

    @property
    def told_until(self) -> datetime:
        """Until when what was found and decided belongs to it."""
        return self.until

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"
