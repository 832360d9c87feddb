"""Which file, how its columns are read, and figures that are typed in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.cells import Order
from tesselle.domain.headings import ACCOUNT, DAY, ID, TEXT, TIME, URL
from tesselle.measure.brought import website_words
from tesselle.measure.brought.headings import FIELDS, METRICS
from tesselle.measure.brought.rows import MOST_COUNT
from tesselle.measure.indicators import NAMES
from tesselle.web.days import DayField
from tesselle.workspaces.models import Workspace

LABELS = {
    ID: _("The post’s number on the network"),
    URL: _("The post’s address"),
    DAY: _("Published on"),
    TIME: _("Time, where it has a column of its own"),
    TEXT: _("Text or title"),
    ACCOUNT: _("Account, where the file holds several"),
    **{metric.value: NAMES[metric] for metric in METRICS},
}
VISIT_LABELS = {
    website_words.DAY: _("Day"),
    website_words.VISITS: pgettext_lazy("column", "Visits"),
    website_words.SOURCE: _("Source (utm_source)"),
    website_words.MEDIUM: _("Medium (utm_medium)"),
    website_words.CAMPAIGN: _("Campaign (utm_campaign)"),
    website_words.CONTENT: _("Content (utm_content)"),
    website_words.TERM: _("Term (utm_term)"),
    website_words.LANDING: _("Address of the page they came to"),
}
LOS_ANGELES = "America/Los_Angeles"


class ChannelField(forms.ModelChoiceField[Channel]):
    def label_from_instance(self, obj: Channel) -> str:
        return f"{obj.display_name or obj.handle} ({network_name(obj.network)})"


class FileForm(forms.Form):
    """`channel`: whose posts the file tells of; None: it tells of visits to the website."""

    channel = ChannelField(
        label=_("What it tells of"),
        queryset=Channel.objects.none(),
        required=False,
        empty_label=_("Visits to your website"),
    )
    table = forms.FileField(
        label=pgettext_lazy("table", "File"),
        help_text=_(
            "CSV or XLSX, as the network or your website’s statistics give it. An old .xls: open it and save it "
            "as XLSX first."
        ),
        widget=forms.ClearableFileInput({"accept": ".csv,.tsv,.txt,.xlsx,text/csv"}),
    )

    def __init__(self, *args: Any, workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["channel"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Channel.objects.filter(workspace=workspace, removed_at=None)


class _AsOf(forms.Form):
    """`today`: figures of days to come are none."""

    as_of = DayField(
        label=_("Figures of"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day the network showed them: posts are compared at the same age."),
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self._today = today
        self.fields["as_of"].widget.attrs["max"] = today.isoformat()

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self._today:
            raise forms.ValidationError(_("This day has not come yet. Enter it once it has."))
        return day


class _Columns(forms.Form):
    """A choice of the file's columns for each thing we know."""

    labels: Mapping[str, Promise | str]

    order = forms.ChoiceField(
        label=_("Days written in numbers"),
        choices=[(Order.DAY.value, _("day before month")), (Order.MONTH.value, _("month before day"))],
    )

    def offer(self, headings: Sequence[str]) -> None:
        columns = [
            ("", _("leave out")),
            *((str(at), name or f"({at + 1})") for at, name in enumerate(headings)),
        ]
        for name, label in self.labels.items():
            self.fields[f"column_{name}"] = forms.ChoiceField(
                label=str(label), choices=columns, required=False
            )

    @property
    def column_fields(self) -> list[forms.BoundField]:
        return [self[f"column_{name}"] for name in self.labels]

    @property
    def other_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if not name.startswith("column_")]

    @property
    def columns(self) -> dict[str, int]:
        """Of a valid form."""
        chosen = {name: self.cleaned_data[f"column_{name}"] for name in self.labels}
        return {name: int(place) for name, place in chosen.items() if place}

    @property
    def chosen(self) -> dict[str, Any]:
        """Of a valid form, besides the columns."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("column_")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        chosen = [value for name, value in values.items() if name.startswith("column_") and value]
        if len(chosen) != len(set(chosen)):
            raise forms.ValidationError(_("One column stands for two things. Leave out one of them."))
        return values


class VisitReadingForm(_Columns):
    labels = VISIT_LABELS

    def __init__(self, *args: Any, headings: Sequence[str], workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offer(headings)
        for name in (website_words.DAY, website_words.VISITS):
            self.fields[f"column_{name}"].required = True


class ReadingForm(_Columns, _AsOf):
    labels = {name: LABELS[name] for name in FIELDS}

    zone = forms.ChoiceField(label=_("Times of"))

    def __init__(self, *args: Any, headings: Sequence[str], workspace: Workspace, **more: Any) -> None:
        super().__init__(*args, today=workspace.today(), **more)
        self.offer(headings)
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = [
            (one, one.replace("_", " ")) for one in dict.fromkeys((workspace.zone, "UTC", LOS_ANGELES))
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not any(values.get(f"column_{metric.value}") for metric in METRICS):
            raise forms.ValidationError(_("No column with figures is chosen: there is nothing to import."))
        return values


class TypedForm(_AsOf):
    """One post's figures; what is left empty is missing, not zero."""

    def __init__(self, *args: Any, first: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self._first = first
        self.fields["as_of"].initial = self._today
        self.fields["as_of"].widget.attrs["min"] = first.isoformat()
        for metric in METRICS:
            self.fields[metric.value] = forms.IntegerField(
                label=str(NAMES[metric]), min_value=0, max_value=MOST_COUNT, required=False
            )

    def clean_as_of(self) -> date:
        day = super().clean_as_of()
        if day < self._first:
            raise forms.ValidationError(_("The post was not out yet on that day."))
        return day

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and not any(values.get(metric.value) is not None for metric in METRICS):
            raise forms.ValidationError(_("Type in at least one figure."))
        return values

    @property
    def figures(self) -> Mapping[str, int]:
        """Of a valid form."""
        told = {metric.value: self.cleaned_data.get(metric.value) for metric in METRICS}
        return {name: value for name, value in told.items() if value is not None}
