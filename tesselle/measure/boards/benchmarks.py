"""Published engagement rates, each with its source, its sample and what it divides by.

Read through the pages named here on 2026-10; none gives a median of small companies. A row is compared
with nothing that divides by something else.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tesselle.domain.indicators import Base


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`base` None: the source does not say it clearly, so that nothing of ours stands beside it.
    `source`: where it was read. `rates`: network -> fraction."""

    who: str
    when: str | Promise
    sample: str | Promise
    base: Base | None
    source: str

    @property
    def rates(self) -> Mapping[str, float]:
        return _rates()[self.who]


BENCHMARKS = (
    Benchmark(
        "Socialinsider 2026",
        _("January 2024 to December 2025"),
        _("70 million posts, all trades"),
        Base.FOLLOWERS,
        "optimixed.com",
    ),
    Benchmark(
        "Rival IQ 2023",
        _("the year 2022"),
        _("medians of 14 trades, companies with 25,000 followers or more on Facebook"),
        Base.FOLLOWERS,
        "wishu.io",
    ),
    Benchmark(
        "Buffer 2025",
        _("January 2024 to January 2025"),
        _("accounts of its customers"),
        Base.VIEWS,
        "shno.co",
    ),
    Benchmark(
        "Hootsuite 2025",
        _("2024 to 2025"),
        _("construction, one of 12 trades; its own definition of engagement"),
        None,
        "marketingdigitalanalytics.com",
    ),
)


@cache
def _rates() -> dict[str, dict[str, float]]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
