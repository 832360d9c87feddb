"""What is written into the report, and what came of the objectives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.academy.models import Objective, Skill
from tesselle.academy.report.writing import Section
from tesselle.academy.rows import rows_of

MOST_SIGNS = 20_000


class SectionForm(forms.Form):
    own_words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=MOST_SIGNS,
        widget=forms.Textarea({"rows": 8}),
    )

    def __init__(self, *args: Any, section: Section, **named: Any) -> None:
        super().__init__(*args, **named)
        self.initial = {"own_words": section.own_words}
        self.fields["own_words"].help_text = section.draft.asks
        self.section = section
        for place, line in enumerate(section.lines):
            self.fields[f"line{place}"] = forms.CharField(
                label=line.sentence.source,
                initial=line.text,
                required=False,
                max_length=MOST_SIGNS,
                widget=forms.Textarea({"rows": 2}),
            )

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        return [(line, self[f"line{place}"]) for place, line in enumerate(self.section.lines)]

    def texts(self) -> dict[str, str]:
        return {
            line.sentence.key: self.cleaned_data[f"line{place}"]
            for place, line in enumerate(self.section.lines)
        }


ObjectiveResults = rows_of(
    Objective,
    ["reached", "outcome"],
    labels={"reached": _("Reached?"), "outcome": _("What shows it, or what was missing")},
    widgets={"reached": forms.NullBooleanSelect(), "outcome": forms.Textarea({"rows": 2})},
    spare=0,
)
SkillResults = rows_of(
    Skill,
    ["after"],
    labels={"after": pgettext_lazy("skill", "At the end")},
    spare=0,
    nothing_chosen=_("Not assessed"),
)
