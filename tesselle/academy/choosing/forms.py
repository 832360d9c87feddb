"""What is written while choosing."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.academy import catalogue
from tesselle.academy.choosing.usability import HIGHEST, LOWEST, STATEMENTS
from tesselle.academy.models import Cell, Criterion, Decision, Gate, Path, Tool, Verdict
from tesselle.academy.models.choosing import BEST_SCORE
from tesselle.academy.rows import ReadersForm, rows_of
from tesselle.web.days import DayField


class NeedsForm(forms.Form):
    needs = forms.MultipleChoiceField(
        label=_("Which of these are true for the company?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    said = forms.CharField(
        label=_("In your own words"),
        help_text=_("What else matters, who will use it, what has gone wrong before."),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )
    set_weights = forms.BooleanField(
        label=_("Set the weights of the criteria by these answers again"), required=False
    )

    def __init__(self, *args: Any, path: Path, is_first: bool, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial = {"needs": path.needs, "said": path.needs_said}
        choices = self.fields["needs"]
        assert isinstance(choices, forms.MultipleChoiceField)
        choices.choices = [(need.key, str(need.text)) for need in catalogue.needs()]
        if is_first:
            del self.fields["set_weights"]


CriterionRows = rows_of(
    Criterion,
    ["name", "weight", "definition", "measure"],
    labels={
        "name": pgettext_lazy("row", "Criterion"),
        "weight": pgettext_lazy("of a criterion", "Weight"),
        "definition": _("What it means"),
        "measure": _("How it is measured, and what a score means"),
    },
    widgets={
        "weight": forms.NumberInput({"step": "0.5", "min": "0", "max": "100", "inputmode": "decimal"}),
        "definition": forms.Textarea({"rows": 2}),
        "measure": forms.Textarea({"rows": 2}),
    },
)
GateRows = rows_of(Gate, ["text"], labels={"text": _("Condition")})


class NewToolForm(forms.Form):
    name = forms.CharField(label=_("Name of the tool"), max_length=80)


class ToolForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = Tool
        fields = ["considered", "advantages", "drawbacks", "trial"]
        labels = {
            "considered": _("It takes part in the ranking"),
            "advantages": _("Advantages"),
            "drawbacks": _("Drawbacks"),
            "trial": _("How it was tried"),
        }
        help_texts = {
            "trial": _("Tasks, minutes, what went wrong. For example: first post planned in 6 minutes.")
        }
        widgets = {
            "advantages": forms.Textarea({"rows": 3}),
            "drawbacks": forms.Textarea({"rows": 3}),
            "trial": forms.Textarea({"rows": 3}),
        }


class CellForm(ReadersForm):
    score = forms.TypedChoiceField(
        label=pgettext_lazy("of a tool", "Score"), required=False, coerce=int, empty_value=None
    )

    class Meta:
        model = Cell
        fields = ["score", "note", "fact", "source", "read_on"]
        labels = {
            "note": _("What you saw"),
            "fact": _("Fact"),
            "source": pgettext_lazy("of a fact", "Source"),
            "read_on": pgettext_lazy("of a fact", "Read on"),
        }
        widgets = {
            "note": forms.Textarea({"rows": 2}),
            "fact": forms.Textarea({"rows": 2}),
            "read_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        field_classes = {"read_on": DayField}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        score = self.fields["score"]
        assert isinstance(score, forms.ChoiceField)
        numbers = [(number, str(number)) for number in range(BEST_SCORE + 1)]
        score.choices = [("", gettext("not known yet")), *numbers]


class VerdictForm(forms.ModelForm):  # type: ignore[type-arg]
    passed = forms.NullBooleanField(label=_("Is it so?"), required=False)

    class Meta:
        model = Verdict
        fields = ["passed", "note"]
        labels = {"note": pgettext_lazy("of a condition", "Note")}

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["passed"].widget = forms.NullBooleanSelect()


class QuestionnaireForm(forms.Form):
    """Ten statements; `optional` lets all of them be left out, never some."""

    def __init__(self, *args: Any, optional: bool = False, **named: Any) -> None:
        super().__init__(*args, **named)
        self.optional = optional
        for number, statement in enumerate(STATEMENTS):
            self.fields[f"s{number}"] = forms.TypedChoiceField(
                label=statement,
                choices=[(n, str(n)) for n in range(LOWEST, HIGHEST + 1)],
                coerce=int,
                empty_value=None,
                required=not optional,
                widget=forms.RadioSelect,
            )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        given = self.answers(found)
        if self.optional and 0 < len(given) < len(STATEMENTS):
            message = gettext("The questionnaire counts only as a whole: answer all ten statements, or none.")
            raise forms.ValidationError(message)
        return found

    @property
    def statements(self) -> list[Any]:
        """The ten fields, drawn apart from any others."""
        return [self[f"s{number}"] for number in range(len(STATEMENTS))]

    @staticmethod
    def answers(cleaned: dict[str, Any]) -> list[int]:
        found = (cleaned.get(f"s{number}") for number in range(len(STATEMENTS)))
        return [answer for answer in found if answer is not None]


class FeedbackForm(QuestionnaireForm):
    name = forms.CharField(label=_("Your name"), max_length=80)
    liked = forms.CharField(
        label=_("What you liked"), max_length=3000, required=False, widget=forms.Textarea({"rows": 3})
    )
    missed = forms.CharField(
        label=_("What you missed"), max_length=3000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, optional=True, **named)

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "name" in found and not (found.get("liked") or found.get("missed") or self.answers(found)):
            message = gettext(
                "There is nothing in it yet: write what you liked or missed, or answer the ten."
            )
            raise forms.ValidationError(message)
        return found


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]
    """`tools`: the names there are to choose from. Which fields are required hangs on what is decided."""

    use_required_attribute = False

    class Meta:
        model = Decision
        fields = ["outcome", "tool_name", "against_name", "reasons", "missed"]
        labels = {
            "outcome": pgettext_lazy("decision", "Decision"),
            "reasons": _("Why"),
            "missed": _("What the others did better, as a wish list"),
        }
        widgets = {
            "outcome": forms.RadioSelect,
            "reasons": forms.Textarea({"rows": 5}),
            "missed": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, tools: list[str], **named: Any) -> None:
        super().__init__(*args, **named)
        names = [(name, name) for name in tools]
        needs_tool = self.data.get("outcome", Decision.Outcome.TOOL) == Decision.Outcome.TOOL
        self.fields["outcome"] = forms.ChoiceField(
            label=pgettext_lazy("decision", "Decision"),
            choices=Decision.Outcome.choices,
            initial=Decision.Outcome.TOOL,
            widget=forms.RadioSelect,
        )
        self.fields["tool_name"] = forms.ChoiceField(
            label=_("The tool"),
            choices=[("", pgettext("tool", "Choose one")), *names],
            required=needs_tool,
            error_messages={"required": gettext("Choose the tool, or decide on none of them.")},
        )
        self.fields["against_name"] = forms.ChoiceField(
            label=_("The other finalist"),
            choices=[("", pgettext("tool", "none")), *names],
            required=False,
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("outcome") == Decision.Outcome.NONE:
            found["tool_name"] = ""
        if found.get("tool_name") and found.get("tool_name") == found.get("against_name"):
            self.add_error("against_name", gettext("The finalists are two different tools."))
        return found


class ImportForm(forms.Form):
    table = forms.FileField(label=_("Table (XLSX)"), widget=forms.FileInput({"accept": ".xlsx"}))
