"""The form of an experiment: the arms are asked as what is compared wants it."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tesselle.adapt.models import Experiment
from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.channels.selectors import channels_of
from tesselle.domain.metrics import Metric
from tesselle.learn.words import FORMATS
from tesselle.measure.rollups import told_of_posts
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import Workspace

DEFAULT_PAIRS, FEWEST_PAIRS, MOST_PAIRS = 26, 6, 150
_TOLD_BY = {
    Experiment.Outcome.INTERACTIONS: Metric.REACTIONS,
    Experiment.Outcome.REACH: Metric.REACH,
    Experiment.Outcome.CLICKS: Metric.CLICKS,
}


class _ChannelField(forms.ModelChoiceField[Channel]):
    def label_from_instance(self, obj: Channel) -> str:
        return named(obj)


class ExperimentForm(forms.Form):
    channel = _ChannelField(
        label=pgettext_lazy("experiment", "On which channel"),
        queryset=Channel.objects.none(),
        empty_label=gettext_lazy("Choose a channel"),
    )
    pillar = forms.ModelChoiceField(
        label=pgettext_lazy("experiment", "With posts of which pillar"),
        queryset=Pillar.objects.none(),
        required=False,
        empty_label=gettext_lazy("Any, the same in a pair if possible"),
        help_text=gettext_lazy("Posts of one subject differ less by luck."),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Figure that decides"), choices=Experiment.Outcome.choices, initial="interactions"
    )
    planned_pairs = forms.IntegerField(
        label=gettext_lazy("Pairs of posts at most"),
        min_value=FEWEST_PAIRS,
        max_value=MOST_PAIRS,
        initial=DEFAULT_PAIRS,
        help_text=gettext_lazy("The next page says what that many can show, before anything begins."),
    )

    def __init__(self, data: Any, *, workspace: Workspace, factor: str) -> None:
        super().__init__(data)
        self.workspace, self.factor = workspace, factor
        channel, pillar = self.fields["channel"], self.fields["pillar"]
        assert isinstance(channel, forms.ModelChoiceField) and isinstance(pillar, forms.ModelChoiceField)
        telling = [one.pk for one in channels_of(workspace) if told_of_posts(one.network)]
        channel.queryset = Channel.objects.filter(pk__in=telling)
        pillar.queryset = Pillar.objects.filter(workspace=workspace, retired_at=None)
        arms: dict[str, forms.Field] = {}
        for arm in ("a", "b"):
            arms.update(_arm_fields(factor, arm))
        self.fields = {"channel": self.fields["channel"], **arms, **self.fields}

    def propose(self, arm: str, channel: str) -> None:
        """What the idea was that leads here; anything odd is simply not chosen."""
        name = "at_a" if self.factor == Experiment.Factor.SLOT else "arm_a"
        self.initial = {name: arm[:120], "channel": channel if channel.isdecimal() else ""}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        if self.arm("a") == self.arm("b"):
            self.add_error(None, _("Both arms are the same. Change one of them."))
        told = told_of_posts(values["channel"].network)
        if _TOLD_BY[Experiment.Outcome(values["outcome"])] not in told:
            self.add_error("outcome", _("This network does not tell that figure. Choose another one."))
        return values

    def arm(self, name: str) -> str:
        """As the experiment keeps it."""
        values = self.cleaned_data
        if self.factor == Experiment.Factor.SLOT:
            return f"{values[f'day_{name}']} {values[f'at_{name}']:%H:%M}"
        return str(values[f"arm_{name}"]).strip()

    def experiment(self) -> Experiment:
        values = self.cleaned_data
        return Experiment(
            workspace=self.workspace,
            factor=self.factor,
            arm_a=self.arm("a"),
            arm_b=self.arm("b"),
            **{name: values[name] for name in ("channel", "pillar", "outcome", "planned_pairs")},
        )


def _arm_fields(factor: str, arm: str) -> dict[str, forms.Field]:
    name = arm.upper()
    if factor == Experiment.Factor.SLOT:
        return {
            f"day_{arm}": forms.ChoiceField(
                label=_("Arm %(arm)s: day") % {"arm": name},
                choices=[(str(number), day) for number, day in WEEKDAYS.items()],
            ),
            f"at_{arm}": forms.TimeField(
                label=_("Arm %(arm)s: time") % {"arm": name},
                widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
            ),
        }
    if factor == Experiment.Factor.FORMAT:
        return {
            f"arm_{arm}": forms.ChoiceField(
                label=_("Arm %(arm)s") % {"arm": name},
                choices=FORMATS.items(),
                initial=list(FORMATS)[0 if arm == "a" else 1],
            )
        }
    return {
        f"arm_{arm}": forms.CharField(
            label=_("Arm %(arm)s: how such posts are written") % {"arm": name},
            max_length=120,
            help_text=_("Example: begins with a question.")
            if arm == "a"
            else _("Example: begins with the result."),
        )
    }
