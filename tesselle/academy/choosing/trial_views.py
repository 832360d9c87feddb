"""Prices in one's own cases, and trials by the stopwatch."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.catalogue.prices import read_on
from tesselle.academy.choosing import prices as pricing
from tesselle.academy.choosing.trials import begin_trial, end_trial, span, task_rows
from tesselle.academy.choosing.views import shell
from tesselle.academy.models import Path, PriceCase, Tool
from tesselle.academy.rows import rows_of
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify

CaseRows = rows_of(
    PriceCase,
    ["name", "people", "channels", "approval"],
    labels={
        "name": pgettext_lazy("price", "Case"),
        "people": pgettext_lazy("price", "People"),
        "channels": pgettext_lazy("price", "Channels"),
        "approval": _("Somebody must approve"),
    },
)


@require_http_methods(["GET", "POST"])
@on_own_path
def prices(request: HttpRequest, path: Path) -> HttpResponse:
    usual = [] if path.price_cases.exists() else pricing.usual_cases()
    rows = CaseRows(request.POST or None, instance=path, prefix="cases", initial=usual)
    if request.method == "POST" and rows.is_valid():
        rows.save()
        tell("path.cases_kept", path)
        notify(request, gettext("The cases are saved."))
        return redirect("academy:prices")
    cases = list(path.price_cases.all()) or [PriceCase(path=path, **one) for one in usual]
    names = [case.name for case in cases]
    values = shell(
        path,
        "prices",
        rows=rows,
        cases=[(case, pricing.case_words(case)) for case in cases],
        lines=[(line, zip(names, line.cells, strict=True)) for line in pricing.price_lines(path, cases)],
        read_on=read_on(),
    )
    return render(request, "academy/prices.html", values, status=422 if request.method == "POST" else 200)


@require_GET
@on_own_path
def trial(request: HttpRequest, path: Path, tool_id: int) -> HttpResponse:
    found = _tool_of(path, tool_id)
    rows = [(row, [(run, span(run.seconds or 0)) for run in row.runs]) for row in task_rows(found)]
    running = path.trial_runs.filter(seconds=None).select_related("tool").first()
    values = shell(path, "tools", tool=found, rows=rows, running=running)
    return render(request, "academy/trial.html", values)


@require_POST
@on_own_path
def begin(request: HttpRequest, path: Path, tool_id: int) -> HttpResponse:
    found, task = _tool_of(path, tool_id), request.POST.get("task", "").strip()
    if not task:
        notify(request, gettext("Say what the task is first."), level=messages.WARNING)
        return redirect("academy:trial", found.pk)
    try:
        begin_trial(found, task)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return redirect("academy:trial", found.pk)


@require_POST
@on_own_path
def end(request: HttpRequest, path: Path, run_id: int) -> HttpResponse:
    run = end_trial(
        path, run_id, managed=request.POST.get("managed") == "yes", note=request.POST.get("note", "").strip()
    )
    if run is None:
        raise Http404
    notify(request, gettext("Noted: %(span)s.") % {"span": span(run.seconds or 0)})
    return redirect("academy:trial", run.tool_id)


def _tool_of(path: Path, tool_id: int) -> Tool:
    found = path.tools.select_related("path__person").filter(pk=tool_id).first()
    if found is None:
        raise Http404
    return found
