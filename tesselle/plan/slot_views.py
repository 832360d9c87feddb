"""The page of posting times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.domain.errors import RuleError
from tesselle.domain.slots import SlotTime, WeeklySlot
from tesselle.plan.models import PostingSlot
from tesselle.plan.slots import OFFERED, add_slots, next_slots, remove_slot, slots_of
from tesselle.strategy.models import Pillar
from tesselle.web.htmx import go_to, show, show_invalid
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member, Workspace

_DAYS = [(str(number), name) for number, name in WEEKDAYS.items()]


class SlotForm(forms.Form):
    """One time on several days."""

    days = forms.MultipleChoiceField(
        label=gettext_lazy("Days"),
        choices=_DAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    at = forms.TimeField(
        label=pgettext_lazy("planning", "Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )

    pillar = forms.ChoiceField(
        label=gettext_lazy("Pillar"),
        required=False,
        help_text=gettext_lazy("Only posts of this pillar then take these times."),
    )

    def __init__(self, pillars: Sequence[Pillar], *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.pillars = {str(row.pk): row for row in pillars}
        field = self.fields["pillar"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Every post")), *((pk, row.name) for pk, row in self.pillars.items())]

    def chosen_pillar(self) -> Pillar | None:
        return self.pillars.get(self.cleaned_data.get("pillar") or "")

    def slots(self) -> list[WeeklySlot]:
        at: time = self.cleaned_data["at"].replace(second=0, microsecond=0)
        return [WeeklySlot(int(day), at) for day in self.cleaned_data["days"]]


def _pillars(workspace: Workspace) -> list[Pillar]:
    return list(Pillar.objects.filter(workspace=workspace, retired_at=None))


@dataclass(frozen=True, slots=True)
class DaySlots:
    name: str
    slots: tuple[PostingSlot, ...]


@dataclass(frozen=True, slots=True)
class ChannelSlots:
    channel: Channel
    name: str
    network_name: str
    days: tuple[DaySlots, ...]
    next: str
    form: SlotForm
    is_empty: bool


@require_GET
def slots(request: HttpRequest) -> HttpResponse:
    return _show(request, member_of(request))


def _show(
    request: HttpRequest, member: Member, invalid: tuple[int, SlotForm] | None = None, opened: int = 0
) -> HttpResponse:
    workspace = member.workspace
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None))
    ids = [channel.pk for channel in channels]
    known, coming = slots_of(ids), next_slots(workspace, ids, pillar_id=None)
    forms_by_id = dict([invalid] if invalid else [])
    pillars = _pillars(workspace)
    context: dict[str, Any] = {
        "channels": [
            _channel(
                channel,
                known.get(channel.pk, []),
                coming.get(channel.pk),
                forms_by_id.get(channel.pk),
                pillars,
            )
            for channel in channels
        ],
        "may_plan": may(member, Right.PLAN),
        "zone": workspace.zone,
        "offered": ", ".join(f"{WEEKDAYS[one.weekday]} {time_format(one.at, 'H:i')}" for one in OFFERED),
        "opened": invalid[0] if invalid else opened,
    }
    draw = show_invalid if invalid else show
    return draw(request, "plan/slots.html", "plan/_slots.html", context)


def _channel(
    channel: Channel,
    weekly: list[PostingSlot],
    coming: SlotTime | None,
    form: SlotForm | None,
    pillars: Sequence[Pillar],
) -> ChannelSlots:
    days = tuple(
        DaySlots(str(name), tuple(slot for slot in weekly if slot.weekday == number))
        for number, name in WEEKDAYS.items()
    )
    return ChannelSlots(
        channel=channel,
        name=channel.display_name or channel.handle,
        network_name=network_name(channel.network),
        days=tuple(day for day in days if day.slots),
        next=date_format(coming.local, _("l j F, H:i")) if coming else "",
        form=form or SlotForm(pillars, auto_id=f"slot_{channel.pk}_%s", initial={"at": time(12, 15)}),
        is_empty=not weekly,
    )


@require_POST
def add(request: HttpRequest, channel_id: int) -> HttpResponse:
    """From the form, or those that are offered (`offered`)."""
    member = member_of(request, Right.PLAN)
    channel = get_object_or_404(Channel, pk=channel_id, workspace=member.workspace, removed_at=None)
    form = SlotForm(_pillars(member.workspace), request.POST, auto_id=f"slot_{channel.pk}_%s")
    if "offered" in request.POST:
        wanted = list(OFFERED)
    elif form.is_valid():
        wanted = form.slots()
    else:
        return _show(request, member, invalid=(channel.pk, form))
    try:
        pillar = form.chosen_pillar() if "offered" not in request.POST else None
        made = add_slots(channel, wanted, by=member.user, pillar=pillar)
    except RuleError as error:
        form.add_error(None, say(error.message))
        return _show(request, member, invalid=(channel.pk, form))
    sentence = ngettext("%(n)s posting time added.", "%(n)s posting times added.", len(made))
    notify(request, sentence % {"n": len(made)})
    return _back(request, member, channel.pk)


@require_POST
def remove(request: HttpRequest, slot_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    slot = get_object_or_404(
        PostingSlot.objects.select_related("channel"), pk=slot_id, channel__workspace=member.workspace
    )
    channel_id, again = slot.channel_id, f"?day={slot.weekday}&at={slot.at:%H:%M}"
    again += f"&pillar={slot.pillar_id}" if slot.pillar_id else ""
    remove_slot(slot, by=member.user)
    undo = reverse("plan:restore_slot", args=[channel_id]) + again
    notify(request, _("Posting time removed. What is planned stays planned."), undo_url=undo)
    return _back(request, member, channel_id)


@require_POST
def restore(request: HttpRequest, channel_id: int) -> HttpResponse:
    """The undo of a removal."""
    member = member_of(request, Right.PLAN)
    channel = get_object_or_404(Channel, pk=channel_id, workspace=member.workspace, removed_at=None)
    again = {"days": request.GET.getlist("day"), "at": request.GET.get("at", "")}
    form = SlotForm(_pillars(member.workspace), {**again, "pillar": request.GET.get("pillar", "")})
    if form.is_valid():
        add_slots(channel, form.slots(), by=member.user, pillar=form.chosen_pillar())
        notify(request, _("The posting time is back."))
    else:
        notify(request, _("Nothing was left to bring back."), level=messages.WARNING)
    return go_to(request, reverse("plan:slots"))


def _back(request: HttpRequest, member: Member, channel_id: int) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        return _show(request, member, opened=channel_id)
    return go_to(request, f"{reverse('plan:slots')}#channel-{channel_id}")
