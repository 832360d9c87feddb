"""To whom a link is given and for how long."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from tesselle.report.links import DAYS


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
