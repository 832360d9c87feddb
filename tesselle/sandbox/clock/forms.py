from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.sandbox.clock.services import SPEEDS
from tesselle.web.days import InstantField


class ToDateForm(forms.Form):
    until = InstantField(
        label=_("Until"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, now: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["until"].widget.attrs["min"] = f"{now:%Y-%m-%dT%H:%M}"


class PlayForm(forms.Form):
    speed = forms.TypedChoiceField(
        label=pgettext_lazy("clock", "Speed"),
        coerce=float,
        choices=[
            (SPEEDS[0], _("one hour per second")),
            (SPEEDS[1], _("a quarter of a day per second")),
            (SPEEDS[2], _("one day per second")),
        ],
    )
