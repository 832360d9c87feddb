"""Time and difficulties, as they are written down."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.academy.dates import today
from tesselle.academy.models import Difficulty, Path, Phase, TimeEntry
from tesselle.academy.rows import PhaseField
from tesselle.academy.time.services import MOST_MINUTES
from tesselle.web.days import DayField


class StopwatchForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = TimeEntry
        fields = ["activity", "phase"]
        labels = {"activity": _("What you are doing"), "phase": pgettext_lazy("of the work", "Phase")}
        field_classes = {"phase": PhaseField}

    def __init__(self, *args: Any, path: Path, **named: Any) -> None:
        super().__init__(*args, **named)
        _own_phases(self, path)


class EntryForm(StopwatchForm):
    day = DayField(
        label=pgettext_lazy("time entry", "Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=MOST_MINUTES,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    class Meta(StopwatchForm.Meta):
        fields = ["activity", "phase", "minutes"]
        labels = {**StopwatchForm.Meta.labels, "activity": _("What you did")}

    def __init__(self, *args: Any, path: Path, **named: Any) -> None:
        super().__init__(*args, path=path, **named)
        self.zone = path.workspace.tz
        self.fields["day"].initial = today(path)

    def entry(self) -> TimeEntry:
        """At noon of its day: the hour was not asked for."""
        entry: TimeEntry = self.save(commit=False)
        entry.began_at = datetime.combine(self.cleaned_data["day"], time(12), self.zone)
        return entry


class ExplanationForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Phase
        fields = ["explanation"]
        labels = {"explanation": _("Why it took more or less")}
        widgets = {"explanation": forms.Textarea({"rows": 2})}


class DifficultyForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Difficulty
        fields = ["met_on", "phase", "what", "overcome", "is_greatest"]
        labels = {
            "met_on": pgettext_lazy("difficulty", "On"),
            "phase": pgettext_lazy("of the work", "Phase"),
            "what": _("What was difficult"),
            "overcome": _("How it was overcome"),
            "is_greatest": _("This was the greatest difficulty"),
        }
        field_classes = {"met_on": DayField, "phase": PhaseField}
        help_texts = {"overcome": _("Leave it empty while it is open; come back when it is solved.")}
        widgets = {
            "met_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "what": forms.Textarea({"rows": 3}),
            "overcome": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, path: Path, **named: Any) -> None:
        super().__init__(*args, **named)
        _own_phases(self, path)
        if self.instance.pk is None:
            self.fields["met_on"].initial = today(path)


def _own_phases(form: forms.BaseForm, path: Path) -> None:
    phase = form.fields["phase"]
    assert isinstance(phase, PhaseField)
    phase.of(path)
