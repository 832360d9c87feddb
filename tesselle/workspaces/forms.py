"""What is asked of a person: the first run, their settings, the workspace's."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tesselle.web.forms import LongSelect
from tesselle.workspaces.models import User, Workspace


def _zones() -> list[tuple[str, str]]:
    """Places, not abbreviations: a place keeps its meaning when the clocks change."""
    places = (zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return [(zone, zone.replace("_", " ")) for zone in sorted(places)] + [("UTC", "UTC")]


class FirstRunForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    workspace_name = forms.CharField(
        label=_("Name of the workspace"),
        help_text=_("Usually the company's name."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Posts leave at the times of this place."),
        choices=_zones,
        widget=LongSelect,
        initial="Europe/Zurich",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[:1])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password"):
            likely = User(email=values.get("email", ""), name=values.get("name", ""))
            try:
                validate_password(values["password"], likely)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Your name")}


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Calendar and slots follow this place; what is already planned keeps its instant."),
        choices=_zones,
        widget=LongSelect,
    )

    class Meta:
        model = Workspace
        fields = ["name", "zone"]
        labels = {"name": _("Name of the workspace")}
