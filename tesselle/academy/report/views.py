"""The report: read, written, taken along; and what came of the objectives."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from tesselle.academy.access import on_own_path
from tesselle.academy.models import Path
from tesselle.academy.parts import parts
from tesselle.academy.report.document import report_document
from tesselle.academy.report.forms import ObjectiveResults, SectionForm, SkillResults
from tesselle.academy.report.writing import report_of, write_section
from tesselle.academy.rows import are_valid
from tesselle.documents.formats import MIMES, ending_of
from tesselle.domain.errors import RuleError
from tesselle.web.documents import download
from tesselle.web.sentences import say
from tesselle.web.toasts import notify


@require_GET
@on_own_path
def page(request: HttpRequest, path: Path) -> HttpResponse:
    values = {"path": path, "parts": parts("report"), "sections": report_of(path), "endings": list(MIMES)}
    return render(request, "academy/report.html", values)


@require_http_methods(["GET", "POST"])
@on_own_path
def section(request: HttpRequest, path: Path, section_key: str) -> HttpResponse:
    found = next((one for one in report_of(path) if one.draft.key == section_key), None)
    if found is None:
        raise Http404
    form = SectionForm(request.POST or None, section=found)
    if request.method == "POST" and form.is_valid():
        write_section(path, found.draft, own_words=form.cleaned_data["own_words"], texts=form.texts())
        notify(request, gettext("The section is saved."))
        return redirect("academy:report")
    values = {"path": path, "parts": parts("report"), "section": found, "form": form}
    return render(request, "academy/section.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@on_own_path
def results(request: HttpRequest, path: Path) -> HttpResponse:
    data = request.POST or None
    objectives = ObjectiveResults(data, instance=path, prefix="objectives")
    skills = SkillResults(data, instance=path, prefix="skills")
    if request.method == "POST" and are_valid(objectives, skills):
        objectives.save()
        skills.save()
        notify(request, gettext("What was reached is saved."))
        return redirect("academy:report")
    values = {"path": path, "parts": parts("report"), "objectives": objectives, "skills": skills}
    return render(request, "academy/results.html", values, status=422 if data else 200)


@require_GET
@on_own_path
def document(request: HttpRequest, path: Path, ending: str) -> HttpResponse:
    known = ending_of(ending)
    if known is None:
        raise Http404
    try:
        return download(report_document(path), known)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("academy:report")
