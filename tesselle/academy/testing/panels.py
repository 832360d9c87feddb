"""In the workspace of one's project, every page says which step it is at."""

from django.http import HttpRequest

from tesselle.academy.models import GuidedProject
from tesselle.academy.testing.pages import next_row, rows_of
from tesselle.web.panels import Content
from tesselle.workspaces.models import Member


def project_bar(request: HttpRequest) -> Content | None:
    member: Member | None = getattr(request, "member", None)
    if member is None or not member.workspace.is_practice:
        return None
    project = GuidedProject.objects.filter(workspace=member.workspace_id, path__person=member.user_id).last()
    row = next_row(rows_of(project)) if project is not None else None
    return None if row is None else Content("academy/_project_bar.html", {"row": row})
