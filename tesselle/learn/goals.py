"""Outlooks of objectives, made anew by each run. Imports NumPy: for the command `tesselle learn` only."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from tesselle.domain.attention import attention_of
from tesselle.insights import goals
from tesselle.insights.forecast import FEWEST_WEEKS
from tesselle.learn.calibrating import multiplier
from tesselle.learn.models import GoalOutlook, Prediction, Run
from tesselle.measure.models import Mark
from tesselle.plan.selectors import midnight
from tesselle.strategy import aimable
from tesselle.strategy.aimable import Aimable, Week
from tesselle.strategy.baseline import value_of
from tesselle.strategy.models import Objective

HISTORY_WEEKS = 104
USUAL_GROWTH = 0.01
AGE_DAYS = 7
State = GoalOutlook.State


@dataclass(frozen=True, slots=True)
class Known:
    """The history of an objective's figure: its told weeks, the last of which ends on `until`."""

    indicator: Aimable
    weeks: Sequence[Week]
    values: list[float] = field(default_factory=list)

    @property
    def until(self) -> date:
        return self.weeks[-1].begins + timedelta(days=7)


@transaction.atomic
def foretell(run: Run) -> int:
    """Every objective in use that has a figure, a goal and a day; how many."""
    assert run.instant is not None
    today = run.instant.astimezone(run.workspace.tz).date()
    count = 0
    wanted = Objective.objects.filter(
        workspace=run.workspace, retired_at=None, target__isnull=False, due_on__isnull=False
    )
    for objective in wanted.select_related("channel", "workspace"):
        indicator = aimable.known(objective.indicator)
        if indicator is not None:
            _keep(objective, _outlook(objective, indicator, today))
            count += 1
    return count


def _keep(objective: Objective, fresh: GoalOutlook) -> None:
    """Whoever has seen that it is unlikely is not told again until it was better meanwhile."""
    known = GoalOutlook.objects.filter(objective=objective).first()
    if known is not None and known.state == fresh.state:
        fresh.seen_at = known.seen_at
    if known is not None:
        fresh.pk = known.pk
    fresh.save()


def known_of(objective: Objective, indicator: Aimable) -> Known:
    weeks = indicator.history(objective.workspace, objective.channel, HISTORY_WEEKS)
    told = [week for week in weeks if week.value is not None]
    return Known(indicator, told, [float(week.value or 0.0) for week in told])


def _outlook(objective: Objective, indicator: Aimable, today: date) -> GoalOutlook:
    assert objective.due_on is not None and objective.target is not None
    known = known_of(objective, indicator)
    fresh = GoalOutlook(objective=objective, made_on=today, weeks_known=len(known.values))
    if len(known.values) < FEWEST_WEEKS:
        fresh.state = State.TOO_FEW
        return fresh
    kind = indicator.kind
    fresh.now = value_of(kind, known.values)
    fresh.past = _past(known)
    fresh.leans_on_one = _leans_on_one(objective, indicator, known)
    _without_change(fresh, objective, known)
    weeks = math.ceil((objective.due_on - known.until) / timedelta(weeks=1))
    if weeks < 1:
        fresh.state = State.REACHED if fresh.now >= objective.target else State.NOT_REACHED
        return fresh
    _ahead(fresh, objective, known, weeks)
    return fresh


def _ahead(fresh: GoalOutlook, objective: Objective, known: Known, weeks: int) -> None:
    """The fan as far as anything may be foretold; a chance only when that reaches the day."""
    assert objective.due_on is not None and objective.target is not None
    kind = known.indicator.kind
    far = goals.weeks_foretold(kind, len(known.values))
    told = min(weeks, far)
    is_level = kind == "level"
    found = goals.outlook(
        kind,
        known.values,
        told,
        objective.target,
        growth=_growth(objective),
        widen=multiplier(
            objective.workspace, Prediction.Kind.FOLLOWERS if is_level else Prediction.Kind.WEEK
        ),
    )
    if found is None:
        fresh.state = State.TOO_FEW
        return
    fresh.fan = [
        [(known.until + timedelta(weeks=n)).isoformat(), one.low, one.middle, one.high]
        for n, one in enumerate(found.fan, start=1)
    ]
    if told < weeks:
        # The history grows while the day comes nearer: (due - t) <= (t - first) / 3.
        fresh.state = State.TOO_EARLY
        first = known.weeks[0].begins
        fresh.tells_from = first + (objective.due_on - first) * 3 / 4
        return
    fresh.state = State(goals.state_of(found.chance))
    fresh.chance = found.chance
    spread = weeks if is_level else goals.COUNTED_WEEKS if kind == "sum" else 1
    fresh.lacking_a_week = found.lacking / spread


def _growth(objective: Objective) -> float:
    if objective.channel is None:
        return USUAL_GROWTH
    return attention_of(objective.channel.network).growth


def _past(known: Known) -> list[list[object]]:
    """What the figure was, week by week, as the objective counts it."""
    kind, width = known.indicator.kind, goals.COUNTED_WEEKS
    first = 1 if kind == "level" else width
    return [
        [
            (known.weeks[n - 1].begins + timedelta(days=7)).isoformat(),
            value_of(kind, known.values[max(0, n - width) : n]),
        ]
        for n in range(first, len(known.values) + 1)
    ]


def _without_change(fresh: GoalOutlook, objective: Objective, known: Known) -> None:
    """Regression to the mean, said: today's value as it was foretold when the objective was written."""
    written = objective.created_at.astimezone(objective.workspace.tz).date()
    before = [
        value
        for week, value in zip(known.weeks, known.values, strict=True)
        if week.begins + timedelta(days=7) <= written
    ]
    since = len(known.values) - len(before)
    # As far as anything may be foretold; a level that only wanders is expected at the same place later.
    ahead = min(since, goals.weeks_foretold(known.indicator.kind, len(before)))
    if ahead < min(since, goals.COUNTED_WEEKS) or ahead < 1:
        return
    found = goals.without_change(known.indicator.kind, before, ahead)
    if found is not None:
        fresh.expected_low, fresh.expected, fresh.expected_high = found.low, found.middle, found.high


def _leans_on_one(objective: Objective, indicator: Aimable, known: Known) -> bool:
    """Only of what posts add up to."""
    columns = {one.name for one in Mark._meta.get_fields()}
    if indicator.kind != "sum" or indicator.slug not in columns:
        return False
    zone, column = objective.workspace.tz, indicator.slug
    posts = Mark.objects.filter(
        channel__workspace=objective.workspace,
        age_days=AGE_DAYS,
        published_at__gte=midnight(known.until - timedelta(weeks=goals.COUNTED_WEEKS), zone),
        published_at__lt=midnight(known.until, zone),
        **{f"{column}__isnull": False},
    )
    if objective.channel is not None:
        posts = posts.filter(channel=objective.channel)
    counts = [float(count) for count in posts.values_list(column, flat=True)]
    return goals.leans_on_one(counts, objective.target or 0.0, value_of("sum", known.values))
