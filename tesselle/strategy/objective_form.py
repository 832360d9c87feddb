"""The form of an objective: one letter of SMART after the other, each with an example."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.channels.selectors import channels_of
from tesselle.strategy import aimable, baseline, smart
from tesselle.strategy.forms import AimForm
from tesselle.strategy.models import Objective
from tesselle.web.days import DayField


class _ChannelField(forms.ModelChoiceField[Channel]):
    def label_from_instance(self, obj: Channel) -> str:
        return named(obj)


@dataclass(frozen=True, slots=True)
class Part:
    letter: smart.Letter
    fields: tuple[BoundField, ...]


class ObjectiveForm(AimForm):
    """Only the sentence is asked for: what else is missing is told, not refused."""

    named = "sentence"
    indicator = forms.ChoiceField(label=_("Figure"), required=False)
    channel = _ChannelField(
        label=_("On which channel"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("All together"),
    )
    due_on = DayField(
        label=_("Until what day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    class Meta:
        model = Objective
        fields = ["sentence", "indicator", "channel", "baseline", "target", "means", "serves", "due_on"]
        labels = {
            "sentence": _("What is to be reached"),
            "baseline": _("Where it stands today"),
            "target": _("Where it should go"),
            "means": _("With what"),
            "serves": _("What it is good for"),
        }
        help_texts = {
            "baseline": _("Leave it empty: it is then taken from your figures of the last twelve weeks."),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        workspace = self.instance.workspace
        field, channel = self.fields["indicator"], self.fields["channel"]
        assert isinstance(field, forms.ChoiceField) and isinstance(channel, forms.ModelChoiceField)
        field.choices = [("", _("None yet")), *((one.slug, one.name) for one in aimable.everything())]
        channel.queryset = Channel.objects.filter(pk__in=[one.pk for one in channels_of(workspace)])
        for name in ("baseline", "target"):
            self.fields[name].widget.attrs.update(min=0, step="any")

    @property
    def parts(self) -> Iterator[Part]:
        for letter in smart.LETTERS:
            yield Part(letter, tuple(self[name] for name in letter.fields))

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        for name in ("baseline", "target"):
            if (values.get(name) or 0) < 0:
                self.add_error(name, _("This figure cannot be below zero."))
        indicator = aimable.known(values.get("indicator", ""))
        if values.get("baseline") is not None:
            if "baseline" in self.changed_data:
                self.instance.baseline_low = self.instance.baseline_high = None
        elif indicator is not None:
            found = baseline.measured(self.instance.workspace, indicator, values.get("channel"))
            if found is not None:
                values["baseline"] = found.middle
                self.instance.baseline_low, self.instance.baseline_high = found.low, found.high
        return values
