"""All places where somebody waits for an answer, the longest wait first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tesselle.engage.needs import needs_of
from tesselle.engage.selectors import waiting_conversations
from tesselle.workspaces.access import Right, member_of

PER_PAGE = 20


@require_GET
def waiting(request: HttpRequest) -> HttpResponse:
    """For whoever may answer: the others are asked nothing."""
    member = member_of(request, Right.ANSWER)
    found = Paginator(waiting_conversations(member.workspace), PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    needs = needs_of(page.object_list, member.workspace, back="waiting")
    return render(request, "engage/waiting.html", {"page": page, "needs": needs})
