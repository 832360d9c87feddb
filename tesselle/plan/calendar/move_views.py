"""The calendar's forms: move, move back, begin a post on a day."""

from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from tesselle.compose import copies
from tesselle.compose.composing import add_files
from tesselle.compose.desk import set_up
from tesselle.compose.draft import Draft
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.domain.reach import OUT_OF_REACH
from tesselle.ledger.models import Delivery
from tesselle.plan.access import deliveries_of
from tesselle.plan.calendar.moving import Move, move_back, move_to_day, move_to_time
from tesselle.plan.calendar.views import calendar_at
from tesselle.plan.forms import WhenForm
from tesselle.web.dates import written
from tesselle.web.htmx import go_to, wants_fragment
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

_KEPT = ("view", "date", "colour", "channel", "pillar", "campaign", "state")


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """To a day (`day`, the hour is kept) or to a time (`when`)."""
    member = member_of(request, Right.PLAN)
    rows = list(deliveries_of(member, _ids(request.POST.get("deliveries", ""))))
    if not rows:
        notify(request, _("Nothing was moved: it is no longer there."), level=messages.WARNING)
        return _back(request, member)
    try:
        moves = _moves(request, rows, member)
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
        return _back(request, member)
    style = pgettext("date format", "l j F, H:i")
    undo = (
        reverse("plan:move_back")
        + "?"
        + urlencode({"moves": ",".join(map(str, moves)), "back": _query(request)})
    )
    notify(request, _("Moved to %(when)s.") % {"when": written(moves[0].now, style)}, undo_url=undo)
    return _back(request, member)


def _moves(request: HttpRequest, rows: list[Delivery], member: Member) -> list[Move]:
    day = _date(request.POST.get("day", ""))
    if day is not None:
        return move_to_day(rows, day, by=member.user)
    form = WhenForm(request.POST)
    if not form.is_valid():
        raise RuleError(OUT_OF_REACH if form.has_error("when", "out_of_reach") else _NO_TIME)
    return move_to_time(rows, form.cleaned_data["when"], by=member.user)


@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    moves = [move for text in request.GET.get("moves", "").split(",") if (move := Move.read(text))]
    rows = list(deliveries_of(member, [move.delivery_id for move in moves]))
    try:
        done = move_back(rows, moves, by=member.user)
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
    else:
        if done:
            notify(request, _("Back where it was."))
        else:
            notify(
                request, _("It was moved or changed meanwhile, and stays as it is."), level=messages.WARNING
            )
    return go_to(request, f"{reverse('plan:calendar')}?{_query(request)}")


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A picture laid on a day: a post with it is begun, to go out on that day. Several: a post for each, in
    rows. Nothing is saved yet."""
    member = member_of(request, Right.WRITE)
    day = _date(request.POST.get("day", ""))
    blank = set_up(member.workspace, None, Draft())
    desk, refusals = add_files(blank, request.FILES.getlist("files"), by=member.user)
    for refusal in refusals:
        notify(request, say(refusal.message), level=messages.WARNING)
    if len(desk.draft.shared.media) > 1:
        laid = [("asset", str(pk)) for pk in desk.draft.shared.media]
        days = [("day", day.isoformat())] if day else []
        return go_to(request, f"{reverse('plan:pictures')}?{urlencode([*laid, *days])}")
    kept = copies.keep(replace(desk, copy_id=0), by=member.user)
    values: dict[str, Any] = {"copy": kept.pk} if kept else {}
    if day is not None:
        values["plan-date"] = day.isoformat()
    return go_to(request, f"{reverse('compose:new')}?{urlencode(values)}")


def _back(request: HttpRequest, member: Member) -> HttpResponse:
    """The calendar as it was looked at: in place for htmx, its address for a browser."""
    if wants_fragment(request):
        return calendar_at(request, member, QueryDict(_query(request)))
    return go_to(request, f"{reverse('plan:calendar')}?{_query(request)}")


def _query(request: HttpRequest) -> str:
    """What the calendar was asked, from `back`; nothing else gets into the address."""
    given = request.POST.get("back", request.GET.get("back", ""))
    return urlencode([(name, value) for name, value in parse_qsl(given) if name in _KEPT])


def _ids(text: str) -> list[int]:
    return [int(one) for one in text.split(",") if one.isdecimal() and len(one) < 18]


def _date(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


_NO_TIME = N_("Choose a day and a time.")
