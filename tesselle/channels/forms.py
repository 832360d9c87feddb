"""What the connection wizard asks for, drawn from the network's card; and a channel's settings."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel, NetworkApp
from tesselle.connectors.card import ConnectField, SignIn
from tesselle.networks import card


class ConnectForm(forms.Form):
    """Secrets are password inputs: what was typed is never sent back to the page."""

    def __init__(
        self,
        asks: Iterable[ConnectField],
        data: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, str] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), prefix=prefix)
        for asked in asks:
            self.fields[asked.name] = _drawn(asked)

    def answers(self) -> dict[str, str]:
        """Only what was answered; an address gets the scheme a person leaves out."""
        filled = {name: str(value).strip() for name, value in self.cleaned_data.items() if value}
        server = filled.get("server", "")
        if server and "://" not in server:
            filled["server"] = f"https://{server}"
        return filled


class AppForm(forms.Form):
    """What the network gave the operator. A secret that is kept already need not be typed again."""

    client_id = forms.CharField(max_length=300)
    client_secret = forms.CharField(
        max_length=2000, required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    base = forms.URLField(max_length=300, required=False, assume_scheme="https")

    def __init__(self, way: SignIn, kept: NetworkApp | None, data: Mapping[str, str] | None = None) -> None:
        initial = {"client_id": kept.client_id, "base": kept.base} if kept else {}
        super().__init__(data, initial=initial)
        self._has_secret = bool(kept and kept.sealed_secret)
        plain = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "off"}
        self.fields["client_id"].label, self.fields["client_secret"].label = map(gettext, way.app_names)
        self.fields["client_id"].widget.attrs.update(plain)
        if self._has_secret:
            self.fields["client_secret"].help_text = gettext("Leave it empty to keep the one that is there.")
        self.fields["base"].label = gettext("Another address of the network’s API")
        self.fields["base"].help_text = gettext(
            "Only for a trial host of the network, or for trying things out. Usually empty."
        )

    def clean_client_secret(self) -> str:
        secret: str = self.cleaned_data["client_secret"]
        if not secret and not self._has_secret:
            raise forms.ValidationError(gettext("Copy the secret that the network shows."))
        return secret


def _drawn(asked: ConnectField) -> forms.Field:
    attributes = {"placeholder": asked.placeholder, "autocomplete": "off", "spellcheck": "false"}
    widget: forms.Widget
    if asked.kind == "secret":
        widget = forms.PasswordInput({**attributes, "autocomplete": "new-password"})
    elif asked.kind == "url":
        widget = forms.TextInput({**attributes, "inputmode": "url", "autocapitalize": "off"})
    else:
        widget = forms.TextInput({**attributes, "autocapitalize": "off"})
    return forms.CharField(
        label=gettext(asked.label),
        help_text=gettext(asked.help) if asked.help else "",
        required=asked.required,
        max_length=2000,
        strip=asked.kind != "secret",
        widget=widget,
    )


class ChannelForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = Channel
        fields = ["fresh_minutes", "needs_approval", "month_budget"]
        labels = {
            "fresh_minutes": _("Tolerated delay, in minutes"),
            "needs_approval": _("Posts need approval"),
            "month_budget": _("Budget of a month"),
        }
        help_texts = {
            "fresh_minutes": _(
                "A post that could not leave for longer than this is no longer sent by itself: it waits "
                "for somebody to decide."
            ),
            "needs_approval": _("Nothing leaves on this channel before somebody has approved it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        costs = card(self.instance.network).costs
        if not costs:
            del self.fields["month_budget"]
            return
        self.fields["month_budget"].help_text = gettext(
            "In %(currency)s. The calendar and the composer warn before what is planned comes to more; nothing "
            "is held back. Empty for none."
        ) % {"currency": costs[0].currency}

    def clean_fresh_minutes(self) -> int:
        minutes: int = self.cleaned_data["fresh_minutes"]
        if minutes > 10_080:
            raise forms.ValidationError(_("A week (10,080 minutes) is the most."))
        return minutes
