"""“Were we right?”: what was said beforehand, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from tesselle.insights.fading import KEPT
from tesselle.learn import words
from tesselle.learn.models import Calibration, CarryOver, Prediction
from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace

Kind = Prediction.Kind
INTERVALS = (Kind.POST, Kind.WEEK, Kind.FOLLOWERS)
MEANT = 80
FEWEST = 10
MOST_LINES = 30

NAMES: dict[str, str | Promise] = {
    Kind.POST: gettext_lazy("What the next post brings"),
    Kind.WEEK: gettext_lazy("Interactions of a week"),
    Kind.FOLLOWERS: gettext_lazy("Followers of all channels"),
}
FACTORS: dict[str, str | Promise] = {
    "format": gettext_lazy("Format"),
    "pillar": gettext_lazy("Pillar"),
    "length": gettext_lazy("Length"),
    "hashtags": gettext_lazy("Hashtags"),
    "link": gettext_lazy("Link"),
    "question": gettext_lazy("Question"),
    "cadence": gettext_lazy("Rhythm"),
    "hour": gettext_lazy("Hour"),
}


@dataclass(frozen=True, slots=True)
class IntervalLine:
    """`verdict`: in words, with the number; `widening`: how much such ranges are widened by now."""

    name: str | Promise
    judged: int
    held: int
    waiting: int
    share: str
    verdict: str
    widening: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A finding or a promise: what was said, what was seen, whether it held."""

    said: str
    claimed: str
    seen: str
    word: str
    tone: str


@dataclass(frozen=True, slots=True)
class CarryLine:
    name: str | Promise
    begun: str
    now: str
    outcomes: int


@dataclass(frozen=True, slots=True)
class ScorePage:
    intervals: tuple[IntervalLine, ...]
    findings: tuple[ClaimLine, ...]
    findings_held: str
    promises: tuple[ClaimLine, ...]
    carried: tuple[CarryLine, ...]
    waiting: int
    next_day: str
    """Of the first expectation; empty: its days are over, and its figures are still coming in."""

    @property
    def is_empty(self) -> bool:
        return not (self.findings or self.promises or any(line.judged for line in self.intervals))


def score_page(workspace: Workspace) -> ScorePage:
    open_ones = Prediction.objects.filter(workspace=workspace, judged_at=None)
    next_day = open_ones.order_by("due_on").values_list("due_on", flat=True).first()
    judged = Prediction.objects.filter(workspace=workspace, judged_at__isnull=False)
    findings = list(
        judged.filter(kind=Kind.FINDING).select_related("finding").order_by("-judged_at", "-pk")[:MOST_LINES]
    )
    promises = list(judged.filter(kind=Kind.PROMISE).order_by("-judged_at", "-pk")[:MOST_LINES])
    return ScorePage(
        intervals=_intervals(workspace),
        findings=tuple(_finding(one) for one in findings),
        findings_held=_held_words(findings),
        promises=tuple(_promise(one) for one in promises),
        carried=_carried(workspace),
        waiting=open_ones.count(),
        next_day=_day(next_day) if next_day and next_day > workspace.today() else "",
    )


def _intervals(workspace: Workspace) -> tuple[IntervalLine, ...]:
    counts = {
        row["kind"]: row
        for row in Prediction.objects.filter(workspace=workspace, kind__in=INTERVALS)
        .values("kind")
        .annotate(
            judged=Count("pk", filter=Q(judged_at__isnull=False)),
            held_ones=Count("pk", filter=Q(held=True)),
            waiting=Count("pk", filter=Q(judged_at=None)),
        )
    }
    widened = dict(Calibration.objects.filter(workspace=workspace).values_list("kind", "multiplier"))
    return tuple(
        _interval(kind, dict(counts[kind]), widened.get(kind, 1.0)) for kind in INTERVALS if kind in counts
    )


def _interval(kind: str, row: dict[str, Any], multiplier: float) -> IntervalLine:
    judged, held = row["judged"], row["held_ones"]
    return IntervalLine(
        name=NAMES[kind],
        judged=judged,
        held=held,
        waiting=row["waiting"],
        share=words.percent(held / judged) if judged else "–",
        verdict=_interval_verdict(judged, held),
        widening=_("× %(factor)s") % {"factor": number_format(multiplier, decimal_pos=2)},
    )


def _interval_verdict(judged: int, held: int) -> str:
    """Four in five are meant to hold; a few more or fewer is chance."""
    if judged < FEWEST:
        return _("Too few to tell: %(n)s of the ten that are needed.") % {"n": judged}
    spread = 2 * (0.8 * 0.2 / judged) ** 0.5
    share = held / judged
    if share < 0.8 - spread:
        return _("Too narrow: we claimed to know more than we did. The ranges are widened.")
    if share > 0.8 + spread:
        return _("Too wide: we knew more than we claimed. The ranges are narrowed.")
    return _("As meant: four in five hold.")


def _finding(one: Prediction) -> ClaimLine:
    finding = one.finding
    said = words.claim(finding) if finding is not None else ""
    word = pgettext("score", "Same direction") if one.held else pgettext("score", "Other direction")
    return _claim_line(one, said, word, "good" if one.held else "attention")


def _promise(one: Prediction) -> ClaimLine:
    said = _("Change of %(day)s") % {"day": _day(one.made_at.date())}
    word = pgettext("score", "Within the range") if one.held else pgettext("score", "Outside the range")
    return _claim_line(one, said, word, "quiet" if one.held else "attention")


def _claim_line(one: Prediction, said: str, word: str, tone: str) -> ClaimLine:
    """`word` says what was looked at and no more: no gain at all often lies within the range of a promise."""
    return ClaimLine(
        said=said,
        claimed=_("%(middle)s (between %(low)s and %(high)s)")
        % {
            "middle": words.signed(one.middle),
            "low": words.signed(one.low),
            "high": words.signed(one.high),
        },
        seen=words.signed(one.outcome or 0.0),
        word=word,
        tone=tone,
    )


def _held_words(findings: Sequence[Prediction]) -> str:
    if not findings:
        return ""
    held = sum(bool(one.held) for one in findings)
    told = ngettext(
        "%(held)s of %(n)s finding went in the same direction on later posts.",
        "%(held)s of %(n)s findings went in the same direction on later posts.",
        len(findings),
    ) % {"held": held, "n": len(findings)}
    by_chance = _("Chance alone would do that for about half of them.")
    return f"{told} {by_chance}"


def _carried(workspace: Workspace) -> tuple[CarryLine, ...]:
    return tuple(
        CarryLine(
            FACTORS.get(one.factor, one.factor),
            words.percent(KEPT.get(one.factor, 1.0)),
            words.percent(one.kept),
            one.outcomes,
        )
        for one in CarryOver.objects.filter(workspace=workspace).order_by("factor")
    )


def _day(day: date) -> str:
    return written(day, pgettext("date format", "j F Y"))
