"""What was spent, typed quickly; what an hour costs."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.compose.models import Post
from tesselle.measure.brought.forms import ChannelField
from tesselle.measure.models import Spending
from tesselle.measure.out import recent_posts
from tesselle.strategy.models import Campaign
from tesselle.web.days import DayField
from tesselle.workspaces.models import Workspace

MOST_MINUTES = 100 * 60
MOST_AMOUNT = 10**6


class MinutesField(forms.CharField):
    """Minutes, written as 45, 1:30, 1h30 or 1.5 h."""

    def clean(self, value: Any) -> int | None:
        text = str(super().clean(value) or "").strip().casefold().replace(" ", "")
        if not text:
            return None
        if found := re.fullmatch(r"(\d{1,3})(?::|h)(\d{2})", text):
            minutes = int(found[1]) * 60 + int(found[2])
        elif found := re.fullmatch(r"(\d{1,3}(?:[.,]\d{1,2})?)h", text):
            minutes = round(float(found[1].replace(",", ".")) * 60)
        elif found := re.fullmatch(r"(\d{1,4})(?:m|min)?", text):
            minutes = int(found[1])
        else:
            raise forms.ValidationError(_("Write 45 for minutes, or 1:30, or 1.5 h."))
        if not 0 < minutes <= MOST_MINUTES:
            raise forms.ValidationError(_("Between one minute and a hundred hours."))
        return minutes


class SpendingForm(forms.Form):
    """`today`: what is spent lies not in the future."""

    minutes = MinutesField(
        label=pgettext_lazy("spending", "Time"),
        required=False,
        max_length=12,
        help_text=_("Such as 45, 1:30 or 1.5 h."),
    )
    amount = forms.DecimalField(
        min_value=0,
        max_value=MOST_AMOUNT,
        max_digits=11,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("A boost, a photographer, a tool."),
    )
    purpose = forms.ChoiceField(label=pgettext_lazy("spending", "For what"), choices=Spending.Purpose.choices)
    day = DayField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    post = forms.ModelChoiceField(
        label=_("Post"), queryset=Post.objects.none(), required=False, empty_label=_("None in particular")
    )
    campaign = forms.ModelChoiceField(
        label=_("Campaign"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("None in particular"),
    )
    channel = ChannelField(
        label=_("Channel"), queryset=Channel.objects.none(), required=False, empty_label=_("All channels")
    )
    note = forms.CharField(label=pgettext_lazy("spending", "Note"), max_length=200, required=False)

    def __init__(self, *args: Any, workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        self._today = workspace.today()
        self.fields["amount"].label = gettext("Money (%(currency)s)") % {"currency": workspace.currency}
        self.fields["day"].initial = self._today
        self.fields["day"].widget.attrs["max"] = self._today.isoformat()
        asked = self.initial.get("post")
        for name, rows in (
            ("post", recent_posts(workspace, int(asked) if asked else 0)),
            ("campaign", Campaign.objects.filter(workspace=workspace, retired_at=None)),
            ("channel", Channel.objects.filter(workspace=workspace, removed_at=None)),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self._today:
            raise forms.ValidationError(_("This day has not come yet. Enter it once it has."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not values.get("minutes") and not values.get("amount"):
            raise forms.ValidationError(_("Enter a time, an amount, or both."))
        return values


class RateForm(forms.Form):
    hourly_rate = forms.DecimalField(
        min_value=0,
        max_value=10_000,
        max_digits=8,
        decimal_places=2,
        required=False,
        localize=True,
        help_text=_("With wage and charges. Left empty, time is shown beside the costs and not in them."),
    )

    def __init__(self, *args: Any, workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        label = gettext("An hour of work costs (%(currency)s)") % {"currency": workspace.currency}
        self.fields["hourly_rate"].label = label
