"""Time and difficulties of one's own path."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.dates import length
from tesselle.academy.models import Difficulty, Path
from tesselle.academy.parts import parts
from tesselle.academy.time import services
from tesselle.academy.time.account import account_of
from tesselle.academy.time.at_hand import what_happened
from tesselle.academy.time.forms import DifficultyForm, EntryForm, ExplanationForm, StopwatchForm
from tesselle.academy.time.seen import seen, take_over
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import member_of

SHOWN = 30


@require_GET
@on_own_path
def page(request: HttpRequest, path: Path) -> HttpResponse:
    return _page(request, path)


@require_POST
@on_own_path
def start(request: HttpRequest, path: Path) -> HttpResponse:
    form = StopwatchForm(request.POST, path=path)
    if not form.is_valid():
        return _page(request, path, stopwatch=form)
    try:
        services.start_stopwatch(path, **form.cleaned_data)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return redirect("academy:time")


@require_POST
@on_own_path
def stop(request: HttpRequest, path: Path) -> HttpResponse:
    entry = services.stop_stopwatch(path)
    if entry is not None:
        words = gettext("%(length)s are noted for “%(activity)s”.")
        notify(request, words % {"length": length(entry.minutes or 0), "activity": entry.activity})
    return redirect("academy:time")


@require_POST
@on_own_path
def add(request: HttpRequest, path: Path) -> HttpResponse:
    form = EntryForm(request.POST, path=path, prefix="entry")
    if not form.is_valid():
        return _page(request, path, entry=form)
    services.add_time(path, form.entry())
    notify(request, gettext("The time is noted."))
    return redirect("academy:time")


@require_POST
@on_own_path
def add_seen(request: HttpRequest, path: Path) -> HttpResponse:
    """Which of the forms was sent, `form` says; which sitting it is about, `began`."""
    form = StopwatchForm(request.POST, path=path, prefix=request.POST.get("form", "")[:20])
    began = parse_datetime(request.POST.get("began", "")[:40])
    if began is None or not form.is_valid():
        notify(request, gettext("Say what you did in that time, then take it over."), level=messages.ERROR)
    elif take_over(path, began, **form.cleaned_data) is None:
        notify(request, gettext("That time is noted already."), level=messages.WARNING)
    else:
        notify(request, gettext("The time is noted."))
    return redirect(f"{reverse('academy:time')}?seen=yes")


@require_POST
@on_own_path
def remove(request: HttpRequest, path: Path, entry_id: int) -> HttpResponse:
    entry = path.time_entries.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    services.remove_time(path, entry)
    notify(request, gettext("The time is taken away."))
    return redirect("academy:time")


@require_POST
@on_own_path
def explain(request: HttpRequest, path: Path, phase_id: int) -> HttpResponse:
    phase = path.phases.filter(pk=phase_id).first()
    if phase is None:
        raise Http404
    form = ExplanationForm(request.POST, instance=phase, prefix=f"phase{phase.pk}")
    if form.is_valid():
        form.save()
        notify(request, gettext("The explanation is kept."))
    return redirect("academy:time")


@require_http_methods(["GET", "POST"])
@on_own_path
def difficulty(request: HttpRequest, path: Path, difficulty_id: int) -> HttpResponse:
    found = path.difficulties.filter(pk=difficulty_id).first()
    if found is None:
        raise Http404
    form = DifficultyForm(request.POST or None, path=path, instance=found)
    if request.method == "POST" and form.is_valid():
        services.keep_difficulty(path, form.instance)
        notify(request, gettext("The difficulty is kept."))
        return redirect("academy:time")
    values = {"path": path, "parts": parts("time"), "form": form}
    return render(request, "academy/difficulty.html", values, status=422 if form.errors else 200)


@require_POST
@on_own_path
def note_difficulty(request: HttpRequest, path: Path) -> HttpResponse:
    form = DifficultyForm(request.POST, path=path, instance=Difficulty(path=path), prefix="difficulty")
    if not form.is_valid():
        return _page(request, path, difficulty=form)
    services.keep_difficulty(path, form.instance)
    notify(request, gettext("The difficulty is kept."))
    return redirect("academy:time")


def _page(request: HttpRequest, path: Path, **invalid: Any) -> HttpResponse:
    account = account_of(path, pgettext("time", "For no phase"), pgettext("sum", "Total"))
    entries = list(path.time_entries.select_related("phase")[:SHOWN])
    happened = what_happened(member_of(request), request.GET.get("about", ""))
    values = {
        "path": path,
        "parts": parts("time"),
        "account": account,
        "bars": [_bar(row, account.widest) for row in account.rows],
        "explanations": [
            (row, ExplanationForm(instance=row.phase, prefix=f"phase{row.phase.pk}"))
            for row in account.rows
            if row.phase is not None and (row.actual or row.phase.explanation)
        ],
        "silent": [
            (row, ExplanationForm(instance=row.phase, prefix=f"phase{row.phase.pk}"))
            for row in account.rows
            if row.phase is not None and row.was_left_out
        ],
        "asks_seen": "seen" in request.GET,
        "sittings": [
            (one, length(one.minutes), StopwatchForm(path=path, prefix=f"seen{number}"))
            for number, one in enumerate(seen(path) if "seen" in request.GET else [])
        ],
        "running": next((entry for entry in entries if entry.minutes is None), None),
        "entries": [(entry, length(entry.minutes)) for entry in entries if entry.minutes is not None],
        "difficulties": list(path.difficulties.select_related("phase")),
        "stopwatch_form": invalid.get("stopwatch") or StopwatchForm(path=path),
        "entry_form": invalid.get("entry") or EntryForm(path=path, prefix="entry"),
        "difficulty_form": invalid.get("difficulty")
        or DifficultyForm(path=path, prefix="difficulty", initial={"what": happened}),
        "has_happened": bool(happened),
    }
    return render(request, "academy/time.html", values, status=422 if invalid else 200)


def _bar(row: Any, widest: int) -> tuple[Any, float, float]:
    return row, 100 * row.actual / widest, 100 * row.planned / widest
