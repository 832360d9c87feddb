"""Readers, rhythm, line: one form each."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.strategy.models import Cadence, EditorialLine, Persona


class PersonaForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    class Meta:
        model = Persona
        fields = ["name", "situation", "question", "objection", "proof", "where"]
        help_texts = {
            "name": gettext_lazy("Example: a couple renovating their first home."),
            "question": gettext_lazy("Example: what does it cost, and how long does it take?"),
            "objection": gettext_lazy("Example: the fear of a job that drags on."),
            "proof": gettext_lazy("Example: finished jobs near them, with how long each took."),
        }


class LineForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """`LINE`: how one speaks. `CHARTER`: who may do what."""

    LINE = ("promise", "tone", "messages", "avoid")
    CHARTER = ("publishers", "answers", "trouble")

    class Meta:
        model = EditorialLine
        fields = ["promise", "tone", "messages", "avoid", "publishers", "answers", "trouble"]
        widgets = {
            name: forms.Textarea({"rows": 3})
            for name in ("promise", "tone", "messages", "avoid", "publishers", "answers", "trouble")
        }
        help_texts = {
            "tone": gettext_lazy("Example: plain and warm; words of the trade are explained."),
            "messages": gettext_lazy("One a line: what people should remember of you."),
            "avoid": gettext_lazy("Example: a customer’s home without consent."),
            "answers": gettext_lazy(
                "Example: each question within the working day, a complaint within four hours."
            ),
            "trouble": gettext_lazy("Example: nobody answers alone; the owner is told at once."),
        }

    @property
    def line(self) -> list[Any]:
        return [self[name] for name in self.LINE]

    @property
    def charter(self) -> list[Any]:
        return [self[name] for name in self.CHARTER]


class CadenceForm(forms.Form):
    """A number for each channel; empty: no rhythm is meant for it."""

    def __init__(self, channels: list[Channel], data: Any = None) -> None:
        super().__init__(data)
        self.channels = channels
        known = {one.channel_id: one for one in Cadence.objects.filter(channel__in=channels)}
        for channel in channels:
            own = known.get(channel.pk)
            name = named(channel)
            self.fields[f"times-{channel.pk}"] = forms.IntegerField(
                label=_("%(channel)s: posts") % {"channel": name},
                min_value=1,
                max_value=99,
                required=False,
                initial=own.times if own else None,
            )
            self.fields[f"per-{channel.pk}"] = forms.ChoiceField(
                label=_("%(channel)s: in which time") % {"channel": name},
                choices=Cadence.Per.choices,
                initial=own.per if own else Cadence.Per.WEEK,
            )

    @property
    def rows(self) -> list[tuple[Channel, Any, Any]]:
        return [(one, self[f"times-{one.pk}"], self[f"per-{one.pk}"]) for one in self.channels]

    @property
    def wanted(self) -> dict[int, tuple[int, str] | None]:
        values = self.cleaned_data
        return {
            one.pk: (values[f"times-{one.pk}"], values[f"per-{one.pk}"])
            if values[f"times-{one.pk}"]
            else None
            for one in self.channels
        }
