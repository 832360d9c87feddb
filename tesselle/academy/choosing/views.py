"""Needs, criteria, ranking, side by side, decision; and the matrix as a table."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.choosing import pages
from tesselle.academy.choosing.board import board_of
from tesselle.academy.choosing.forms import CriterionRows, DecisionForm, GateRows, ImportForm, NeedsForm
from tesselle.academy.choosing.needs import keep_needs
from tesselle.academy.choosing.scoring import decide
from tesselle.academy.choosing.tables import as_xlsx, bring_in
from tesselle.academy.models import Path
from tesselle.academy.parts import parts, steps_of_choosing
from tesselle.academy.rows import are_valid
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.web.htmx import show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def shell(path: Path, step: str, **values: Any) -> dict[str, Any]:
    return {"path": path, "parts": parts("choosing"), "steps": steps_of_choosing(step), **values}


@require_http_methods(["GET", "POST"])
@on_own_path
def needs(request: HttpRequest, path: Path) -> HttpResponse:
    is_first = not path.criteria.exists()
    form = NeedsForm(request.POST or None, path=path, is_first=is_first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        keep_needs(
            path, needs=given["needs"], said=given["said"], set_weights=is_first or given["set_weights"]
        )
        notify(request, gettext("The needs are saved. Look at what counts for how much."))
        return redirect("academy:criteria")
    values = shell(path, "needs", form=form, is_first=is_first)
    return render(request, "academy/needs.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@on_own_path
def criteria(request: HttpRequest, path: Path) -> HttpResponse:
    data = request.POST or None
    rows = CriterionRows(data, instance=path, prefix="criteria")
    gates = GateRows(data, instance=path, prefix="gates")
    if request.method == "POST" and are_valid(rows, gates):
        rows.save()
        gates.save()
        tell("path.criteria_kept", path)
        notify(request, gettext("The criteria are saved."))
        return redirect("academy:criteria")
    total = sum(criterion.weight for criterion in path.criteria.all())
    is_wrong = bool(data)
    values = shell(path, "criteria", rows=rows, gates=gates, total=total)
    return render(request, "academy/criteria.html", values, status=422 if is_wrong else 200)


@require_GET
@on_own_path
def ranking(request: HttpRequest, path: Path) -> HttpResponse:
    """The page comes at once; the two other methods, which take seconds, are fetched by it (`?methods`)."""
    ask = "methods" in request.GET
    board = board_of(path)
    page = pages.ranking_page(board, ask=ask)
    values = shell(path, "ranking", board=board, page=page, methods=page.methods)
    if ask:
        return show(request, "academy/ranking.html", "academy/_methods.html", values)
    return render(request, "academy/ranking.html", values)


@require_GET
@on_own_path
def compare(request: HttpRequest, path: Path) -> HttpResponse:
    """Without a choice, the two that lead."""
    board = board_of(path)
    asked = [request.GET[name] for name in ("a", "b") if request.GET.get(name)]
    two = pages.finalists(path, board, asked)
    values = shell(
        path,
        "compare",
        board=board,
        two=two,
        columns=[pages.column(board, tool) for tool in two],
        lines=pages.lines(board, two),
    )
    return render(request, "academy/compare.html", values)


@require_http_methods(["GET", "POST"])
@on_own_path
def decision(request: HttpRequest, path: Path) -> HttpResponse:
    board = board_of(path)
    leading = [one.name for one in board.ranked[:2]]
    initial = dict(zip(("tool_name", "against_name"), leading, strict=False))
    form = DecisionForm(request.POST or None, tools=[tool.name for tool in board.tools], initial=initial)
    if request.method == "POST" and form.is_valid():
        form.instance.ranking = [
            {"name": one.name, "percent": round(one.percent, 1), "place": one.place} for one in board.ranked
        ]
        decide(path, form.instance)
        notify(request, gettext("The decision is kept, with its date and the ranking as it stands."))
        return redirect("academy:decision")
    values = shell(path, "decision", form=form, decisions=list(path.decisions.all())[::-1])
    return render(request, "academy/decision.html", values, status=422 if form.errors else 200)


@require_GET
@on_own_path
def export(request: HttpRequest, path: Path) -> HttpResponse:
    response = HttpResponse(as_xlsx(board_of(path)), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{gettext("matrix")}.xlsx"'
    return response


@require_POST
@on_own_path
def bring_table(request: HttpRequest, path: Path) -> HttpResponse:
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        notify(request, gettext("No file came along. Choose the table, then send it."), level=messages.ERROR)
        return redirect("academy:tools")
    try:
        brought = bring_in(path, form.cleaned_data["table"].read())
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("academy:tools")
    words = ngettext("%(counted)s row was brought in.", "%(counted)s rows were brought in.", brought.cells)
    said = words % {"counted": brought.cells}
    if brought.unknown:
        left = gettext("Left out, since there is no such criterion: %(names)s.")
        said = f"{said} {left % {'names': ', '.join(brought.unknown[:5])}}"
    notify(request, said, level=messages.WARNING if brought.unknown else messages.SUCCESS)
    return redirect("academy:tools")
