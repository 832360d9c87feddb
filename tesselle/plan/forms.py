"""What the list is narrowed to, and where missed posts go."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.domain.messages import Message
from tesselle.plan.selectors import OUT_OF_REACH, ChannelRow, Wanted, in_reach
from tesselle.web.sentences import say
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
        channel.choices = [("", _("All channels")), *((str(pk), row.name) for pk, row in channels.items())]
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


class DayField(forms.DateField):
    """A day that a calendar can show."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        _refuse_out_of_reach(value)


def _refuse_out_of_reach(value: date | datetime | None) -> None:
    if value is not None and not in_reach(value):
        raise forms.ValidationError(say(Message(OUT_OF_REACH)), code="out_of_reach")


class LocalDateTimeField(forms.DateTimeField):
    """Naive: wall time. What a clock change skips or doubles is decided where it is resolved."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        _refuse_out_of_reach(value)

    def to_python(self, value: Any) -> Any:
        with timezone.override(UTC):
            read = super().to_python(value)
        return None if read is None else read.replace(tzinfo=None)


class WhenForm(forms.Form):
    """A local time in the workspace's zone."""

    when = LocalDateTimeField(
        label=pgettext_lazy("planning", "New time"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
