"""How one wants to be told, kind by kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.notify.models import Kind, Wish
from tesselle.notify.wishes import Way, ways_of
from tesselle.workspaces.models import User


class WishesForm(forms.Form):
    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        for kind, way in ways_of(user).items():
            self.fields[f"mail_{kind}"] = forms.ChoiceField(
                label=pgettext("notice", "By e-mail"), choices=Wish.Mail.choices, initial=way.mail
            )
            self.fields[f"push_{kind}"] = forms.BooleanField(
                label=_("On my devices"), required=False, initial=way.push
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {"kind": kind.label, "mail": self[f"mail_{kind.value}"], "push": self[f"push_{kind.value}"]}
            for kind in Kind
        ]

    @property
    def ways(self) -> dict[str, Way]:
        said = self.cleaned_data
        return {kind: Way(said[f"mail_{kind}"], said[f"push_{kind}"]) for kind in Kind.values}
