"""Chapters, their tasks and questions; the words of the product."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.academy.access import on_own_path, path_of
from tesselle.academy.catalogue.lessons import Chapter, chapters
from tesselle.academy.learning import pages, services
from tesselle.academy.learning.checking import Done, found_words
from tesselle.academy.learning.progress import progress_of
from tesselle.academy.models import ChapterProgress, Path
from tesselle.academy.parts import parts
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import member_of


@require_GET
@on_own_path
def index(request: HttpRequest, path: Path) -> HttpResponse:
    values = {"path": path, "parts": parts("learning"), "progress": progress_of(path)}
    return render(request, "academy/learning.html", values)


@require_GET
@on_own_path
def chapter(request: HttpRequest, path: Path, chapter_slug: str) -> HttpResponse:
    """Reading it begins nothing: that is what the button is for."""
    found = _chapter_called(chapter_slug)
    progress = path.chapters.filter(slug=found.slug).first() or ChapterProgress(path=path, slug=found.slug)
    values = {"path": path, "parts": parts("learning"), "page": pages.chapter_page(path, found, progress)}
    return render(request, "academy/chapter.html", values)


@require_POST
@on_own_path
def begin(request: HttpRequest, path: Path, chapter_slug: str) -> HttpResponse:
    found = _chapter_called(chapter_slug)
    services.begin_chapter(path, found)
    return redirect("academy:chapter", found.slug)


@require_POST
@on_own_path
def check(request: HttpRequest, path: Path, chapter_slug: str) -> HttpResponse:
    found = _chapter_called(chapter_slug)
    progress = path.chapters.select_related("path__person").filter(slug=found.slug).first()
    if progress is None:
        raise Http404
    looked = services.check_task(progress, found)
    if isinstance(looked, Done):
        notify(request, gettext("Found: %(found)s.") % {"found": found_words(chapter_slug, looked.evidence)})
    else:
        notify(request, say(looked), level=messages.WARNING)
    return redirect("academy:chapter", found.slug)


@require_POST
@on_own_path
def answer(request: HttpRequest, path: Path, chapter_slug: str, question: int) -> HttpResponse:
    found = _chapter_called(chapter_slug)
    if question >= len(found.questions):
        raise Http404
    choices = {str(place): place for place in range(len(found.questions[question].choices))}
    choice = choices.get(request.POST.get(f"choice{question}", ""))
    if choice is None:
        notify(request, gettext("Choose one of the answers first."), level=messages.WARNING)
    elif services.answer_question(path, found, question, choice):
        notify(request, gettext("That is right."))
    else:
        notify(
            request, gettext("Not quite: read the explanation below the question."), level=messages.WARNING
        )
    return redirect("academy:chapter", found.slug)


@require_GET
def glossary(request: HttpRequest) -> HttpResponse:
    """For every member, on a path or not."""
    member_of(request)
    words = request.GET.get("q", "")[:100]
    values = {"words": words, "terms": pages.found_terms(words)}
    return render(request, "academy/glossary.html", values)


@require_GET
def page_help(request: HttpRequest) -> HttpResponse:
    """For every member, on a path or not."""
    has_path = path_of(member_of(request)) is not None
    words = request.GET.get("q", "")[:100]
    values = {"words": words, "paragraphs": pages.found_paragraphs(words), "has_path": has_path}
    return render(request, "academy/help.html", values)


def _chapter_called(slug: str) -> Chapter:
    found = next((chapter for chapter in chapters() if chapter.slug == slug), None)
    if found is None:
        raise Http404
    return found
