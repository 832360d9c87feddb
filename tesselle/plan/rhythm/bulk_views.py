"""The page on which many drafts are planned at once: choose, look at the proposal, change it, plan."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels.pages import named, network_name
from tesselle.compose.models import Post
from tesselle.domain.errors import RuleError
from tesselle.ledger.services import planning
from tesselle.plan import access
from tesselle.plan.calendar.festive import DayNote, notes_of
from tesselle.plan.calendar.page import place
from tesselle.plan.rhythm.bulk import Proposal, Wish, carry_out, drafts_of, propose
from tesselle.web.dates import written
from tesselle.web.days import DayField
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

WEEKS = 6


class WishForm(forms.Form):
    first = DayField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    weeks = forms.IntegerField(label=gettext_lazy("For how many weeks"), min_value=1, max_value=26)
    days = forms.MultipleChoiceField(
        label=gettext_lazy("On these days"),
        choices=[(str(number), name) for number, name in WEEKDAYS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one day.")},
    )
    at = forms.TimeField(
        label=pgettext_lazy("planning", "Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    mix = forms.BooleanField(label=gettext_lazy("Alternate the pillars by their meant share"), required=False)

    def wish(self) -> Wish:
        values = self.cleaned_data
        days = frozenset(int(day) for day in values["days"])
        return Wish(values["first"], values["weeks"], days, values["at"], values["mix"])


@require_GET
def bulk(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    return _page(request, member, WishForm(initial=_usual(member, request.GET.get("weeks", ""))))


def _usual(member: Member, weeks: str) -> dict[str, Any]:
    """`weeks`: whoever leads here may know how many there are to fill."""
    today: date = member.workspace.now().astimezone(member.workspace.tz).date()
    return {"first": today, "weeks": weeks or WEEKS, "days": ["1", "4"], "at": time(9), "mix": True}


def _page(request: HttpRequest, member: Member, form: WishForm, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    chosen = set() if "tick" in request.POST else set(request.POST.getlist("post"))
    is_all = request.method == "GET" or request.POST.get("tick") == "all"
    context = {
        "form": form,
        "rows": [
            (post, is_all or str(post.pk) in chosen, _where(post)) for post in drafts_of(member.workspace)
        ],
        "zone": place(member.workspace.tz),
        **more,
    }
    return render(request, "plan/bulk.html", context, status=status)


def _where(post: Post) -> str:
    """By the networks, unless there are two channels on one."""
    assert post.current is not None
    channels = [variant.channel for variant in post.current.variants.all()]
    is_clear = len({channel.network for channel in channels}) == len(channels)
    return ", ".join(network_name(one.network) if is_clear else named(one) for one in channels)


def _as_typed(data: QueryDict) -> WishForm:
    """What stands in the form, not judged yet: somebody without a script only ticks."""
    typed: dict[str, Any] = {name: data.get(name, "") for name in WishForm.base_fields}
    return WishForm(initial={**typed, "days": data.getlist("days"), "mix": "mix" in data})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """What the wish would mean for the drafts that are ticked; plans nothing."""
    member = member_of(request, Right.PLAN)
    if "tick" in request.POST:
        return _page(request, member, _as_typed(request.POST))
    form = WishForm(request.POST)
    posts = _ticked(request, member)
    if not form.is_valid():
        return _page(request, member, form, status=UNPROCESSABLE)
    if not posts:
        form.add_error(None, _("No draft is ticked. Tick those that are to be planned."))
        return _page(request, member, form, status=UNPROCESSABLE)
    proposals = propose(member.workspace, posts, form.wish())
    left = sum(one.when is None for one in proposals)
    return _page(request, member, form, proposals=_told(member, proposals), left=left)


def _told(member: Member, proposals: Sequence[Proposal]) -> list[tuple[Proposal, str]]:
    """Each with its day in words and what that day is: nobody sees Christmas in 12/25."""
    days = [one.when.date() for one in proposals if one.when is not None]
    notes = notes_of(member.workspace, min(days), max(days)) if days else {}
    return [(one, _day_in_words(one.when.date(), notes) if one.when else "") for one in proposals]


def _day_in_words(day: date, notes: Mapping[date, Sequence[DayNote]]) -> str:
    return " · ".join(
        [written(day, pgettext("date format", "l j F")), *(one.text for one in notes.get(day, ()))]
    )


@require_POST
def plan(request: HttpRequest) -> HttpResponse:
    """Carry out what stands in the proposal, as it was changed."""
    member = member_of(request, Right.PLAN)
    times = {post: _time(request.POST.get(f"when-{post.pk}", "")) for post in _ticked(request, member)}
    chosen = [(post, when) for post, when in times.items() if when is not None]
    carried = carry_out(member.workspace, chosen, by=member.user)
    names = {post.pk: post for post, _when in chosen}
    for pk, error in carried.refused.items():
        _tell_refused(request, names[pk], error)
    if carried.deliveries:
        done = len({delivery.post_id for delivery in carried.deliveries})
        ids = ",".join(str(delivery.pk) for delivery in carried.deliveries)
        sentence = ngettext("%(n)s post is planned.", "%(n)s posts are planned.", done)
        notify(request, sentence % {"n": done}, undo_url=f"{reverse('plan:call_off')}?ids={ids}")
    elif not carried.refused:
        notify(request, _("Nothing was planned: no row had a time."), level=messages.WARNING)
    return go_to(request, reverse("plan:bulk" if carried.refused else "plan:calendar"))


def _tell_refused(request: HttpRequest, post: Post, error: RuleError) -> None:
    text = _("%(post)s: %(reason)s") % {"post": post.name, "reason": say(error.message)}
    notify(request, text, level=messages.ERROR)


@require_POST
def call_off(request: HttpRequest) -> HttpResponse:
    """The undo: what has not left yet does not go out."""
    member = member_of(request, Right.PLAN)
    ids = [int(one) for one in request.GET.get("ids", "").split(",") if one.isdecimal() and len(one) < 18]
    done = planning.cancel(access.deliveries_of(member, ids), by=member.user)
    notify(
        request,
        ngettext("%(n)s delivery was called off.", "%(n)s deliveries were called off.", done) % {"n": done},
    )
    return go_to(request, reverse("plan:calendar"))


def _ticked(request: HttpRequest, member: Member) -> list[Post]:
    """Only drafts of this workspace, whatever the form names."""
    wanted = set(request.POST.getlist("post"))
    return [post for post in drafts_of(member.workspace) if str(post.pk) in wanted]


def _time(text: str) -> datetime | None:
    try:
        local = parse_datetime(text)
    except ValueError:
        return None
    return local if local is not None and local.tzinfo is None else None
