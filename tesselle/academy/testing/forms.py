"""How a project begins, and what a step asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.academy.catalogue.project import KnownStep
from tesselle.academy.models import Path, Phase, ProjectStep, StepKey
from tesselle.academy.testing.figures import ReadPost
from tesselle.networks import slugs
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import SCENARIOS, Scenario
from tesselle.workspaces.access import may_create_workspaces
from tesselle.workspaces.selectors import open_memberships

MOST_SIGNS = 5000


def playable() -> list[Scenario]:
    """Those whose networks are installed here."""
    return [one for one in SCENARIOS.values() if set(one.networks) <= set(slugs())]


def runs_of(path: Path) -> list[ScenarioRun]:
    """Scenarios that are played in workspaces of this person."""
    mine = open_memberships(path.person).values("workspace_id")
    found = ScenarioRun.objects.filter(workspace__in=mine, scenario__in=SCENARIOS)
    return list(found.select_related("workspace").order_by("-pk"))


class BeginForm(forms.Form):
    scenario = forms.ChoiceField(label=_("Scenario"), widget=forms.RadioSelect)
    phase = forms.ModelChoiceField(
        label=_("The hours count for"), queryset=Phase.objects.none(), required=False
    )

    def __init__(self, *args: Any, path: Path, **named: Any) -> None:
        super().__init__(*args, **named)
        self.runs = {f"run-{run.pk}": run for run in runs_of(path)}
        self.fresh = {one.slug: one for one in playable()} if may_create_workspaces(path.person) else {}
        offered = [
            *(
                (key, gettext("Go on with “%(workspace)s”") % {"workspace": run.workspace.name})
                for key, run in self.runs.items()
            ),
            *((slug, gettext(one.title)) for slug, one in self.fresh.items()),
        ]
        choice, phase = self.fields["scenario"], self.fields["phase"]
        assert isinstance(choice, forms.ChoiceField)
        assert isinstance(phase, forms.ModelChoiceField)
        choice.choices = offered
        choice.initial = offered[0][0] if offered else None
        phase.queryset = path.phases.all()
        phase.initial = path.phases.last()
        phase.empty_label = gettext("No phase")

    @property
    def is_offered(self) -> bool:
        return bool(self.runs or self.fresh)


class StepForm(forms.Form):
    """`answer` only where posts are to be compared; `words` only where something is to be said."""

    answer = forms.ChoiceField(
        label=_("Which of your posts brought the most interactions so far?"),
        required=False,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(required=False, max_length=MOST_SIGNS, widget=forms.Textarea({"rows": 5}))

    def __init__(
        self, *args: Any, known: KnownStep, step: ProjectStep, posts: list[ReadPost], **named: Any
    ) -> None:
        super().__init__(*args, **named)
        asks = str(known.asks)
        if asks:
            self.fields["words"].label = asks
            self.initial["words"] = step.words
        else:
            del self.fields["words"]
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)
        if known.key == StepKey.READ and step.done_at is None and len(posts) > 1:
            answer.choices = [(str(one.delivery_id), f"{one.name} · {one.network}") for one in posts]
        else:
            del self.fields["answer"]


class StartForm(forms.Form):
    is_timed = forms.BooleanField(
        label=pgettext_lazy("step of a project", "Measure my time with the stopwatch until it is done"),
        required=False,
        initial=True,
    )
