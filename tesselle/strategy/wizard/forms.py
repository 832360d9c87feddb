"""The questions, one form a page."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.channels.pages import named
from tesselle.channels.selectors import channels_of
from tesselle.strategy import aimable
from tesselle.strategy.models import Hue, Pillar
from tesselle.strategy.starting import HOURS, ProposedPillar, StartingPoint, proposed_times, starting_points
from tesselle.web.days import DayField
from tesselle.workspaces.models import Workspace

FEWEST_PILLARS, MOST_PILLARS = 3, 6
WHOLE = 100
_short = forms.Textarea({"rows": 2})


class StepForm(forms.Form):
    """`point`: the starting point chosen on the first page; `told`: the answers of all pages so far."""

    def __init__(
        self, data: Any, *, workspace: Workspace, point: StartingPoint, told: dict[str, dict[str, str]]
    ) -> None:
        super().__init__(data)
        self.workspace, self.point, self.told = workspace, point, told
        self.prepare()

    def prepare(self) -> None:
        """Choices that hang on the workspace, and proposals."""


class SituationForm(StepForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Which of these is nearest to you?"),
        help_text=gettext_lazy("It gives the next pages a starting point. Everything can be changed there."),
        widget=forms.RadioSelect,
    )
    does = forms.CharField(
        label=gettext_lazy("What do you do, and where?"),
        help_text=gettext_lazy("Example: we lay tiles in bathrooms and kitchens around Lausanne."),
        max_length=200,
        widget=_short,
    )

    def prepare(self) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        colon = pgettext("between purpose and title", ": ")
        field.choices = [(one.slug, f"{one.name}{colon}{one.situation}") for one in starting_points()]


class ReaderForm(StepForm):
    name = forms.CharField(label=gettext_lazy("For whom do you write first of all?"), max_length=80)
    situation = forms.CharField(label=gettext_lazy("Their situation"), max_length=200, required=False)
    question = forms.CharField(label=gettext_lazy("What they ask themselves"), max_length=200, required=False)
    objection = forms.CharField(label=gettext_lazy("What holds them back"), max_length=200, required=False)
    proof = forms.CharField(label=gettext_lazy("What convinces them"), max_length=200, required=False)

    def prepare(self) -> None:
        persona = self.point.persona
        self.initial = {**persona, "name": persona["who"]}


class GoalForm(StepForm):
    sentence = forms.CharField(
        label=gettext_lazy("What should be different in a few months?"), max_length=160, widget=_short
    )
    indicator = forms.ChoiceField(
        label=gettext_lazy("Which figure would show it?"),
        help_text=gettext_lazy("One only. Those that suit you best stand first."),
    )
    baseline = forms.FloatField(
        label=gettext_lazy("Where does it stand today?"),
        help_text=gettext_lazy("Leave it empty if you do not know: it is taken from your figures."),
        min_value=0,
        required=False,
    )
    target = forms.FloatField(label=gettext_lazy("Where should it go?"), min_value=0)
    due_on = DayField(
        label=gettext_lazy("Until what day?"),
        help_text=gettext_lazy("Three to six months are long enough to see something."),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    serves = forms.CharField(
        label=gettext_lazy("What is it good for in your company?"), max_length=200, widget=_short
    )

    def prepare(self) -> None:
        self.initial = dict(self.point.objective)
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = indicator_choices(self.point.indicators)

    def clean_due_on(self) -> Any:
        day = self.cleaned_data["due_on"]
        if day <= self.workspace.now().astimezone(self.workspace.tz).date():
            raise forms.ValidationError(_("This day is over. Choose one that is still to come."))
        return day


def indicator_choices(first: Sequence[str] = ()) -> list[tuple[str, Any]]:
    order = {slug: number for number, slug in enumerate(first)}
    found = sorted(aimable.everything(), key=lambda one: order.get(one.slug, len(order)))
    return [(one.slug, one.name) for one in found]


class TimeForm(StepForm):
    hours = forms.TypedChoiceField(
        label=gettext_lazy("How much time is there each week?"),
        help_text=gettext_lazy("Honestly: writing, pictures and answers together."),
        coerce=int,
        widget=forms.RadioSelect,
    )
    who = forms.CharField(
        label=gettext_lazy("Who writes, and who gives the yes?"),
        help_text=gettext_lazy("Example: Camille writes, the boss approves what shows customers."),
        max_length=500,
        required=False,
        widget=_short,
    )

    def prepare(self) -> None:
        field = self.fields["hours"]
        assert isinstance(field, forms.TypedChoiceField)
        field.choices = [(n, ngettext("about %(n)s hour", "about %(n)s hours", n) % {"n": n}) for n in HOURS]


class RhythmForm(StepForm):
    """A field for each channel, proposed from the hours; empty: no rhythm is meant for it."""

    channels: list[Channel]

    def prepare(self) -> None:
        self.channels = channels_of(self.workspace)
        said = self.told.get("time", {}).get("hours", "")
        hours = int(said) if said.isdecimal() else HOURS[0]
        for channel in self.channels:
            self.fields[f"times-{channel.pk}"] = forms.IntegerField(
                label=_("%(channel)s: posts in four weeks") % {"channel": named(channel)},
                min_value=1,
                max_value=99,
                required=False,
            )
            self.initial[f"times-{channel.pk}"] = proposed_times(channel.network, hours)

    @property
    def times(self) -> dict[int, int]:
        values = {one.pk: self.cleaned_data.get(f"times-{one.pk}") for one in self.channels}
        return {pk: times for pk, times in values.items() if times}


class SubjectsForm(StepForm):
    """Up to six rows; empty ones are left out."""

    def prepare(self) -> None:
        proposed = self._proposed()
        for number in range(MOST_PILLARS):
            self.fields[f"name-{number}"] = forms.CharField(
                label=_("Subject %(n)s") % {"n": number + 1},
                max_length=60,
                required=False,
                help_text=proposed[number].angles if number < len(proposed) else "",
            )
            self.fields[f"share-{number}"] = forms.IntegerField(
                label=_("Share, in %"), min_value=1, max_value=WHOLE, required=False
            )
            if number < len(proposed):
                self.initial[f"name-{number}"] = proposed[number].name
                self.initial[f"share-{number}"] = proposed[number].share or None

    def _proposed(self) -> Sequence[ProposedPillar]:
        """What is there already goes before what is proposed."""
        known = Pillar.objects.filter(workspace=self.workspace, retired_at=None)[:MOST_PILLARS]
        own = [ProposedPillar(one.name, one.target_percent or 0, one.hue, "") for one in known]
        return own or self.point.pillars

    @property
    def rows(self) -> list[tuple[str, int, str]]:
        """Name, share and colour of what is filled in."""
        hues = [one.hue for one in self._proposed()]
        hues += [hue for hue in Hue.values if hue not in hues]
        values = [
            (self.cleaned_data.get(f"name-{n}"), self.cleaned_data.get(f"share-{n}"))
            for n in range(MOST_PILLARS)
        ]
        return [(name, share or 0, hues[n]) for n, (name, share) in enumerate(values) if name]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.errors:
            return values
        rows = self.rows
        if len(rows) < FEWEST_PILLARS:
            self.add_error(
                None, _("Name three subjects at least: with fewer, every post looks like the one before.")
            )
        if len({name for name, _share, _hue in rows}) < len(rows):
            self.add_error(None, _("Two subjects have the same name. Give each its own."))
        total = sum(share for _name, share, _hue in rows)
        if total != WHOLE:
            self.add_error(
                None,
                _("The shares add up to %(total)s percent. Change them until they make 100.")
                % {"total": total},
            )
        return values


class VoiceForm(StepForm):
    promise = forms.CharField(label=gettext_lazy("What readers get from you"), max_length=500, widget=_short)
    tone = forms.CharField(label=pgettext_lazy("voice", "Tone"), max_length=500, widget=_short)
    avoid = forms.CharField(
        label=gettext_lazy("What you do not publish"), max_length=1000, required=False, widget=_short
    )
    answers = forms.CharField(
        label=gettext_lazy("Answering comments and messages"), max_length=500, required=False, widget=_short
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.initial = dict(self.point.line)
