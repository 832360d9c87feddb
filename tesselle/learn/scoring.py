"""Predictions written down before their outcome, and judged after it. Imports NumPy: for `tesselle learn`."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np
from django.db import transaction

from tesselle.insights import forecast, prediction
from tesselle.insights.anomalies import level_changes
from tesselle.insights.effects import effects_of
from tesselle.insights.evidence import FEWEST_OF_LEVEL, FEWEST_POSTS
from tesselle.insights.fit import fit
from tesselle.learn.calibrating import learn_outcome, multiplier
from tesselle.learn.models import Finding, Prediction, Run
from tesselle.learn.rows import Measured, planned_of, posts_of
from tesselle.strategy import aimable

Kind = Prediction.Kind
FINDING_AFTER = timedelta(weeks=8)
FINDING_POSTS = 10
WEEKS_AHEAD = (1, 4)
HISTORY_WEEKS = 104
FORETOLD = (("interactions", Kind.WEEK), ("followers", Kind.FOLLOWERS))
ZEROS = 3
"""So many posts of a channel at zero, where three were usual, are missing figures and no fall."""


@transaction.atomic
def keep_score(run: Run, rows: Sequence[Measured]) -> None:
    """Judges what can be judged, then writes down what this run expects."""
    judge_weeks(run)
    judge_findings(run, rows)
    predict_posts(run, rows)
    predict_weeks(run)
    predict_findings(run)


def _today(run: Run) -> date:
    assert run.instant is not None
    return run.instant.astimezone(run.workspace.tz).date()


def _judge(one: Prediction, outcome: float, held: bool, run: Run) -> None:
    one.outcome, one.held, one.judged_at = outcome, held, run.instant
    one.save()
    if one.kind != Kind.FINDING:  # there it is asked whether the sign held, not the interval
        learn_outcome(one)


# Posts: expected from those before them only, judged at once.


def predict_posts(run: Run, rows: Sequence[Measured]) -> int:
    """Each post measured since the run before, against what that run could have expected; how many."""
    before = Run.objects.filter(workspace=run.workspace, state=Run.State.DONE, pk__lt=run.pk)
    last = before.order_by("-pk").values_list("instant", flat=True).first()
    if last is None:
        return 0
    earlier = [row for row in rows if row.read_at is not None and row.read_at <= last]
    fresh = [row for row in rows if row.read_at is not None and row.read_at > last]
    known = set(
        Prediction.objects.filter(workspace=run.workspace, kind=Kind.POST).values_list("key", flat=True)
    )
    fresh = [row for row in _told(earlier, fresh) if str(row.delivery_id) not in known]
    if not fresh:
        return 0
    made = list(_posts(run, earlier, fresh))
    for one in made:
        one.save()
        learn_outcome(one)
    for channel_id in {one.channel_id for one in made if one.channel_id is not None}:
        _mark_level_changes(run, channel_id, {one.pk for one in made})
    return len(made)


def _told(earlier: Sequence[Measured], fresh: Sequence[Measured]) -> Iterator[Measured]:
    """Of channels with posts enough; not where all figures fell to zero at once."""
    for channel_id in {row.channel_id for row in fresh}:
        own = [row.interactions for row in earlier if row.channel_id == channel_id]
        new = [row for row in fresh if row.channel_id == channel_id]
        all_zero = len(new) >= ZEROS and not any(row.interactions for row in new)
        if len(own) >= FEWEST_POSTS and not (all_zero and median(own) >= ZEROS):
            yield from sorted(new, key=lambda row: row.at)


def _posts(run: Run, earlier: Sequence[Measured], fresh: Sequence[Measured]) -> Iterator[Prediction]:
    assert run.instant is not None
    kept = {row.channel_id for row in fresh}
    old = [row for row in earlier if row.channel_id in kept]
    posts, both = posts_of(old), posts_of([*old, *fresh])
    posterior, widen = fit(posts), multiplier(run.workspace, Kind.POST)
    for number, row in enumerate(fresh, start=len(old)):
        plan = planned_of(both, posts, number)
        if plan is None:
            continue
        told = prediction.judged(posterior, posts, plan, row.interactions, widen)
        range_ = told.expected
        yield Prediction(
            workspace=run.workspace,
            kind=Kind.POST,
            key=str(row.delivery_id),
            channel_id=row.channel_id,
            delivery_id=row.delivery_id,
            made_at=run.instant,
            due_on=row.at.date(),
            low=range_.low,
            middle=range_.middle,
            high=range_.high,
            outcome=row.interactions,
            held=range_.low <= row.interactions <= range_.high,
            judged_at=run.instant,
            rank=(told.less + told.at_most) / 2,
        )


def _mark_level_changes(run: Run, channel_id: int, fresh: set[int]) -> None:
    found = list(
        Prediction.objects.filter(
            workspace=run.workspace, kind=Kind.POST, channel_id=channel_id, rank__isnull=False
        ).order_by("due_on", "pk")
    )
    alarms = {found[number].pk for number in level_changes([one.rank or 0.5 for one in found])}
    Prediction.objects.filter(pk__in=alarms & fresh).update(is_level_change=True)


# Weeks: the company's interactions and followers, one and four weeks ahead.


def predict_weeks(run: Run) -> None:
    assert run.instant is not None
    for slug, kind in FORETOLD:
        indicator = aimable.known(slug)
        if indicator is None:
            continue
        weeks = [
            week for week in indicator.history(run.workspace, None, HISTORY_WEEKS) if week.value is not None
        ]
        if not weeks:
            continue
        values = [float(week.value or 0.0) for week in weeks]
        widen = multiplier(run.workspace, kind)
        for ahead in WEEKS_AHEAD:
            found = _range(kind, values, ahead, widen)
            begins = weeks[-1].begins + timedelta(weeks=ahead)
            if found is not None:
                Prediction.objects.get_or_create(
                    workspace=run.workspace,
                    kind=kind,
                    key=f"{slug} {begins.isoformat()} {ahead}",
                    defaults={
                        "made_at": run.instant,
                        "due_on": begins + timedelta(days=7),
                        "low": found.low,
                        "middle": found.middle,
                        "high": found.high,
                    },
                )


def _range(kind: Kind, values: Sequence[float], ahead: int, widen: float) -> forecast.Range | None:
    if kind is Kind.WEEK:
        return forecast.weekly(values, ahead, widen=widen)
    found = forecast.followers(values, ahead, monthly_growth=0.01)
    if found is None:
        return None
    low, high = (found.middle * (end / found.middle) ** widen for end in (found.low, found.high))
    return forecast.Range(found.middle, low, high)


def judge_weeks(run: Run) -> None:
    for slug, kind in FORETOLD:
        due = list(
            Prediction.objects.filter(
                workspace=run.workspace, kind=kind, judged_at=None, due_on__lte=_today(run)
            ).order_by("due_on", "pk")
        )
        indicator = aimable.known(slug)
        if not due or indicator is None:
            continue
        told = {
            week.begins.isoformat(): week.value
            for week in indicator.history(run.workspace, None, HISTORY_WEEKS)
            if week.value is not None
        }
        for one in due:
            value = told.get(one.key.split()[1])
            if value is not None:
                _judge(one, value, one.low <= value <= one.high, run)


# Findings: whether they come true again on later posts.


def predict_findings(run: Run) -> None:
    """Each that is told and not being watched already."""
    assert run.instant is not None
    watched = {
        (one.finding.factor, one.finding.level, one.finding.channel_id)
        for one in Prediction.objects.filter(
            workspace=run.workspace, kind=Kind.FINDING, judged_at=None
        ).select_related("finding")
        if one.finding is not None
    }
    for finding in run.findings.filter(is_idea=False, twin_factor=""):
        if (finding.factor, finding.level, finding.channel_id) in watched:
            continue
        Prediction.objects.get_or_create(
            workspace=run.workspace,
            kind=Kind.FINDING,
            key=f"{run.pk} {finding.channel_id or 0} {finding.factor} {finding.level}"[:120],
            defaults={
                "finding": finding,
                "channel_id": finding.channel_id,
                "made_at": run.instant,
                "due_on": (run.instant + FINDING_AFTER).date(),
                "low": finding.low,
                "middle": finding.middle,
                "high": finding.high,
            },
        )


@dataclass(frozen=True, slots=True)
class Since:
    """What later posts say. `gain` as a fraction."""

    gain: float
    posts: int


def judge_findings(run: Run, rows: Sequence[Measured]) -> None:
    due = Prediction.objects.filter(
        workspace=run.workspace, kind=Kind.FINDING, judged_at=None, due_on__lte=_today(run)
    ).select_related("finding")
    for one in due:
        assert one.finding is not None
        seen = _since(one.finding, one, rows, run)
        if seen is not None and seen.posts >= FINDING_POSTS:
            _judge(one, seen.gain, (seen.gain > 0) == (one.middle > 0), run)


def _since(finding: Finding, made: Prediction, rows: Sequence[Measured], run: Run) -> Since | None:
    """From posts published after the finding alone; None with too few on one side."""
    begun = made.made_at.astimezone(run.workspace.tz).replace(tzinfo=None)
    later = [row for row in rows if row.at >= begun and finding.channel_id in (None, row.channel_id)]
    if len(later) < FEWEST_POSTS:
        return None
    posts = posts_of(later)
    if finding.factor == "hour":
        levels, index = [str(hour) for hour in range(24)], posts.hour
        channel: int | None = 0
    elif finding.factor in ("link", "question") and finding.factor not in posts.flags:
        return None
    else:
        factor = posts.factor(finding.factor)
        levels, index, channel = list(factor.levels), factor.index, None
    if finding.level not in levels:
        return None
    place = levels.index(finding.level)
    count = int(np.sum(index == place))
    if count < FEWEST_OF_LEVEL or len(later) - count < FEWEST_OF_LEVEL:
        return None
    effect = effects_of(fit(posts, use_curve=False), posts, finding.factor, channel)[place]
    return Since(math.expm1(effect.of.mean), count)
