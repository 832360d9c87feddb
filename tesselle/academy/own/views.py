"""One's own lessons and results."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.models import Path
from tesselle.academy.own.forms import LessonRows, ResultsForm
from tesselle.academy.own.results import bring_in_results
from tesselle.academy.own.summing import summed
from tesselle.academy.parts import parts
from tesselle.academy.telling import tell
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify


@require_http_methods(["GET", "POST"])
@on_own_path
def lessons(request: HttpRequest, path: Path) -> HttpResponse:
    rows = LessonRows(request.POST or None, instance=path, prefix="lessons")
    if request.method == "POST" and rows.is_valid():
        rows.save()
        tell("path.lessons_kept", path)
        notify(request, gettext("Your own list is saved."))
        return redirect("academy:own_lessons")
    values = {
        "path": path,
        "parts": parts("learning"),
        "rows": rows,
        "form": ResultsForm(),
        "results": summed(path),
        "decision": path.decisions.last(),
    }
    return render(
        request, "academy/own_lessons.html", values, status=422 if request.method == "POST" else 200
    )


@require_POST
@on_own_path
def results(request: HttpRequest, path: Path) -> HttpResponse:
    form = ResultsForm(request.POST, request.FILES)
    if not form.is_valid():
        notify(request, gettext("No file came along. Choose the table, then send it."), level=messages.ERROR)
        return redirect("academy:own_lessons")
    try:
        read = bring_in_results(path, form.cleaned_data["table"].read())
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        count = len(read.rows)
        words = ngettext(
            "%(counted)s row was brought in: %(columns)s.",
            "%(counted)s rows were brought in: %(columns)s.",
            count,
        )
        notify(request, words % {"counted": count, "columns": ", ".join(read.columns)})
    return redirect("academy:own_lessons")
