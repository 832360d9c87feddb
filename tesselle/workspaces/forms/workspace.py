"""A workspace's settings, and whom to let in."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tesselle.workspaces.forms.currency import CurrencyOfThePlace
from tesselle.workspaces.forms.zones import zones
from tesselle.workspaces.models import Invitation, Role, Workspace


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("Calendar and slots follow this place; what is already planned keeps its instant."),
        choices=zones,
    )
    language = forms.ChoiceField(
        label=_("Language"),
        help_text=_("Of what goes out in the workspace’s name, such as invitations."),
        choices=settings.LANGUAGES,
    )

    class Meta:
        model = Workspace
        fields = ["name", "zone", "language", "currency"]
        labels = {"name": _("Name of the workspace"), "currency": _("Currency")}
        help_texts = {
            "currency": _(
                "Of the amounts you note here. Another choice converts nothing: what is noted keeps its number."
            )
        }


class NewWorkspaceForm(CurrencyOfThePlace, WorkspaceForm):
    world_kind = forms.ChoiceField(
        label=_("What it is for"),
        choices=[
            (Workspace.WorldKind.REAL, _("For real: posts go out on the networks")),
            (Workspace.WorldKind.PRACTICE, _("For practice: simulated networks, nothing leaves")),
        ],
        widget=forms.RadioSelect,
    )

    class Meta(WorkspaceForm.Meta):
        fields = ["name", "zone", "language", "currency", "world_kind"]

    field_order = ("name", "zone", "currency", "language", "world_kind")


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, initial=Role.EDITOR, help_text=_("It can be changed later.")
    )

    class Meta:
        model = Invitation
        fields = ["email", "role"]
        labels = {"email": _("E-mail address")}
        widgets = {"email": forms.EmailInput({"autocomplete": "off"})}


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
