"""Deciding about suggestions, and the log of what was decided."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tesselle.adapt import pages, services
from tesselle.adapt.models import Decision, Suggestion
from tesselle.domain.errors import RuleError
from tesselle.web.htmx import go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    return render(
        request,
        "adapt/decisions.html",
        {
            "suggestions": pages.open_suggestions(member.workspace),
            "decisions": pages.decisions(member.workspace),
            "may_plan": may(member, Right.PLAN),
        },
    )


def _suggestion(member: Member, suggestion_id: int) -> Suggestion:
    return get_object_or_404(Suggestion, pk=suggestion_id, workspace=member.workspace)


@require_POST
def accept(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    try:
        decision = services.accept(_suggestion(member, suggestion_id), by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        sentence = _("Done, and written down as a decision. What is planned already stays as it is.")
        notify(request, sentence, undo_url=reverse("adapt:undo", args=[decision.pk]))
    return go_to(request, reverse("adapt:decisions"))


@require_POST
def dismiss(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    services.dismiss(_suggestion(member, suggestion_id), by=member.user)
    notify(request, _("The suggestion is put away. Nothing was changed."))
    return go_to(request, reverse("adapt:decisions"))


@require_POST
def undo(request: HttpRequest, decision_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    decision = get_object_or_404(Decision, pk=decision_id, workspace=member.workspace)
    services.undo(decision, by=member.user)
    notify(request, _("Undone: posting times, shares and rhythms are as they were."))
    return go_to(request, reverse("adapt:decisions"))
