"""How an objective stands, in words and as a fan with the goal as a line."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.learn.models import GoalOutlook
from tesselle.measure.charting import Cell, Chart, Column
from tesselle.strategy.aimable import Kind, known
from tesselle.strategy.models import Objective
from tesselle.strategy.numbers import in_words, written
from tesselle.web import dates

MOST_PAST = 26
State = GoalOutlook.State
TONES: dict[str, str] = {
    State.GOOD_WAY: "info",
    State.REACHED: "good",
    State.BADLY_BEGUN: "attention",
    State.NOT_REACHED: "attention",
}


@dataclass(frozen=True, slots=True)
class ShownOutlook:
    """`says`: the state with its chance. `lines`: what else is worth knowing."""

    objective: Objective
    figure: str
    due: str
    word: str
    tone: str
    says: str
    lines: tuple[str, ...]
    chart: Chart | None
    url: str


def shown_outlook(objective: Objective) -> ShownOutlook | None:
    """None while nothing was worked out, or the objective has no figure, goal or day."""
    outlook = GoalOutlook.objects.filter(objective=objective).first()
    indicator = known(objective.indicator)
    if outlook is None or indicator is None or objective.target is None or objective.due_on is None:
        return None
    return ShownOutlook(
        objective=objective,
        figure=in_words(objective),
        due=_day(objective.due_on),
        word=_word(outlook.state),
        tone=TONES.get(outlook.state, "quiet"),
        says=_says(outlook, objective, indicator.kind),
        lines=tuple(_lines(outlook, objective, indicator.kind)),
        chart=_chart(outlook, objective, indicator.kind),
        url=reverse("learn:goal", args=[objective.pk]),
    )


def _word(state: str) -> str:
    return {
        State.GOOD_WAY: pgettext("goal", "On the way"),
        State.UNCERTAIN: pgettext("goal", "Uncertain"),
        State.BADLY_BEGUN: pgettext("goal", "Badly begun"),
        State.TOO_EARLY: pgettext("goal", "Cannot be told yet"),
        State.TOO_FEW: pgettext("goal", "Cannot be told yet"),
        State.REACHED: pgettext("goal", "Reached"),
        State.NOT_REACHED: pgettext("goal", "Not reached"),
    }[State(state)]


def _says(outlook: GoalOutlook, objective: Objective, kind: Kind) -> str:
    assert objective.target is not None
    values = {
        "now": written(outlook.now, kind) if outlook.now is not None else "–",
        "goal": written(objective.target, kind),
        "weeks": outlook.weeks_known,
        "day": _day(outlook.tells_from) if outlook.tells_from else "",
    }
    match outlook.state:
        case State.TOO_FEW:
            return (
                _("%(weeks)s weeks of figures are known; four are needed before anything is foretold.")
                % values
            )
        case State.TOO_EARLY:
            return (
                _(
                    "Today %(now)s, the goal is %(goal)s. %(weeks)s weeks of figures do not reach so far ahead: "
                    "it can be told from about %(day)s."
                )
                % values
            )
        case State.REACHED | State.NOT_REACHED:
            return _("At its day: %(now)s, the goal was %(goal)s.") % values
        case _:
            tenths = min(max(round(10 * (outlook.chance or 0.0)), 1), 9)
            chance = (
                _("less than 1 chance in 20")
                if (outlook.chance or 0) < 0.05
                else _("more than 19 chances in 20")
                if (outlook.chance or 0) > 0.95
                else ngettext("about %(n)s chance in 10", "about %(n)s chances in 10", tenths) % {"n": tenths}
            )
            return _("Today %(now)s, the goal is %(goal)s: %(chance)s to reach it.") % {
                **values,
                "chance": chance,
            }


def _lines(outlook: GoalOutlook, objective: Objective, kind: Kind) -> list[str]:
    lines = []
    if outlook.lacking_a_week:
        amount = {"more": written(outlook.lacking_a_week, kind)}
        lines.append(
            _("What it would take: about %(more)s more, kept up over the last four weeks.") % amount
            if kind == "share"
            else _("What it would take: about %(more)s more each week.") % amount
        )
    if outlook.leans_on_one:
        lines.append(
            _(
                "One single post makes the difference: without it the goal would not be reached. "
                "Do not count on it coming again."
            )
        )
    if outlook.expected is not None and outlook.now is not None:
        lines.append(_before_after(outlook, kind))
    return lines


def _before_after(outlook: GoalOutlook, kind: Kind) -> str:
    """Never a before and an after without what was to be expected anyway."""
    now, low, high = outlook.now or 0.0, outlook.expected_low or 0.0, outlook.expected_high or 0.0
    values = {
        "expected": written(outlook.expected or 0.0, kind),
        "low": written(low, kind),
        "high": written(high, kind),
        "now": written(now, kind),
    }
    if low <= now <= high:
        return (
            _(
                "Without any change about %(expected)s was to be expected today (between %(low)s and %(high)s): "
                "%(now)s is within what chance does."
            )
            % values
        )
    return (
        _(
            "Without any change about %(expected)s was to be expected today (between %(low)s and %(high)s): "
            "%(now)s is outside of that. Chance alone does so about one time in five."
        )
        % values
    )


def _chart(outlook: GoalOutlook, objective: Objective, kind: Kind) -> Chart | None:
    if len(outlook.past) < 2:
        return None
    goal = _cell(objective.target, kind)
    rows = [
        (_day_cell(day), _cell(value, kind), _EMPTY, _EMPTY, _EMPTY, goal)
        for day, value in outlook.past[-MOST_PAST:]
    ]
    rows += [
        (_day_cell(day), _EMPTY, _cell(low, kind), _cell(middle, kind), _cell(high, kind), goal)
        for day, low, middle, high in outlook.fan
    ]
    indicator = known(objective.indicator)
    return Chart(
        spec="goal.vl.json",
        title=_("Where it is heading"),
        says=_("The band holds what comes four times in five; the line across is the goal.")
        if outlook.fan
        else _("What it was so far; the line across is the goal."),
        columns=(
            Column("day", _("Day"), "date"),
            Column("past", _("What it was")),
            Column("low", _("Low end")),
            Column("middle", _("Middle")),
            Column("high", _("High end")),
            Column("goal", pgettext("column", "Goal")),
        ),
        rows=tuple(rows),
        axes=("", str(indicator.name) if indicator else ""),
    )


_EMPTY = Cell("", "–")


def _cell(value: float | None, kind: Kind) -> Cell:
    return _EMPTY if value is None else Cell(f"{value:.6g}", written(value, kind))


def _day_cell(day: str) -> Cell:
    return Cell(f"{day}T00:00", _day(date.fromisoformat(day)))


def _day(day: date) -> str:
    return dates.written(day, pgettext("date format", "j M Y"))


def in_danger(workspace: int | OuterRef) -> QuerySet[GoalOutlook]:
    """Unlikely to be reached, and nobody has said that they know."""
    return GoalOutlook.objects.filter(
        state=State.BADLY_BEGUN,
        seen_at=None,
        objective__workspace=workspace,
        objective__retired_at=None,
    )
