"""The rows of the matrix, one tool's page, and the links by which others say what they think."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.choosing import pages
from tesselle.academy.choosing.board import board_of
from tesselle.academy.choosing.feedback import LASTS, make_link, open_links, revoke_link
from tesselle.academy.choosing.forms import (
    CellForm,
    ImportForm,
    NewToolForm,
    QuestionnaireForm,
    ToolForm,
    VerdictForm,
)
from tesselle.academy.choosing.scoring import add_tool, answer_questionnaire, keep_tool
from tesselle.academy.choosing.trials import trial_words
from tesselle.academy.choosing.views import shell
from tesselle.academy.models import Cell, FeedbackLink, Path, Tool, Verdict
from tesselle.academy.rows import are_valid
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify


@require_http_methods(["GET", "POST"])
@on_own_path
def tools(request: HttpRequest, path: Path) -> HttpResponse:
    form = NewToolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            tool = add_tool(path, form.cleaned_data["name"])
        except RuleError as error:
            form.add_error("name", say(error.message))
        else:
            return redirect("academy:tool", tool.pk)
    board = board_of(path)
    values = shell(
        path, "tools", board=board, rows=pages.tool_rows(board), form=form, import_form=ImportForm()
    )
    values["lines"] = pages.lines(board, board.tools)
    return render(request, "academy/tools.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@on_own_path
def tool(request: HttpRequest, path: Path, tool_id: int) -> HttpResponse:
    found = _tool_of(path, tool_id)
    form = ToolForm(request.POST or None, instance=found)
    cells, verdicts = (
        _cell_forms(path, found, request.POST or None),
        _verdict_forms(path, found, request.POST or None),
    )
    if request.method == "POST" and are_valid(form, *cells, *verdicts):
        keep_tool(found, [one.instance for one in cells], [one.instance for one in verdicts])
        notify(request, gettext("%(tool)s is saved.") % {"tool": found.name})
        return redirect("academy:tool", found.pk)
    status = 422 if request.method == "POST" else 200
    return _tool_page(request, path, found, form=form, cells=cells, verdicts=verdicts, status=status)


@require_http_methods(["GET", "POST"])
@on_own_path
def questionnaire(request: HttpRequest, path: Path, tool_id: int) -> HttpResponse:
    found = _tool_of(path, tool_id)
    form = QuestionnaireForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        score = answer_questionnaire(found, form.answers(form.cleaned_data))
        words = gettext("%(tool)s reaches %(score)s of 100.")
        notify(request, words % {"tool": found.name, "score": pages.number(score)})
        return redirect("academy:tool", found.pk)
    values = shell(path, "tools", tool=found, form=form)
    return render(request, "academy/questionnaire.html", values, status=422 if form.errors else 200)


@require_POST
@on_own_path
def ask(request: HttpRequest, path: Path, tool_id: int) -> HttpResponse:
    """The link is shown this once: only the hash of its token is kept."""
    found = _tool_of(path, tool_id)
    _, token = make_link(found)
    address = settings.PUBLIC_URL + reverse("academy:feedback", args=[token])
    values = shell(path, "tools", tool=found, address=address, days=LASTS.days)
    response = render(request, "academy/link.html", values)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
@on_own_path
def close_link(request: HttpRequest, path: Path, link_id: int) -> HttpResponse:
    link = (
        FeedbackLink.objects.filter(pk=link_id, tool__path=path).select_related("tool__path__person").first()
    )
    if link is None:
        raise Http404
    revoke_link(link)
    notify(request, gettext("The link is closed. What came by it is kept."))
    return redirect("academy:tool", link.tool_id)


def _tool_page(request: HttpRequest, path: Path, found: Tool, *, status: int, **forms: Any) -> HttpResponse:
    values = shell(
        path,
        "tools",
        tool=found,
        usability=pages.usability_of(found),
        trial=trial_words(found),
        feedback=list(found.feedback.all()),
        links=list(open_links().filter(tool=found).order_by("-id")),
        **forms,
    )
    return render(request, "academy/tool.html", values, status=status)


def _tool_of(path: Path, tool_id: int) -> Tool:
    found = path.tools.select_related("path__person").filter(pk=tool_id).first()
    if found is None:
        raise Http404
    return found


def _cell_forms(path: Path, found: Tool, data: Any) -> list[CellForm]:
    there = {cell.criterion_id: cell for cell in found.cells.all()}
    return [
        CellForm(
            data,
            prefix=f"cell{criterion.pk}",
            instance=there.get(criterion.pk) or Cell(tool=found, criterion=criterion),
        )
        for criterion in path.criteria.all()
    ]


def _verdict_forms(path: Path, found: Tool, data: Any) -> list[VerdictForm]:
    there = {verdict.gate_id: verdict for verdict in found.verdicts.all()}
    return [
        VerdictForm(
            data, prefix=f"gate{gate.pk}", instance=there.get(gate.pk) or Verdict(tool=found, gate=gate)
        )
        for gate in path.gates.all()
    ]
