"""What an hour costs in a workspace, and how its amounts are written."""

from dataclasses import dataclass
from decimal import Decimal

from tesselle.measure.spending.selectors import hourly_rate
from tesselle.web.money import money
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Pricing:
    """`rate` None: nobody has said what an hour costs."""

    rate: Decimal | None
    currency: str

    def money(self, value: Decimal | None) -> str:
        return money(value, self.currency)


def pricing_of(workspace: Workspace) -> Pricing:
    return Pricing(hourly_rate(workspace), workspace.currency)
