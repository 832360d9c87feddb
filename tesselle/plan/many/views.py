"""Ticked in the list: what is to happen, what would come of it, done, and undone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from tesselle.channels.models import Channel
from tesselle.channels.pages import network_name
from tesselle.ledger.models import Delivery
from tesselle.plan.access import deliveries_of
from tesselle.plan.many.changing import Changed, carry_out, look
from tesselle.plan.many.undoing import undo
from tesselle.plan.many.wish import Act, Wish
from tesselle.plan.models import BulkChange
from tesselle.plan.taking_back import MAKERS
from tesselle.strategy.models import Campaign, Pillar
from tesselle.web.dates import written
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member, Workspace

AT_MOST = 200
NONE = {"pillar": pgettext_lazy("pillar", "None"), "campaign": pgettext_lazy("campaign", "None")}
ACTS = {
    "move": gettext_lazy("Move them by days"),
    "channels": gettext_lazy("Change their channels"),
    "pillar": gettext_lazy("Change their pillar"),
    "campaign": gettext_lazy("Change their campaign"),
    "call_off": gettext_lazy("Pause them: call off, and keep the posts"),
    "delete": gettext_lazy("Delete the posts"),
}


class ManyForm(forms.Form):
    """Only the field of the chosen act counts."""

    act = forms.ChoiceField(
        label=gettext_lazy("What is to happen"), choices=list(ACTS.items()), widget=forms.RadioSelect
    )
    days = forms.IntegerField(
        label=gettext_lazy("By so many days"),
        help_text=gettext_lazy("Each keeps its hour; with a minus they go out earlier."),
        min_value=-365,
        max_value=365,
        initial=1,
        required=False,
    )
    channels = forms.MultipleChoiceField(
        label=gettext_lazy("To exactly these channels"), widget=forms.CheckboxSelectMultiple, required=False
    )
    pillar = forms.ChoiceField(label=gettext_lazy("Pillar"), required=False)
    campaign = forms.ChoiceField(label=gettext_lazy("Campaign"), required=False)

    def __init__(self, workspace: Workspace, data: Any = None) -> None:
        super().__init__(data, initial={"act": "move"})
        channels = Channel.objects.filter(workspace=workspace, removed_at=None)
        self._offer("channels", [(str(one.pk), _named(one)) for one in channels])
        for name, model in (("pillar", Pillar), ("campaign", Campaign)):
            rows = model.objects.filter(workspace=workspace, retired_at=None)
            self._offer(name, [("", str(NONE[name])), *((str(o.pk), o.name) for o in rows)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if values.get("act") == "move" and not values.get("days"):
            self.add_error("days", _("Say by how many days."))
        if values.get("act") == "channels" and not values.get("channels"):
            self.add_error("channels", _("Choose at least one channel."))
        return values

    def wish(self) -> Wish:
        values = self.cleaned_data
        act = cast("Act", values["act"])
        aim = values.get(act, "") if act in ("pillar", "campaign") else ""
        channels = frozenset(int(pk) for pk in values["channels"])
        return Wish(act, values["days"] or 0, channels, int(aim or 0))


@dataclass(frozen=True, slots=True)
class Line:
    delivery: Delivery
    title: str
    channel: str
    when: str
    was: str
    now: str
    refused: str


@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """`do`: nothing (what is to happen is asked), `look`, `carry_out`."""
    member = member_of(request, Right.PLAN)
    rows = _ticked(request, member)
    if not rows:
        notify(
            request, _("Nothing was ticked. Tick planned posts in the list first."), level=messages.WARNING
        )
        return go_to(request, reverse("plan:list"))
    do = request.POST.get("do", "")
    form = ManyForm(member.workspace, request.POST if do else None)
    if not do:
        return _page(request, rows, form)
    if not form.is_valid():
        return _page(request, rows, form, status=UNPROCESSABLE)
    if do != "carry_out":
        found = look(member.workspace, rows, form.wish(), by=member.user)
        return _page(request, rows, form, found=found)
    found, change = carry_out(member.workspace, rows, form.wish(), by=member.user)
    _tell(request, found, change)
    return go_to(request, reverse("plan:list"))


def _ticked(request: HttpRequest, member: Member) -> list[Delivery]:
    given = [int(one) for one in request.POST.getlist("delivery") if one.isdecimal() and len(one) < 18]
    rows = deliveries_of(member, given[:AT_MOST]).filter(post__isnull=False)
    return list(rows.select_related("workspace", "channel", "post__workspace", "post__current"))


def _tell(request: HttpRequest, found: list[Changed], change: BulkChange | None) -> None:
    kept = sum(one.refused is not None for one in found)
    if kept:
        said = ngettext("%(n)s post stays as it is.", "%(n)s posts stay as they are.", kept)
        notify(request, said % {"n": kept}, level=messages.WARNING)
    if change is None:
        return
    done = len(found) - kept
    said = ngettext("%(n)s planned post was changed.", "%(n)s planned posts were changed.", done)
    notify(request, said % {"n": done}, undo_url=reverse("plan:undo_many", args=[change.pk]))


@require_POST
def undo_many(request: HttpRequest, change_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    changes = BulkChange.objects.exclude(undo__has_any_keys=MAKERS)  # those have an undo of their own
    change = get_object_or_404(changes, pk=change_id, workspace=member.workspace)
    if undo(change, by=member.user):
        notify(request, _("Everything is as it was; what somebody else changed meanwhile stays."))
    else:
        notify(request, _("Nothing was left to bring back."), level=messages.WARNING)
    return go_to(request, reverse("plan:list"))


def _page(
    request: HttpRequest,
    rows: list[Delivery],
    form: ManyForm,
    *,
    found: list[Changed] | None = None,
    status: int = 200,
) -> HttpResponse:
    act = str(form["act"].value() or "")
    lines = [_line(one, act) for one in found or [Changed(row) for row in rows]]
    context = {"form": form, "lines": lines, "is_preview": found is not None, "act": act}
    return render(request, "plan/many.html", context, status=status)


def _line(one: Changed, act: str) -> Line:
    row = one.delivery
    style = pgettext("date format", "D j M Y, H:i")
    return Line(
        delivery=row,
        title=(row.post.name if row.post else "") or pgettext("post", "Untitled"),
        channel=_named(row.channel),
        when=written(row.due_at.astimezone(row.workspace.tz), style),
        was=_dated(one.was, act, style),
        now=_dated(one.now, act, style),
        refused=say(one.refused) if one.refused else "",
    )


def _named(channel: Channel) -> str:
    return f"{network_name(channel.network)} · {channel.display_name or channel.handle}"


def _dated(text: str, act: str, style: str) -> str:
    return written(datetime.fromisoformat(text), style) if act == "move" and text else text
