"""The clock of a practice workspace. A real workspace has none: its pages answer 404."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.domain.errors import RuleError
from tesselle.sandbox.access import practising
from tesselle.sandbox.badday.pages import marks
from tesselle.sandbox.choosing import WorldForm
from tesselle.sandbox.clock import pages, services
from tesselle.sandbox.clock.forms import PlayForm, ToDateForm
from tesselle.sandbox.clock.selectors import latest_run
from tesselle.web.htmx import show, wants_fragment
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.deletion import KEPT
from tesselle.workspaces.models import Member


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    return show(request, "sandbox/clock.html", "sandbox/_clock_story.html", _context(member))


def _context(member: Member, **more: Any) -> dict[str, Any]:
    run = latest_run(member.workspace)
    local = timezone.localtime(member.workspace.now(), member.workspace.tz)
    return {
        "story": pages.story(member, run) if run else None,
        "clock": pages.bar(member, run),
        "marks": marks(member.workspace),
        "to_date": ToDateForm(now=local),
        "play": PlayForm(),
        "may_begin_anew": may(member, Right.OWN),
        "choice": WorldForm(),
        "kept_days": KEPT.days,
        **more,
    }


@require_GET
def bar(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    shown = pages.bar(member, latest_run(member.workspace))
    return show(
        request, "sandbox/clock.html", "sandbox/_clock_bar.html", {**_context(member), "clock": shown}
    )


@require_POST
def go(request: HttpRequest, step: str) -> HttpResponse:
    """`step`: event, day, week, date or play."""
    member = practising(request, Right.PLAN)
    workspace, by = member.workspace, member.user
    try:
        if step == "event":
            services.go_to_next_event(workspace=workspace, by=by)
        elif step in STEPS:
            services.go_until(workspace=workspace, until=workspace.now() + STEPS[step], by=by)
        else:
            _FORMS[step](request, member)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return _back(request, member)


STEPS = {"day": timedelta(days=1), "week": timedelta(days=7)}


def _to_date(request: HttpRequest, member: Member) -> None:
    form = ToDateForm(request.POST, now=timezone.localtime(member.workspace.now(), member.workspace.tz))
    if form.is_valid():
        services.go_until(workspace=member.workspace, until=form.cleaned_data["until"], by=member.user)
    else:
        notify(
            request, gettext("That is no date with a time. Choose one in the field."), level=messages.ERROR
        )


def _play(request: HttpRequest, member: Member) -> None:
    form = PlayForm(request.POST)
    if form.is_valid():
        services.play(workspace=member.workspace, speed=form.cleaned_data["speed"], by=member.user)
    else:
        notify(
            request, gettext("The clock has no such speed. Choose one of those shown."), level=messages.ERROR
        )


_FORMS = {"date": _to_date, "play": _play}


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    member = practising(request, Right.PLAN)
    if services.stop(workspace=member.workspace, by=member.user):
        notify(request, gettext("The clock is stopped. It goes on at its usual pace."))
    return _back(request, member)


def _back(request: HttpRequest, member: Member) -> HttpResponse:
    if not wants_fragment(request):
        return redirect("sandbox:clock")
    member.workspace.refresh_from_db(fields=["clock_shift"])
    shown = pages.bar(member, latest_run(member.workspace))
    return show(
        request,
        "sandbox/clock.html",
        "sandbox/_clock_bar.html",
        {"clock": shown, "marks": marks(member.workspace)},
    )
