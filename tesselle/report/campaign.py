"""A campaign as a stretch that figures can be asked of."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Max, Min

from tesselle.ledger.models import Delivery, Purpose
from tesselle.plan.selectors import midnight
from tesselle.report.month import AGE_DAYS
from tesselle.strategy.models import Campaign

QUARTER = timedelta(days=90)
AFTERMATH = timedelta(days=30)
"""How long after its last day what is found and decided still belongs to a campaign."""


@dataclass(frozen=True)
class OfCampaign:
    """`since` to `until`: its days, and further where posts of it went out earlier or later. Its posts are
    compared with all others of the 90 days before."""

    campaign: Campaign
    age_days: int = AGE_DAYS

    @cached_property
    def _outings(self) -> tuple[datetime | None, datetime | None]:
        """When the first and the last of its posts go out; asked only where figures are."""
        posts = Delivery.objects.filter(post__campaign=self.campaign, purpose=Purpose.POST)
        found = posts.aggregate(first=Min("due_at"), last=Max("due_at"))
        return found["first"], found["last"]

    @property
    def since(self) -> datetime:
        begins = midnight(self.first, self.zone)
        return min(begins, self._outings[0] or begins)

    @property
    def until(self) -> datetime:
        ends = midnight(self.last + timedelta(days=1), self.zone)
        return max(ends, (self._outings[1] or ends) + timedelta(seconds=1))

    @property
    def zone(self) -> ZoneInfo:
        return self.campaign.workspace.tz

    @property
    def first(self) -> date:
        return self.campaign.first_day

    @property
    def last(self) -> date:
        return self.campaign.last_day

    @property
    def before(self) -> datetime:
        return self.since - QUARTER

    @property
    def quarter(self) -> datetime:
        return self.until - QUARTER

    @property
    def told_until(self) -> datetime:
        return self.until + AFTERMATH
