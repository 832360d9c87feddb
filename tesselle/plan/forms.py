"""What the list is narrowed to, and where missed posts go."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.pages import network_name
from tesselle.plan.selectors import ChannelRow, Wanted
from tesselle.web.days import DayField, LocalDateTimeField
from tesselle.web.states import DELIVERY_STATES


class ListForm(forms.Form):
    """Read from the address; a value that makes no sense narrows nothing."""

    state = forms.ChoiceField(label=pgettext_lazy("filter", "State"), required=False)
    channel = forms.ChoiceField(label=pgettext_lazy("filter", "Channel"), required=False)

    def __init__(self, data: Mapping[str, Any], channels: Mapping[int, ChannelRow]) -> None:
        super().__init__(data, auto_id="filter_%s", prefix=None)
        state, channel = self.fields["state"], self.fields["channel"]
        assert isinstance(state, forms.ChoiceField) and isinstance(channel, forms.ChoiceField)
        state.choices = [
            ("", _("All states")),
            ("needs", _("Waiting for you")),
            *((name, seen.word) for name, seen in DELIVERY_STATES.items()),
        ]
        # With its network: a company has the same name on all of them.
        channel.choices = [
            ("", _("All channels")),
            *((str(pk), f"{row.name} ({network_name(row.network)})") for pk, row in channels.items()),
        ]
        for name, label in (("from", _("From")), ("to", pgettext_lazy("until a day", "To"))):
            self.fields[name] = DayField(
                label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
            )

    def wanted(self) -> Wanted:
        self.is_valid()
        values = self.cleaned_data
        channel = values.get("channel") or ""
        return Wanted(
            state=values.get("state") or "",
            channel_id=int(channel) if channel else None,
            first=values.get("from"),
            last=values.get("to"),
        )


class WhenForm(forms.Form):
    """A local time in the workspace's zone."""

    when = LocalDateTimeField(
        label=pgettext_lazy("planning", "New time"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
