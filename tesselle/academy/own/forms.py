"""One's own lessons, and the table of results."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.academy.models import OwnLesson
from tesselle.academy.rows import rows_of
from tesselle.web.days import DayField

LessonRows = rows_of(
    OwnLesson,
    ["kind", "title", "source", "done_on", "note"],
    labels={
        "kind": pgettext_lazy("lesson", "Kind"),
        "title": pgettext_lazy("lesson", "What is learned"),
        "source": _("Where it is found"),
        "done_on": _("Done on"),
        "note": _("What came of it"),
    },
    widgets={"done_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")},
    field_classes={"done_on": DayField},
)


class ResultsForm(forms.Form):
    table = forms.FileField(
        label=_("Results as a CSV table"),
        help_text=_(
            "A column for the day, one for the network, and the figures; it takes the place of the last one."
        ),
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
    )
