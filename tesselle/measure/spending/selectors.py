"""What was spent and what came of it, summed in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db.models import DateField, Q, Sum
from django.db.models.functions import Cast, TruncMonth

from tesselle.measure.models import BusinessResult, CostChoice, Spending
from tesselle.web.kept_query import SOME_DAY, SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace

KEYS = ("", "month", "channel", "campaign")
"""By which sums are told; "" is all in one, under None."""


@dataclass(frozen=True, slots=True)
class Spent:
    minutes: int = 0
    amount: Decimal = Decimal(0)

    def __add__(self, more: "Spent") -> "Spent":
        return Spent(self.minutes + more.minutes, self.amount + more.amount)

    def cost(self, hourly_rate: Decimal | None) -> Decimal:
        """Money, and the hours at their rate where one is known."""
        return self.amount + (Decimal(self.minutes) / 60 * hourly_rate if hourly_rate else 0)

    @property
    def is_nothing(self) -> bool:
        return not self.minutes and not self.amount


@dataclass(frozen=True, slots=True)
class Gained:
    """`value`: of the jobs whose worth is known; None where none is."""

    quotes: int = 0
    jobs: int = 0
    value: int | None = None

    def __add__(self, more: "Gained") -> "Gained":
        known = [value for value in (self.value, more.value) if value is not None]
        return Gained(self.quotes + more.quotes, self.jobs + more.jobs, sum(known) if known else None)


@dataclass(frozen=True, slots=True)
class Accounts:
    """Of a stretch of days. By one of `KEYS`: what went into each, and what came of it."""

    spent: Mapping[str, Mapping[object, Spent]]
    gained: Mapping[str, Mapping[object, Gained]]

    @property
    def all_spent(self) -> Spent:
        return self.spent[""].get(None, Spent())

    @property
    def all_gained(self) -> Gained:
        return self.gained[""].get(None, Gained())


def hourly_rate(workspace: Workspace) -> Decimal | None:
    return CostChoice.objects.filter(workspace=workspace).values_list("hourly_rate", flat=True).first()


def accounts(workspace: Workspace, first: date, last: date) -> Accounts:
    """Two questions, whatever it is told by. A campaign's results are those of its posts."""
    stand_ins = {SOME_ID: workspace.pk, _FIRST: first, _LAST: last}
    spent = [(row[:3], Spent(row[3] or 0, row[4] or Decimal(0))) for row in _spent.rows(stand_ins)]
    gained = [(row[:3], Gained(row[3] or 0, row[4] or 0, row[5])) for row in _gained.rows(stand_ins)]
    return Accounts(_summed(spent), _summed(gained))


S = TypeVar("S", Spent, Gained)


def _summed(rows: Sequence[tuple[tuple[object, ...], S]]) -> dict[str, dict[object, S]]:
    found: dict[str, dict[object, S]] = {key: {} for key in KEYS}
    for place, sums in enumerate(found.values()):
        for values, one in rows:
            value = values[place - 1] if place else None
            sums[value] = sums[value] + one if value in sums else one
    return found


_FIRST, _LAST = SOME_DAY, SOME_DAY + timedelta(days=1)
_Kind = BusinessResult.Kind
_MONTH = Cast(TruncMonth("day"), DateField())
_spent = KeptQuery(
    lambda: (
        Spending.objects.filter(workspace=SOME_ID, day__gte=_FIRST, day__lte=_LAST)
        .annotate(month=_MONTH)
        .values_list("month", "channel_id", "campaign_id")
        .order_by("month")
        .annotate(m=Sum("minutes"), a=Sum("amount"))
    )
)
_gained = KeptQuery(
    lambda: (
        BusinessResult.objects.filter(workspace=SOME_ID, day__gte=_FIRST, day__lte=_LAST)
        .annotate(month=_MONTH)
        .values_list("month", "channel_id", "post__campaign_id")
        .order_by("month")
        .annotate(
            quotes=Sum("count", filter=Q(kind=_Kind.QUOTE)),
            jobs=Sum("count", filter=Q(kind=_Kind.JOB)),
            worth=Sum("value", filter=Q(kind=_Kind.JOB)),
        )
    )
)
