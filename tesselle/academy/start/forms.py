"""The start's form: one for the path itself, one list each for skills, objectives, hours and questions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.academy.models import Objective, Path, Phase, Question, Skill
from tesselle.academy.rows import ReadersForm, RowSet, are_valid, rows_of
from tesselle.web.days import DayField

MOST_HOURS = 2000


def date_field() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class StartForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = Path
        fields = ["subject", "company", "context", "expectations", "start_due", "report_due"]
        labels = {
            "subject": _("Subject of the work"),
            "company": _("Company"),
            "context": _("Context"),
            "expectations": _("What you expect"),
            "start_due": _("This first document is due on"),
            "report_due": _("The final report is due on"),
        }
        help_texts = {
            "context": _("What the company does, where it stands on social networks today, and why now."),
            "expectations": _(
                "What you hope to know, to be able to do or to give to the company at the end."
            ),
        }
        widgets = {
            "context": forms.Textarea({"rows": 4}),
            "expectations": forms.Textarea({"rows": 4}),
            "start_due": date_field(),
            "report_due": date_field(),
        }
        field_classes = {"start_due": DayField, "report_due": DayField}


class PhaseForm(ReadersForm):
    hours = forms.DecimalField(
        label=_("Planned hours"),
        min_value=0,
        max_value=MOST_HOURS,
        decimal_places=2,
        widget=forms.NumberInput({"step": "0.25", "inputmode": "decimal"}),
    )

    class Meta:
        model = Phase
        fields = ["name"]
        labels = {"name": pgettext_lazy("of the work", "Phase")}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        if self.instance.pk:
            self.fields["hours"].initial = f"{self.instance.planned_minutes / 60:g}"

    def save(self, commit: bool = True) -> Phase:
        self.instance.planned_minutes = round(self.cleaned_data["hours"] * 60)
        saved: Phase = super().save(commit)
        return saved


SkillRows = rows_of(
    Skill,
    ["name", "before"],
    labels={"name": pgettext_lazy("row", "Skill"), "before": _("Today")},
    nothing_chosen=_("Not assessed"),
)
ObjectiveRows = rows_of(
    Objective,
    ["text", "proof", "due"],
    labels={"text": _("Objective"), "proof": _("How it will be seen"), "due": _("By")},
    widgets={"due": date_field()},
    field_classes={"due": DayField},
)
QuestionRows = rows_of(
    Question,
    ["worded"],
    labels={"worded": _("In your words")},
    widgets={"worded": forms.Textarea({"rows": 2})},
    spare=0,
)
PhaseRows = forms.inlineformset_factory(
    Path, Phase, form=PhaseForm, formset=RowSet, extra=1, can_delete=True, max_num=12, validate_max=True
)


class Start:
    """All of it together: valid when each part is, saved in one go."""

    def __init__(self, path: Path, data: Mapping[str, Any] | None = None) -> None:
        self.form = StartForm(data, instance=path)
        self.skills = SkillRows(data, instance=path, prefix="skills")
        self.objectives = ObjectiveRows(data, instance=path, prefix="objectives")
        self.phases = PhaseRows(data, instance=path, prefix="phases")
        self.questions = QuestionRows(data, instance=path, prefix="questions")

    @property
    def parts(self) -> tuple[Any, ...]:
        return self.form, self.skills, self.objectives, self.phases, self.questions

    def is_valid(self) -> bool:
        return are_valid(*self.parts)

    def save(self) -> None:
        for part in self.parts:
            part.save()
