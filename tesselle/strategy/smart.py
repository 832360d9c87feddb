"""The five letters of a good objective: which are there, which are missing, and how to mend it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tesselle.strategy.models import Objective

FAR = 3.0
"""More than three times the baseline is seldom reached within a year."""


@dataclass(frozen=True, slots=True)
class Letter:
    """`fields`: of the form, those that make it. `cure`: said kindly when it is missing."""

    letter: str
    name: str | Promise
    asks: str | Promise
    example: str | Promise
    cure: str | Promise
    fields: tuple[str, ...]
    is_there: Callable[[Objective], bool]


LETTERS: tuple[Letter, ...] = (
    Letter(
        "S",
        pgettext_lazy("smart", "Specific"),
        gettext_lazy("What exactly is to be reached? One sentence, one thing."),
        gettext_lazy("Example: five requests for a quote a month, through our networks."),
        gettext_lazy("Say in one sentence what is to be reached."),
        ("sentence",),
        lambda one: bool(one.sentence),
    ),
    Letter(
        "M",
        pgettext_lazy("smart", "Measurable"),
        gettext_lazy("Which one figure shows it, where does it stand, and where should it go?"),
        gettext_lazy("Example: requests for a quote in four weeks, from 2 to 5."),
        gettext_lazy(
            "Choose one figure and the value it should reach: without them nobody can say it is won."
        ),
        ("indicator", "channel", "baseline", "target"),
        lambda one: bool(one.indicator) and one.target is not None,
    ),
    Letter(
        "A",
        pgettext_lazy("smart", "Achievable"),
        gettext_lazy("With what will you get there: time, people, pictures?"),
        gettext_lazy("Example: three hours a week, one finished job photographed every Friday."),
        gettext_lazy("Say what you can put into it: hours a week are enough."),
        ("means",),
        lambda one: bool(one.means),
    ),
    Letter(
        "R",
        pgettext_lazy("smart", "Relevant"),
        gettext_lazy("What is it good for in your company?"),
        gettext_lazy("Example: keep the second team busy in winter."),
        gettext_lazy("Say what it is good for: that is what helps you choose when time is short."),
        ("serves",),
        lambda one: bool(one.serves),
    ),
    Letter(
        "T",
        pgettext_lazy("smart", "Time-bound"),
        gettext_lazy("Until what day?"),
        gettext_lazy("Example: 30 June. Three to six months are long enough to see something."),
        gettext_lazy("Give it a day: only then can it be said whether you are on the way."),
        ("due_on",),
        lambda one: one.due_on is not None,
    ),
)


def missing(objective: Objective) -> list[Letter]:
    return [letter for letter in LETTERS if not letter.is_there(objective)]


def cautions(objective: Objective) -> list[str]:
    """What is odd about the figures: a goal that chance reaches, or one that is very far."""
    target, base = objective.target, objective.baseline
    if target is None or base is None:
        return []
    low, high = objective.baseline_low, objective.baseline_high
    if low is not None and high is not None and low < high and low <= target <= high:
        return [
            _(
                "This goal lies within what chance alone does today: you could reach it without changing "
                "anything. Aim beyond it."
            )
        ]
    if base > 0 and target > FAR * base:
        return [_("This is more than three times what you have today: is there a first stage on the way?")]
    return []
