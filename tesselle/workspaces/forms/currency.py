"""Asking for the currency where a workspace is made: that of its place, unless another is chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tesselle.workspaces.currencies import currency_of
from tesselle.workspaces.models import Workspace


class CurrencyOfThePlace(forms.Form):
    """Beside a field `zone`."""

    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        help_text=gettext_lazy(
            "Of what a post costs and of the jobs it brings. The usual one is francs in Zurich, euros in Paris; "
            "it can be changed later in the settings."
        ),
        choices=[
            ("", gettext_lazy("The usual one of that place")),
            *Workspace.Currency.choices,
        ],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("currency") == "" and values.get("zone"):
            values["currency"] = currency_of(values["zone"])
            if not values["currency"]:
                self.add_error(
                    "currency",
                    _("Choose a currency: that of %(zone)s is none of those an amount can be noted in.")
                    % {"zone": values["zone"]},
                )
        return values
