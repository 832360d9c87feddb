"""The page of holidays and own events."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.plan.calendar import festive
from tesselle.plan.calendar.events import add_event, choose_place, remove_event
from tesselle.plan.models import Event
from tesselle.web.days import DayField
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

_DAY = {"type": "date"}


class EventForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the checker only
    """The last day may be left out: then it is the first."""

    first_day = DayField(label=gettext_lazy("First day"), widget=forms.DateInput(_DAY, format="%Y-%m-%d"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, widget=forms.DateInput(_DAY, format="%Y-%m-%d")
    )

    class Meta:
        model = Event
        fields = ["name", "first_day", "last_day"]
        labels = {"name": pgettext_lazy("of an event", "Name")}

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first = values.get("first_day")
        values["last_day"] = last = values.get("last_day") or first
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Choose a later one."))
        return values

    def validate_constraints(self) -> None:
        """Told above, beside the field."""


def _places() -> list[tuple[Any, Any]]:
    countries = {
        "CH": (
            pgettext_lazy("holidays", "Switzerland"),
            pgettext_lazy("holidays", "Switzerland, national only"),
        ),
        "FR": (pgettext_lazy("holidays", "France"), pgettext_lazy("holidays", "France, national only")),
    }
    choices: list[tuple[Any, Any]] = [("", pgettext_lazy("holidays", "No holidays"))]
    for country, (name, alone) in countries.items():
        regions = [(f"{country}-{code}", region) for code, region in festive.REGIONS[country].items()]
        choices.append((name, [(country, alone), *regions]))
    return choices


class PlaceForm(forms.Form):
    place = forms.ChoiceField(label=gettext_lazy("Public holidays of"), choices=_places, required=False)


@require_GET
def festive_days(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request))


def _page(request: HttpRequest, member: Member, form: EventForm | None = None) -> HttpResponse:
    workspace = member.workspace
    today = workspace.now().astimezone(workspace.tz).date()
    place = "-".join(part for part in festive.place_of(workspace) if part)
    coming = festive.notes_of(workspace, today, today.replace(year=today.year + 1, day=min(today.day, 28)))
    context = {
        "place_form": PlaceForm(initial={"place": place}),
        "form": form or EventForm(),
        "events": list(Event.objects.filter(workspace=workspace, last_day__gte=today)),
        "holidays": [
            (day, note.text)
            for day, notes in sorted(coming.items())
            for note in notes
            if note.kind == "holiday"
        ],
        "may_plan": may(member, Right.PLAN),
        "may_manage": may(member, Right.MANAGE),
    }
    return render(request, "plan/festive.html", context, status=UNPROCESSABLE if form else 200)


@require_POST
def place(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    form = PlaceForm(request.POST)
    if form.is_valid():
        country, _dash, region = form.cleaned_data["place"].partition("-")
        choose_place(member.workspace, country, region, by=member.user)
        notify(request, _("Saved."))
    return go_to(request, reverse("plan:festive"))


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    form = EventForm(request.POST, instance=Event(workspace=member.workspace))
    if not form.is_valid():
        return _page(request, member, form)
    add_event(form.instance, by=member.user)
    notify(request, _("%(event)s stands in the calendar.") % {"event": form.instance})
    return go_to(request, reverse("plan:festive"))


@require_POST
def remove(request: HttpRequest, event_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    event = get_object_or_404(Event, pk=event_id, workspace=member.workspace)
    remove_event(event, by=member.user)
    notify(request, _("%(event)s is taken out of the calendar.") % {"event": event})
    return go_to(request, reverse("plan:festive"))
