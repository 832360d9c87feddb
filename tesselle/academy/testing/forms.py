"""How a project begins, and what a step asks for."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.academy.catalogue.project import KnownStep
from tesselle.academy.models import Path, Phase, ProjectStep
from tesselle.academy.rows import PhaseField
from tesselle.academy.testing.figures import ReadPost
from tesselle.academy.testing.questions import Answer, Question
from tesselle.measure.indicators import DICTIONARY
from tesselle.networks import slugs
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import SCENARIOS, Scenario
from tesselle.workspaces.access import may_create_workspaces
from tesselle.workspaces.selectors import open_memberships

MOST_SIGNS = 5000
FEWEST_WORDS = 6
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.,'’](?=\d{3})")


def playable() -> list[Scenario]:
    """Those whose networks are installed here."""
    return [one for one in SCENARIOS.values() if set(one.networks) <= set(slugs())]


def runs_of(path: Path) -> list[ScenarioRun]:
    """Scenarios that are played in workspaces of this person, and are not over."""
    mine = open_memberships(path.person).values("workspace_id")
    found = ScenarioRun.objects.filter(workspace__in=mine, scenario__in=SCENARIOS)
    runs = found.select_related("workspace").order_by("-pk")
    return [run for run in runs if run.workspace.now() < run.ends_at]


def _told(scenario: Scenario) -> str:
    text = ngettext("%(title)s · %(weeks)s week", "%(title)s · %(weeks)s weeks", scenario.weeks)
    return text % {"title": gettext(scenario.title), "weeks": scenario.weeks}


class CountField(forms.IntegerField):
    """A count as pages show it, with whatever stands between its thousands."""

    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_BETWEEN_DIGITS.sub("", str(value or "").strip()))


class BeginForm(forms.Form):
    scenario = forms.ChoiceField(label=_("Scenario"), widget=forms.RadioSelect)
    phase = PhaseField(label=_("The hours count for"), queryset=Phase.objects.none(), required=False)

    def __init__(self, *args: Any, path: Path, **named: Any) -> None:
        super().__init__(*args, **named)
        self.runs = {f"run-{run.pk}": run for run in runs_of(path)}
        self.fresh = {one.slug: one for one in playable()} if may_create_workspaces(path.person) else {}
        offered = [
            *(
                (key, gettext("Go on with “%(workspace)s”") % {"workspace": run.workspace.name})
                for key, run in self.runs.items()
            ),
            *((slug, _told(one)) for slug, one in self.fresh.items()),
        ]
        choice, phase = self.fields["scenario"], self.fields["phase"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(phase, PhaseField)
        choice.choices = offered
        choice.initial = offered[0][0] if offered else None
        phase.of(path)
        phase.initial = path.phases.last()

    @property
    def is_offered(self) -> bool:
        return bool(self.runs or self.fresh)


class StepForm(forms.Form):
    """`words` only where something is to be said."""

    words = forms.CharField(required=False, max_length=MOST_SIGNS, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, known: KnownStep, step: ProjectStep, **named: Any) -> None:
        super().__init__(*args, **named)
        asks = str(known.asks)
        if asks:
            self.fields["words"].label = asks
            self.initial["words"] = step.words
        else:
            del self.fields["words"]

    @property
    def answered(self) -> Answer | None:
        return None


class ReadingForm(StepForm):
    """With a question about the figures. What is missing is said at once: only a whole answer is a try."""

    question = forms.CharField(widget=forms.HiddenInput)
    delivery = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    number = CountField(label=_("That figure, as the page of the post shows it"), min_value=0)
    field_order = ("question", "delivery", "number", "words")

    def __init__(self, *args: Any, question: Question, posts: list[ReadPost], **named: Any) -> None:
        super().__init__(*args, **named)
        self.asked, self.posts = question, posts
        choice = self.fields["delivery"]
        assert isinstance(choice, forms.TypedChoiceField)
        choice.label = asked_of(question)
        choice.choices = [(one.delivery_id, f"{one.name} · {one.network}") for one in posts]
        self.fields["words"].required = True
        self.initial["question"] = question.key

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if len(words.split()) < FEWEST_WORDS:
            raise ValidationError(
                gettext(
                    "Say it in a whole sentence: what the figures show, and why you think so. It is for you."
                )
            )
        return words

    @property
    def answered(self) -> Answer:
        given = self.cleaned_data
        return Answer(given["question"], given["delivery"], given["number"])


def asked_of(question: Question) -> str:
    text = (
        gettext("Which of your posts has the highest figure for “%(figure)s” so far?")
        if question.is_highest
        else gettext("Which of your posts has the lowest figure for “%(figure)s” so far?")
    )
    return text % {"figure": DICTIONARY[question.figure].name}


class StartForm(forms.Form):
    is_timed = forms.BooleanField(
        label=pgettext_lazy("step of a project", "Measure my time with the stopwatch until it is done"),
        required=False,
        initial=True,
    )
