"""The page of connected statistics."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import Message
from tesselle.measure.models import VisitSource
from tesselle.measure.site import connecting
from tesselle.measure.site.forms import SourceForm
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@dataclass(frozen=True, slots=True)
class SourceLine:
    id: int
    name: str
    server: str
    read_at: datetime | None
    read_until: date | None
    next_at: datetime | None
    problem: str
    is_connected: bool


@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    if request.method != "POST":
        return _show(request, member, SourceForm(initial={"kind": VisitSource.Kind.PLAUSIBLE}))
    form = SourceForm(request.POST)
    if form.is_valid():
        try:
            connecting.connect(member.workspace, **form.cleaned_data, by=member.user)
            notify(request, _("Connected: the visits of the last 90 days are being read."))
            return go_to(request, reverse("measure:visit_sources"))
        except RuleError as refused:
            form.add_error(None, say(refused.message))
    return _show(request, member, form, UNPROCESSABLE)


@require_POST
def let_go(request: HttpRequest, source_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    connecting.let_go(_of(member, source_id), by=member.user)
    notify(request, _("It is no longer read. What was read stays."))
    return go_to(request, reverse("measure:visit_sources"))


@require_POST
def read_again(request: HttpRequest, source_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    connecting.read_again(_of(member, source_id))
    notify(request, _("It is read within a minute."))
    return go_to(request, reverse("measure:visit_sources"))


def _of(member: Member, source_id: int) -> VisitSource:
    return get_object_or_404(
        VisitSource.objects.select_related("workspace"), pk=source_id, workspace=member.workspace
    )


def _show(request: HttpRequest, member: Member, form: SourceForm, status: int = 200) -> HttpResponse:
    rows = VisitSource.objects.filter(workspace=member.workspace).order_by("kind", "site")
    context = {
        "form": None if member.workspace.is_practice else form,
        "practice": say(Message(connecting.PRACTICE)),
        "lines": [_line(one) for one in rows],
    }
    return render(request, "measure/visit_sources.html", context, status=status)


def _line(source: VisitSource) -> SourceLine:
    problem = Message(source.problem["sentence"], source.problem["params"]) if source.problem else None
    return SourceLine(
        id=source.pk,
        name=str(source),
        server=source.server,
        read_at=source.read_at,
        read_until=source.read_until,
        next_at=source.next_at,
        problem=say(problem) if problem is not None else "",
        is_connected=bool(source.sealed_token),
    )
