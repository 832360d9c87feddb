"""To whom a link is given and for how long; a yes or what is to be changed; whose yes a channel needs."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.domain.approving import ANYONE, PERSON, Demand, Voice, can_be_met
from tesselle.review.commenting import Pin
from tesselle.review.links import DAYS
from tesselle.review.models import Answer, ApprovalStep
from tesselle.review.rules import MOST_STEPS, NOBODY_COULD
from tesselle.web.days import DayField
from tesselle.web.sentences import say
from tesselle.workspaces.models import Member


def _days() -> list[tuple[int, str]]:
    return [(days, ngettext("%(count)s day", "%(count)s days", days) % {"count": days}) for days in DAYS]


class LinkForm(forms.Form):
    name = forms.CharField(
        label=pgettext_lazy("review", "For whom"),
        help_text=_("The name that will stand beside each answer."),
        max_length=80,
    )
    days = forms.TypedChoiceField(
        label=pgettext_lazy("review", "Good for"), coerce=int, choices=_days, initial=7
    )


class WeekForm(LinkForm):
    first = DayField(
        label=pgettext_lazy("review", "Seven days from"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    field_order = ("first", "name", "days")

    @property
    def last(self) -> date:
        """The day after the seventh."""
        first: date = self.cleaned_data["first"]
        return first + timedelta(days=7)


class PinForm(forms.Form):
    """`across`, `down`: where on the picture, in whole percents, so that it can be set without a pointer."""

    passage = forms.CharField(max_length=400, required=False)
    asset = forms.IntegerField(min_value=1, required=False)
    across = forms.IntegerField(min_value=0, max_value=100, required=False)
    down = forms.IntegerField(min_value=0, max_value=100, required=False)

    @property
    def pin(self) -> Pin:
        values = self.cleaned_data
        if not values.get("asset"):
            return Pin(passage=" ".join(values["passage"].split()))
        across, down = values.get("across"), values.get("down")
        return Pin(
            asset_id=values["asset"],
            across=(50 if across is None else across) / 100,
            down=(50 if down is None else down) / 100,
        )


class AnswerForm(PinForm):
    """`revision`: what was looked at."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=Answer.Verdict.choices)
    comment = forms.CharField(required=False, max_length=2000)

    @property
    def said(self) -> dict[str, Any]:
        values = self.cleaned_data
        return {
            "revision_id": values["revision"],
            "verdict": values["verdict"],
            "comment": values["comment"],
            "pin": self.pin,
        }


class CommentForm(PinForm):
    text = forms.CharField(max_length=4000)

    @property
    def said(self) -> dict[str, Any]:
        return {"text": self.cleaned_data["text"], "pin": self.pin}


class RuleForm(forms.Form):
    """As many lines as a rule may have; an empty one asks nobody."""

    needs_approval = forms.BooleanField(
        label=_("Posts need approval"),
        help_text=_("Nothing leaves on this channel before everybody below has said yes."),
        required=False,
    )

    def __init__(self, data: Any = None, *, channel: Channel) -> None:
        self.members = list(Member.objects.filter(workspace=channel.workspace_id).select_related("user"))
        steps = list(channel.approval_steps.all())
        initial: dict[str, Any] = {"needs_approval": channel.needs_approval}
        for number, step in enumerate(steps, start=1):
            initial[f"who_{number}"] = f"person:{step.person_id}" if step.person_id else step.who
            initial[f"count_{number}"] = step.count
        super().__init__(data, initial=initial)
        for number in range(1, MOST_STEPS + 1):
            self._add_line(number)

    def _add_line(self, number: int) -> None:
        roles = [(who.value, who.label) for who in ApprovalStep.Who if who.value not in (PERSON, ANYONE)]
        people = [(f"person:{member.user_id}", str(member.user)) for member in self.members]
        self.fields[f"who_{number}"] = forms.ChoiceField(
            label=_("Whose yes") if number == 1 else _("Then whose yes"),
            required=False,
            choices=[
                ("", pgettext("approval", "Nobody else") if number > 1 else ApprovalStep.Who.ANYONE.label),
                (pgettext("approval", "Somebody with a role"), roles),
                (pgettext("approval", "One person"), people),
            ],
        )
        self.fields[f"count_{number}"] = forms.IntegerField(
            label=pgettext("approval", "How many"), min_value=1, max_value=9, initial=1, required=False
        )

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"who_{number}"], self[f"count_{number}"]) for number in range(1, MOST_STEPS + 1)]

    @property
    def demands(self) -> tuple[Demand, ...]:
        chosen = (
            (self.cleaned_data.get(f"who_{number}"), self.cleaned_data.get(f"count_{number}") or 1)
            for number in range(1, MOST_STEPS + 1)
        )
        return tuple(
            Demand(PERSON, 1, int(who.removeprefix("person:")))
            if who.startswith("person:")
            else Demand(who, count)
            for who, count in chosen
            if who
        )

    def clean(self) -> dict[str, Any]:
        voices = [Voice(member.user_id, member.role) for member in self.members]
        if not self.errors and not can_be_met(self.demands, voices):
            raise forms.ValidationError(say(NOBODY_COULD))
        return self.cleaned_data
