"""To whom a link is given and for how long; a yes or what is to be changed."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tesselle.review.links import DAYS
from tesselle.review.models import Answer


def _days() -> list[tuple[int, str]]:
    return [(days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in DAYS]


class LinkForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("review", "For whom"),
        help_text=_("The name that will stand beside each answer."),
        max_length=80,
    )
    days = forms.TypedChoiceField(
        label=pgettext_lazy("review", "Good for"), coerce=int, choices=_days, initial=7
    )


class WeekForm(LinkForm):
    first = forms.DateField(
        label=pgettext_lazy("review", "Seven days from"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ("first", "name", "days")

    @property
    def last(self) -> date:
        """The day after the seventh."""
        first: date = self.cleaned_data["first"]
        return first + timedelta(days=7)


class AnswerForm(forms.Form):
    """`revision`: what was looked at."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Answer.Verdict.choices)
    comment = forms.CharField(required=False, max_length=2000)

    @property
    def said(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "revision_id": values["revision"],
            "verdict": values["verdict"],
            "comment": values["comment"],
        }
