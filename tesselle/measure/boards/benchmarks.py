"""Published engagement rates, each with its source, its sample and what it divides by.

Read through the pages named here on 2026-10; none gives a median of small companies. A row is compared
with nothing that divides by something else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tesselle.domain.indicators import Base


@dataclass(frozen=True, slots=True)
class Benchmark:
    """`base` None: the source does not say it clearly, so that nothing of ours stands beside it.
    `rates`: network -> fraction. `source`: where it was read."""

    who: str
    when: str | Promise
    sample: str | Promise
    base: Base | None
    rates: Mapping[str, float]
    source: str


BENCHMARKS = (
    Benchmark(
        "Socialinsider 2026",
        _("January 2024 to December 2025"),
        _("70 million posts, all trades"),
        Base.FOLLOWERS,
        {"facebook": 0.0015, "instagram": 0.0048, "tiktok": 0.0370, "x": 0.0012},
        "optimixed.com",
    ),
    Benchmark(
        "Rival IQ 2023",
        _("the year 2022"),
        _("medians of 14 trades, companies with 25,000 followers or more on Facebook"),
        Base.FOLLOWERS,
        {"facebook": 0.0006, "instagram": 0.0047, "tiktok": 0.0569, "x": 0.00035},
        "wishu.io",
    ),
    Benchmark(
        "Buffer 2025",
        _("January 2024 to January 2025"),
        _("accounts of its customers"),
        Base.VIEWS,
        {
            "facebook": 0.0507,
            "instagram": 0.0116,
            "linkedin": 0.0650,
            "tiktok": 0.0486,
            "x": 0.0231,
            "youtube": 0.0441,
        },
        "shno.co",
    ),
    Benchmark(
        "Hootsuite 2025",
        _("2024 to 2025"),
        _("construction, one of 12 trades; its own definition of engagement"),
        None,
        {"instagram": 0.0440},
        "marketingdigitalanalytics.com",
    ),
)
