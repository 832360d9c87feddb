"""Which website's statistics are read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tesselle.measure.models import VisitSource


class SourceForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Statistics"), choices=VisitSource.Kind.choices, widget=forms.RadioSelect
    )
    server = forms.CharField(
        label=_("Address of the server"),
        max_length=300,
        help_text=_("Such as https://plausible.io, or where your Matomo stands."),
        widget=forms.URLInput({"placeholder": "https://", "inputmode": "url"}),
    )
    site = forms.CharField(
        label=_("Site"),
        max_length=200,
        help_text=_("Plausible: its domain, such as example.ch. Matomo: its number."),
    )
    token = forms.CharField(
        label=_("Access token"),
        max_length=400,
        help_text=_("It only has to read statistics. It is kept encrypted and never shown again."),
        widget=forms.PasswordInput({"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        is_matomo = values.get("kind") == VisitSource.Kind.MATOMO
        if is_matomo and values.get("site") and not values["site"].isdecimal():
            self.add_error("site", _("Matomo gives each site a number. It stands in Settings, Websites."))
        return values
