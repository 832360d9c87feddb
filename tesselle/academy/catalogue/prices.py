"""What a tool costs in one's own case: so many people and channels, with or without approval."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from tesselle.academy.catalogue import FOLDER


@dataclass(frozen=True, slots=True)
class Case:
    people: int
    channels: int
    approval: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Of a month, in US dollars, paid by the year. `channels`, `people` None: no limit is known. `approval` None:
    not known. `about`: worked out from a price for one size only."""

    tool: str
    name: str
    source: str
    base: float = 0
    per_channel: float = 0
    per_person: float = 0
    included: int = 0
    channels: int | None = None
    people: int | None = None
    approval: bool | None = None
    about: bool = False

    def fits(self, case: Case) -> bool:
        return not (
            (self.channels is not None and case.channels > self.channels)
            or (self.people is not None and case.people > self.people)
            or (case.approval and self.approval is False)
        )

    def month(self, case: Case) -> float:
        more = max(0, case.people - self.included)
        return self.base + self.per_channel * case.channels + self.per_person * more


@dataclass(frozen=True, slots=True)
class Price:
    """`at_least`: it is not known whether this plan has what the case asks for."""

    plan: Plan
    month: float
    at_least: bool

    @property
    def year(self) -> float:
        return 12 * self.month


def price_of(tool: str, case: Case) -> Price | None:
    """The cheapest plan that fits; None: no known plan does, or none is known."""
    fitting = [plan for plan in plans() if plan.tool == tool and plan.fits(case)]
    best = min(fitting, key=lambda plan: plan.month(case), default=None)
    if best is None:
        return None
    return Price(best, best.month(case), at_least=case.approval and best.approval is None)


@cache
def plans() -> tuple[Plan, ...]:
    return tuple(_plan(row) for row in _read()["plans"])


@cache
def read_on() -> date:
    found: date = _read()["read_on"]
    return found


def _plan(row: Mapping[str, object]) -> Plan:
    approval = {"yes": True, "no": False, "?": None}[str(row["approval"])]
    return Plan(**{**row, "approval": approval})  # type: ignore[arg-type]


def _read() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "prices.toml").read_text(encoding="utf-8"))
