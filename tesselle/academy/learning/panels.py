"""What pages show of learning: the “?” that opens the help at the paragraph of that page, and the way back to a
chapter whose task is being done."""

from django.http import HttpRequest

from tesselle.academy.catalogue.help import help_for
from tesselle.academy.catalogue.lessons import chapters
from tesselle.academy.models import ChapterProgress
from tesselle.academy.testing.panels import project_bar
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member


def page_help(request: HttpRequest) -> Content | None:
    match = request.resolver_match
    if match is None or getattr(request, "member", None) is None:
        return None
    key = help_for(match.view_name)
    return Content("academy/_page_help.html", {"key": key}) if key else None


def chapter_bar(request: HttpRequest) -> Content | None:
    """In a practice workspace, until the task is found done; a project that is played there goes first."""
    member: Member | None = getattr(request, "member", None)
    match = request.resolver_match
    if member is None or not member.workspace.is_practice or match is None or match.app_name == "academy":
        return None
    begun = ChapterProgress.objects.filter(path__person=member.user_id, done_at=None)
    slug = begun.order_by("-begun_at").values_list("slug", flat=True).first()
    chapter = next((one for one in chapters() if one.slug == slug), None)
    if chapter is None or project_bar(request) is not None:
        return None
    return Content("academy/_chapter_bar.html", {"chapter": chapter})
