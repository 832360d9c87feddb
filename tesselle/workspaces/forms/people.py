"""The first account, an invited person's account, and one's own settings."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tesselle.workspaces.forms.currency import CurrencyOfThePlace
from tesselle.workspaces.forms.zones import zones
from tesselle.workspaces.models import User


def _own_zones() -> list[tuple[str, Any]]:
    return [("", _("As the workspace")), *zones()]


class NewPersonForm(forms.Form):
    """A name and a new password; `known_email`: the address it goes with."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, known_email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_email = known_email
        self.fields["password"].help_text = " ".join(password_validators_help_texts()[:1])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("password"):
            likely = User(email=values.get("email", self.known_email), name=values.get("name", ""))
            try:
                validate_password(values["password"], likely)
            except ValidationError as error:
                self.add_error("password", error)
        return values


class FirstRunForm(CurrencyOfThePlace, NewPersonForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("You sign in with it."),
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    workspace_name = forms.CharField(
        label=_("Name of the workspace"),
        help_text=_("Usually the company’s name."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Posts leave at the times of this place."),
        choices=zones,
        initial="Europe/Zurich",
    )
    field_order = ("name", "email", "password", "workspace_name", "zone", "currency")


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = forms.ChoiceField(
        label=_("Your time zone"),
        help_text=_("For the journal and your sessions. Calendar and plans follow the workspace."),
        choices=_own_zones,
        required=False,
    )

    class Meta:
        model = User
        fields = ["name", "language", "zone"]
        labels = {"name": _("Your name")}
