"""The look after each pair. Imports NumPy: for the command `tesselle learn` only."""

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction

from tesselle.adapt.models import Experiment, Pair
from tesselle.adapt.trials.voiding import void_broken
from tesselle.insights import experiment as proof
from tesselle.insights.evidence import FEWEST_POSTS
from tesselle.insights.experiment import Verdict
from tesselle.insights.fit import fit
from tesselle.insights.posterior import Posterior
from tesselle.insights.posts import Posts
from tesselle.insights.prediction import PlannedPost, row_of
from tesselle.journal.services import record
from tesselle.learn.rows import AGE_DAYS, Measured, measured_of, planned_of, posts_of
from tesselle.learn.running import Learned
from tesselle.measure.models import Mark
from tesselle.measure.rollups import latest_by

Marks = tuple[Mark, Mark]


def look(learned: Learned) -> int:
    """At every experiment of the workspace that is under way; how many ended."""
    run = learned.run
    assert run.instant is not None
    under_way = Experiment.objects.filter(workspace=run.workspace, state=Experiment.State.RUNNING)
    return sum(
        _look(one, learned.rows, run.instant) for one in under_way.select_related("workspace", "channel")
    )


@transaction.atomic
def _look(experiment: Experiment, rows: Sequence[Measured], now: datetime) -> bool:
    void_broken(experiment, now)
    for pair in experiment.pairs.filter(void="", looked_at=None).exclude(due_a=None):
        marks = _marks(pair)
        if marks is not None:
            _fill(experiment, pair, marks, rows, now)
        elif _is_hopeless(pair, now):
            pair.void, pair.voided_at = Pair.Void.UNTOLD, now
            pair.save(update_fields=["void", "voided_at"])
    return _weigh(experiment, now)


def _marks(pair: Pair) -> Marks | None:
    """Both posts at the fixed age."""
    found = {
        mark.series.delivery_id: mark
        for mark in Mark.objects.filter(
            series__delivery__in=[pair.delivery_a, pair.delivery_b], age_days=AGE_DAYS
        ).select_related("channel", "series__delivery__variant", "series__delivery__post__pillar")
    }
    a, b = found.get(pair.delivery_a_id), found.get(pair.delivery_b_id)
    outcome = pair.experiment.outcome
    if a is None or b is None or getattr(a, outcome) is None or getattr(b, outcome) is None:
        return None
    return a, b


def _is_hopeless(pair: Pair, now: datetime) -> bool:
    assert pair.due_a is not None and pair.due_b is not None
    return now > max(pair.due_a, pair.due_b) + 2 * latest_by(AGE_DAYS)


def _fill(experiment: Experiment, pair: Pair, marks: Marks, rows: Sequence[Measured], now: datetime) -> None:
    """Counts and expectations are written once and never changed."""
    pair.count_a, pair.count_b = (getattr(mark, experiment.outcome) for mark in marks)
    pair.expected_a, pair.expected_b = _expected(experiment, marks, rows)
    pair.looked_at = now
    pair.save()


def _expected(experiment: Experiment, marks: Marks, rows: Sequence[Measured]) -> tuple[float, float]:
    """What made the two posts unequal beforehand, by a model of earlier posts only, and never of the
    factor under test; nothing while there are too few of them."""
    workspace = experiment.workspace
    own = [measured_of(mark, workspace) for mark in marks]
    begun = min(one.at for one in own)
    earlier = [row for row in rows if row.at < begun]
    here = sum(row.channel_id == experiment.channel_id for row in earlier)
    if here < FEWEST_POSTS or experiment.outcome != Experiment.Outcome.INTERACTIONS:
        return 0.0, 0.0
    posts = posts_of(earlier)
    posterior = fit(posts, use_curve=False)
    both = posts_of([*earlier, *own])
    first, second = (planned_of(both, posts, len(earlier) + n) for n in range(2))
    if first is None or second is None:
        return 0.0, 0.0
    second_alike = _without_factor(experiment, first, second)
    return _mean(posterior, posts, first), _mean(posterior, posts, second_alike)


def _without_factor(experiment: Experiment, first: PlannedPost, second: PlannedPost) -> PlannedPost:
    """The second post with the first one's level of what is being compared."""
    values = {name: getattr(second, name) for name in PlannedPost.__dataclass_fields__}
    match experiment.factor:
        case Experiment.Factor.SLOT:
            alike: tuple[str, ...] = ("slot",)
        case Experiment.Factor.FORMAT:
            alike = ("format",)
        case _:
            alike = ("length", "hashtags", "flags")
    return PlannedPost(**{**values, **{name: getattr(first, name) for name in alike}})


def _mean(posterior: Posterior, posts: Posts, plan: PlannedPost) -> float:
    return float(np.asarray(posterior.of(row_of(posterior.design, posts, plan)).mean))


def _weigh(experiment: Experiment, now: datetime) -> bool:
    """The evidence after each pair, in the order in which they were looked at; ends it where it may."""
    pairs = list(experiment.pairs.exclude(looked_at=None).filter(void="").order_by("looked_at", "number"))
    seen = [
        proof.Pair(float(one.count_a or 0), float(one.count_b or 0), one.expected_a, one.expected_b)
        for one in pairs
    ]
    values = proof.evidence(seen)
    for pair, value in zip(pairs, values, strict=True):
        if pair.evidence != value:
            pair.evidence = value
            pair.save(update_fields=["evidence"])
    if seen:
        effect = proof.effect(seen)
        experiment.evidence, experiment.alike = values[-1], effect.alike
        low, high = effect.interval
        experiment.low, experiment.gain, experiment.high = (
            math.expm1(value) for value in (low, effect.mean, high)
        )
    found = proof.verdict(seen, planned=experiment.planned_pairs, within_ten_percent=experiment.alike or 0.0)
    if found is Verdict.RUNNING and experiment.ends_by is not None and now >= experiment.ends_by:
        found = Verdict.UNDECIDED
    experiment.verdict = found.value
    if found is not Verdict.RUNNING:
        experiment.state, experiment.ended_at = Experiment.State.ENDED, now
        _tell(experiment)
    experiment.save()
    return found is not Verdict.RUNNING


def _tell(experiment: Experiment) -> None:
    record(
        "experiment.ended",
        workspace_id=experiment.workspace_id,
        subject_kind="channel",
        subject_id=experiment.channel_id,
        verdict=experiment.verdict,
    )
