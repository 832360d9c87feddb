"""To whom a link is given and for how long; to whom the report is mailed."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tesselle.report.links import DAYS
from tesselle.report.mailing import LAST_DAY
from tesselle.report.parts import MOST_SIGNS


def _days() -> list[tuple[int, str]]:
    return [(days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in DAYS]


class LinkForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("review", "For whom"),
        help_text=_("So that you know later which link to withdraw."),
        max_length=80,
    )
    days = forms.TypedChoiceField(
        label=pgettext_lazy("review", "Good for"), coerce=int, choices=_days, initial=30
    )


class ColourForm(forms.Form):
    colour = forms.RegexField(
        r"#[0-9a-fA-F]{6}",
        label=_("Colour of the company"),
        help_text=_("Of titles. One too light to be read on white is darkened for words."),
        widget=forms.TextInput({"type": "color"}),
        error_messages={"invalid": _("A colour is written as # and six signs, such as #0c5c6e.")},
    )


class PartForm(forms.Form):
    text = forms.CharField(
        label=_("Your text"),
        help_text=_("An empty line begins a new paragraph. The table below stays as it is."),
        widget=forms.Textarea({"rows": 10}),
        max_length=MOST_SIGNS,
    )


class MailingForm(forms.Form):
    address = forms.EmailField(label=_("E-mail address"))
    what = forms.ChoiceField(
        label=_("What is mailed"),
        choices=[
            ("month", _("each month, the report of the month before")),
            ("campaign", _("each campaign’s report, nine days after its last day")),
        ],
        widget=forms.RadioSelect,
        initial="month",
    )
    day = forms.IntegerField(
        label=_("Day of the month"),
        help_text=_(
            "For the report of each month. From the 9th on, every post of the month before has its figures at "
            "seven days."
        ),
        min_value=1,
        max_value=LAST_DAY,
        initial=9,
    )
    language = forms.ChoiceField(label=_("Language"), choices=lambda: settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        """`day` None where campaigns are mailed: they have days of their own."""
        values: dict[str, Any] = super().clean() or {}
        if values.pop("what", "month") == "campaign":
            values["day"] = None
            self.errors.pop("day", None)
        return values
