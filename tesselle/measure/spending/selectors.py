"""What was spent and what came of it, summed in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, IntegerField, Q, QuerySet, Sum, Value
from django.db.models.functions import TruncMonth

from tesselle.measure.models import BusinessResult, CostChoice, Spending
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Spent:
    minutes: int = 0
    amount: Decimal = Decimal(0)

    def cost(self, hourly_rate: Decimal | None) -> Decimal:
        """Money, and the hours at their rate where one is known."""
        return self.amount + (Decimal(self.minutes) / 60 * hourly_rate if hourly_rate else 0)

    @property
    def is_nothing(self) -> bool:
        return not self.minutes and not self.amount


@dataclass(frozen=True, slots=True)
class Gained:
    quotes: int = 0
    jobs: int = 0
    value: int | None = None


def hourly_rate(workspace: Workspace) -> Decimal | None:
    return CostChoice.objects.filter(workspace=workspace).values_list("hourly_rate", flat=True).first()


def spent_by(workspace: Workspace, key: str, first: date, last: date) -> Mapping[object, Spent]:
    """`key`: channel, campaign, purpose, month or "" (all in one, under None)."""
    rows = Spending.objects.filter(workspace=workspace, day__gte=first, day__lte=last)
    found = _grouped(rows, key).annotate(m=Sum("minutes"), a=Sum("amount"))
    return {row["key"]: Spent(row["m"] or 0, row["a"] or Decimal(0)) for row in found}


def gained_by(workspace: Workspace, key: str, first: date, last: date) -> Mapping[object, Gained]:
    """`key`: channel, month or "". A campaign's results are those of its posts."""
    kinds = BusinessResult.Kind
    rows = BusinessResult.objects.filter(workspace=workspace, day__gte=first, day__lte=last)
    found = _grouped(rows, "post__campaign" if key == "campaign" else key).annotate(
        quotes=Sum("count", filter=Q(kind=kinds.QUOTE)),
        jobs=Sum("count", filter=Q(kind=kinds.JOB)),
        worth=Sum("value", filter=Q(kind=kinds.JOB)),
    )
    return {row["key"]: Gained(row["quotes"] or 0, row["jobs"] or 0, row["worth"]) for row in found}


def _grouped(rows: QuerySet[Any], key: str) -> Any:
    """Of either model, as dictionaries with their `key`."""

    if key == "month":
        return rows.annotate(key=TruncMonth("day")).values("key").order_by("key")
    if not key:
        return rows.annotate(key=Value(None, output_field=IntegerField())).values("key").order_by()
    return rows.annotate(key=F(key if key == "purpose" else f"{key}_id")).values("key").order_by()
