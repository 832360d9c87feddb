"""What the connection wizard asks for, drawn from the network's card; and a channel's settings."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.connectors.card import ConnectField, Network


class ConnectForm(forms.Form):
    """Secrets are password inputs: what was typed is never sent back to the page."""

    def __init__(
        self,
        network: Network,
        data: Mapping[str, str] | None = None,
        *,
        initial: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        for asked in network.connect_fields:
            self.fields[asked.name] = _drawn(asked)

    def answers(self) -> dict[str, str]:
        """Only what was answered; an address gets the scheme a person leaves out."""
        filled = {name: str(value).strip() for name, value in self.cleaned_data.items() if value}
        server = filled.get("server", "")
        if server and "://" not in server:
            filled["server"] = f"https://{server}"
        return filled


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
        fields = ["fresh_minutes", "needs_approval"]
        labels = {"fresh_minutes": _("Freshness, in minutes"), "needs_approval": _("Posts need approval")}
        help_texts = {
            "fresh_minutes": _(
                "A post that could not leave for longer than this is no longer sent by itself: it waits "
                "for somebody to decide."
            ),
            "needs_approval": _("Nothing leaves on this channel before somebody has approved it."),
        }

    def clean_fresh_minutes(self) -> int:
        minutes: int = self.cleaned_data["fresh_minutes"]
        if minutes > 10_080:
            raise forms.ValidationError(_("A week (10080 minutes) is the most."))
        return minutes
