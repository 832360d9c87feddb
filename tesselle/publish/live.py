"""Who may listen to what changes in a workspace; the stream itself is `web/live`."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from tesselle.web.live.handoff import HEADER
from tesselle.workspaces.access import member_of


@require_GET
def stream(request: HttpRequest) -> HttpResponse:
    """Any member. Without the server that takes over (a test client), an empty page."""
    member = member_of(request)
    return HttpResponse(headers={HEADER: str(member.workspace_id), "Cache-Control": "no-store"})
