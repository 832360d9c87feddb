"""The pages in their order, and what each is filled with."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from tesselle.strategy.models import Beginning
from tesselle.strategy.starting import StartingPoint, starting_point
from tesselle.strategy.wizard import forms


@dataclass(frozen=True, slots=True)
class Step:
    """`minutes`: about how long it takes. `form` None: the last page, which only shows."""

    slug: str
    name: str | Promise
    intro: str | Promise
    minutes: int
    form: type[forms.StepForm] | None


STEPS: tuple[Step, ...] = (
    Step(
        "situation",
        pgettext_lazy("wizard", "Your situation"),
        gettext_lazy("Eight short pages. You can go back, stop and come again: what you typed stays."),
        2,
        forms.SituationForm,
    ),
    Step(
        "reader",
        pgettext_lazy("wizard", "Your readers"),
        gettext_lazy("One person you know, rather than everybody. Others can be added later."),
        3,
        forms.ReaderForm,
    ),
    Step(
        "goal",
        pgettext_lazy("wizard", "Your objective"),
        gettext_lazy("One objective that can be checked later. A second one can wait."),
        4,
        forms.GoalForm,
    ),
    Step(
        "time",
        pgettext_lazy("wizard", "Your time"),
        gettext_lazy("A rhythm that can be kept beats one that looks good on paper."),
        1,
        forms.TimeForm,
    ),
    Step(
        "rhythm",
        pgettext_lazy("wizard", "Your rhythm"),
        gettext_lazy(
            "Proposed for the hours you have. These are starting points, not rules: change what does not suit you."
        ),
        2,
        forms.RhythmForm,
    ),
    Step(
        "subjects",
        pgettext_lazy("wizard", "Your subjects"),
        gettext_lazy(
            "Three to six subjects that you come back to. Keep only those you can feed regularly. "
            "No study has proved a best mix: these shares are a start, the calendar shows what becomes of them."
        ),
        4,
        forms.SubjectsForm,
    ),
    Step(
        "voice",
        pgettext_lazy("wizard", "Your voice"),
        gettext_lazy("So that two people writing sound like one company."),
        3,
        forms.VoiceForm,
    ),
    Step(
        "look",
        pgettext_lazy("wizard", "Look it over"),
        gettext_lazy(
            "Nothing is made yet. Press the button when it is right; all of it can be changed later."
        ),
        1,
        None,
    ),
)


def number_within(value: object) -> int:
    text = str(value or "")
    return min(max(int(text), 1), len(STEPS)) if text.isdecimal() and len(text) < 4 else 1


def minutes_left(number: int) -> int:
    return sum(step.minutes for step in STEPS[number - 1 :])


def point_of(beginning: Beginning) -> StartingPoint:
    return starting_point(beginning.answers.get("situation", {}).get("kind", ""))


def form_of(step: Step, beginning: Beginning, *, bound: bool) -> forms.StepForm:
    """With what was answered; with the starting point's proposals where nothing was."""
    assert step.form is not None
    answered = beginning.answers.get(step.slug)
    made = {"workspace": beginning.workspace, "point": point_of(beginning), "told": beginning.answers}
    if bound:
        return step.form(answered or {}, **made)
    form = step.form(None, **made)
    if answered is not None:
        form.initial = dict(answered)
    return form


def checked(beginning: Beginning) -> dict[str, Any]:
    """Each page's form with its answers looked at, in order."""
    return {step.slug: form_of(step, beginning, bound=True) for step in STEPS if step.form is not None}


def first_wrong(beginning: Beginning) -> int | None:
    """The number of the first page that still wants something."""
    for number, form in enumerate(checked(beginning).values(), start=1):
        if not form.is_valid():
            return number
    return None
