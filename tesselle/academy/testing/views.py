"""The guided project: begun, gone through step by step."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import on_own_path
from tesselle.academy.models import GuidedProject, Path, ProjectStep, StepKey
from tesselle.academy.parts import parts
from tesselle.academy.testing import pages, services
from tesselle.academy.testing.asking import address_of, asked_of
from tesselle.academy.testing.figures import ReadPost, read_posts
from tesselle.academy.testing.forms import BeginForm, ReadingForm, StartForm, StepForm
from tesselle.academy.testing.looking import Found, Missed, place_of
from tesselle.academy.testing.questions import drawn
from tesselle.domain.errors import RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import membership_of, person_of
from tesselle.workspaces.middleware import SESSION_KEY


@require_GET
@on_own_path
def project(request: HttpRequest, path: Path) -> HttpResponse:
    return _page(request, path, BeginForm(path=path))


@require_POST
@on_own_path
def begin(request: HttpRequest, path: Path) -> HttpResponse:
    form = BeginForm(request.POST, path=path)
    if not form.is_valid():
        return _page(request, path, form, status=422)
    chosen, phase = form.cleaned_data["scenario"], form.cleaned_data["phase"]
    try:
        if chosen in form.runs:
            services.take_up(path, form.runs[chosen], phase)
        else:
            services.begin_project(path, form.fresh[chosen], phase)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        notify(request, gettext("Your project begins, in a practice workspace of its own."))
    return redirect("academy:project")


@require_GET
@on_own_path
def step(request: HttpRequest, path: Path, step_key: str) -> HttpResponse:
    found, row = _row(path, step_key)
    return _step_page(request, found, row, None)


@require_POST
@on_own_path
def begin_step(request: HttpRequest, path: Path, step_key: str) -> HttpResponse:
    found, row = _row(path, step_key)
    form = StartForm(request.POST)
    activity = gettext("Guided project: %(step)s") % {"step": row.key.label}
    is_timed = form.is_valid() and form.cleaned_data["is_timed"]
    try:
        services.begin_step(found, row.key, activity=activity, is_timed=is_timed)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    return redirect("academy:project_step", row.key.value)


@require_POST
@on_own_path
def go(request: HttpRequest, path: Path, step_key: str) -> HttpResponse:
    """To a page where the step is done, in the workspace of the project; or to a post that is to be read."""
    found, row = _row(path, step_key)
    if found.workspace is None or found.workspace.deleted_at is not None:
        notify(request, gettext("The workspace of this project is gone."), level=messages.WARNING)
        return redirect("academy:project")
    request.session[SESSION_KEY] = membership_of(person_of(request), found.workspace.pk).workspace_id
    posts = {str(one.delivery_id) for one in _posts(row.step)} if row.step is not None else set()
    asked = request.POST.get("delivery", "")
    if asked in posts:
        return redirect("publish:delivery", asked)
    doors = {door.to: door for door in row.known.doors}
    return redirect(address_of(doors.get(request.POST.get("to", ""), row.known.doors[0]), found, row.key))


@require_POST
@on_own_path
def check(request: HttpRequest, path: Path, step_key: str) -> HttpResponse:
    found, row = _row(path, step_key)
    if row.step is None:
        raise Http404
    form = _form(row, request)
    if not form.is_valid():
        return _step_page(request, found, row, form)
    was_done = row.is_done
    looked = services.check_step(
        row.step,
        words=form.cleaned_data.get("words", ""),
        answer=form.answered,
        must_write=bool(str(row.known.asks)),
    )
    if isinstance(looked, Found):
        notify(request, gettext("Your words are saved.") if was_done else gettext("This step is done."))
        return redirect(
            "academy:project_step" if was_done else "academy:project", *([step_key] if was_done else [])
        )
    message = looked.message if isinstance(looked, Missed) else looked
    notify(request, say(message), level=messages.WARNING)
    return redirect("academy:project_step", step_key)


def _row(path: Path, step_key: str) -> tuple[GuidedProject, pages.StepRow]:
    found = pages.project_of(path)
    row = next((row for row in pages.rows_of(found) if row.key == step_key), None) if found else None
    if found is None or row is None:
        raise Http404
    return found, row


def _form(row: pages.StepRow, request: HttpRequest | None = None) -> StepForm:
    assert row.step is not None
    data = request.POST if request is not None else None
    posts = _posts(row.step)
    question = drawn(posts, row.step.missed)
    if question is None:
        return StepForm(data, known=row.known, step=row.step)
    return ReadingForm(data, known=row.known, step=row.step, question=question, posts=posts)


def _posts(step: ProjectStep) -> list[ReadPost]:
    """Those that are to be read in this step."""
    if step.key != StepKey.READ or step.done_at is not None:
        return []
    place = place_of(step)
    return read_posts(place.deliveries) if place is not None else []


def _page(request: HttpRequest, path: Path, form: BeginForm, status: int = 200) -> HttpResponse:
    found = pages.project_of(path)
    rows = pages.rows_of(found) if found is not None else []
    values = {
        "path": path,
        "parts": parts("testing"),
        "project": found,
        "title": pages.scenario_title(found) if found is not None else "",
        "rows": rows,
        "next": pages.next_row(rows),
        "form": form,
    }
    return render(request, "academy/project.html", values, status=status)


def _step_page(
    request: HttpRequest, found: GuidedProject, row: pages.StepRow, form: StepForm | None
) -> HttpResponse:
    values = {
        "path": found.path,
        "parts": parts("testing"),
        "row": row,
        "asked": [] if row.is_done else asked_of(found, row.key),
        "start": StartForm(),
        "form": form or (_form(row) if row.step is not None else None),
    }
    return render(request, "academy/project_step.html", values, status=422 if form and form.errors else 200)
