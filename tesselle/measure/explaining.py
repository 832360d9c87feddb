"""A figure and what stands behind it: the formula with its numbers, the source, the date, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tesselle.domain.indicators import work_out
from tesselle.domain.metrics import Metric, MetricSource
from tesselle.measure import numbers
from tesselle.measure.indicators import PART_NAMES, Indicator
from tesselle.measure.rollups import told_of_posts
from tesselle.measure.selectors import FEWEST
from tesselle.networks import card, plugin


@dataclass(frozen=True, slots=True)
class Told:
    """Where a network tells a part: its own field. `since`: from when on it can be compared."""

    network: str
    part: str
    field: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """Against something else: `text` with its sign, `against` what. `is_thin`: too few posts on one
    side, so that it is mostly luck."""

    text: str
    against: str
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """`key` is its place on the page. `value` empty: missing, and `why` says why."""

    key: str
    name: str | Promise
    value: str
    formula: str
    worked: str = ""
    why: str = ""
    note: str | Promise = ""
    variants: str | Promise = ""
    told: tuple[Told, ...] = ()
    read_at: datetime | None = None
    missing: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    line: str = ""


def of_post(
    indicator: Indicator,
    network: str,
    values: Mapping[str, int],
    *,
    read_at: datetime | None,
    key: str,
    changes: tuple[Change, ...] = (),
    line: str = "",
) -> Explained:
    """One figure of one post on one network."""
    worked = work_out(indicator.formula, values, _told(indicator, network, values))
    name = card(network).name
    missing = tuple(
        _("%(network)s never tells: %(metric)s") % {"network": name, "metric": PART_NAMES[part]}
        for part in worked.never
    ) + tuple(
        _("Not told in this reading: %(metric)s") % {"metric": PART_NAMES[part]}
        for part, value in worked.parts
        if value is None
    )
    per = indicator.formula.per
    if per is not None and worked.per is None:
        missing += (_("Not known: %(metric)s") % {"metric": PART_NAMES[per]},)
    return Explained(
        key=f"{key}-{indicator.slug}",
        name=indicator.name,
        value=numbers.written(worked.value, indicator.unit),
        formula=str(indicator.worded),
        worked=_with_numbers(worked.parts, per, worked.per, worked.value, indicator),
        why=_why_missing(worked.parts, worked.value),
        note=indicator.note,
        variants=indicator.variants,
        told=sources(indicator, [network]),
        read_at=read_at,
        missing=missing,
        changes=changes,
        line=line,
    )


def _told(indicator: Indicator, network: str, values: Mapping[str, int]) -> frozenset[Metric]:
    """What the network tells, and a single count that a person brought although it does not. A sum keeps
    its parts, so that posts stay comparable with those of which nobody brought anything."""
    told, parts = told_of_posts(network), indicator.formula.parts
    if len(parts) > 1 and told:
        return told
    return told | {part for part in parts if part.value in values}


def _with_numbers(
    parts: Sequence[tuple[Metric, int | None]],
    per: Metric | None,
    per_value: int | None,
    value: float | None,
    indicator: Indicator,
) -> str:
    if value is None or (len(parts) == 1 and per is None):
        return ""
    total = " + ".join(numbers.count(one) for _part, one in parts if one is not None)
    if per is not None and per_value is not None:
        total = f"({total})" if len(parts) > 1 else total
        total = f"{total} ÷ {numbers.count(per_value)}"
    return f"{total} = {numbers.written(value, indicator.unit)}"


def _why_missing(parts: Sequence[tuple[Metric, int | None]], value: float | None) -> str:
    if value is not None:
        return ""
    return _("This network does not tell it") if not parts else _("Not told yet")


def sources(indicator: Indicator, networks: Iterable[str]) -> tuple[Told, ...]:
    """Each network's own field of each part, in the order of their names."""
    metrics = (*indicator.formula.parts, *((indicator.formula.per,) if indicator.formula.per else ()))
    found = []
    for slug in sorted(set(networks)):
        for metric in metrics:
            source: MetricSource | None = plugin(slug).metrics.get(metric)
            if source is not None:
                found.append(Told(card(slug).name, str(PART_NAMES[metric]), source.field, source.since))
    return tuple(found)


def against(value: float | None, other: float | None, words: str, posts: int, others: int) -> Change | None:
    """None where there is nothing to compare: a change from nothing has no size, and the same posts
    are not compared with themselves."""
    if value is None or not other or (value == other and posts == others):
        return None
    return Change(numbers.change(value / other - 1), words, min(posts, others) < FEWEST)


def of_posts(count: int) -> str:
    return ngettext("%(n)s post", "%(n)s posts", count) % {"n": numbers.count(count)}
