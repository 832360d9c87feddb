"""The page of pillars, campaigns and objectives."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.strategy import pages, selectors, services, smart
from tesselle.strategy.access import aimed_of
from tesselle.strategy.aim_forms import form_for
from tesselle.strategy.forms import AimForm
from tesselle.strategy.models import KINDS, Aimed, Beginning, Objective
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_GET
def strategy(request: HttpRequest) -> HttpResponse:
    return _page(request, member_of(request))


def _page(request: HttpRequest, member: Member, invalid: dict[str, AimForm] | None = None) -> HttpResponse:
    workspace = member.workspace
    new = {
        kind: form_for(kind, model(workspace=workspace))
        for kind, model in KINDS.items()
        if kind != "objective"
    }
    pillars = selectors.pillars(workspace)
    context: dict[str, Any] = {
        "pillars": pillars,
        "mix_note": pages.mix_note(pillars),
        "campaigns": selectors.campaigns(workspace),
        "objectives": [pages.shown(one) for one in selectors.objectives(workspace)],
        "beginning": Beginning.objects.filter(workspace=workspace).first(),
        "today": workspace.now().astimezone(workspace.tz).date(),
        "forms": {**new, **(invalid or {})},
        "opened": next(iter(invalid), "") if invalid else "",
        "may_write": may(member, Right.PLAN),
    }
    return render(request, "strategy/strategy.html", context, status=UNPROCESSABLE if invalid else 200)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """An objective has a page of its own; the others are added where they are listed."""
    member = member_of(request, Right.PLAN)
    if kind not in KINDS:
        raise Http404
    form = form_for(
        kind, KINDS[kind](workspace=member.workspace), request.POST if request.method == "POST" else None
    )
    if form.is_bound and form.is_valid():
        services.keep(form.instance, by=member.user)
        _tell_kept(request, form.instance, _("Added: %(name)s.") % {"name": form.instance})
        return go_to(request, f"{reverse('strategy:strategy')}#{kind}s")
    if kind == "objective":
        return _change_page(request, form, None, kind)
    return _page(request, member, {kind: form} if form.is_bound else None)


def _tell_kept(request: HttpRequest, aimed: Aimed, sentence: str) -> None:
    """With what an objective still lacks: one thing at a time, the first letter first."""
    missing = smart.missing(aimed) if isinstance(aimed, Objective) else []
    if missing:
        sentence = f"{sentence} {_('Still missing:')} {missing[0].name}. {missing[0].cure}"
    notify(request, sentence)


def _change_page(request: HttpRequest, form: AimForm, aimed: Aimed | None, kind: str) -> HttpResponse:
    template = "strategy/objective.html" if kind == "objective" else "strategy/change.html"
    context = {"form": form, "aimed": aimed, "kind": kind}
    return render(request, template, context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, kind: str, aimed_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    aimed = aimed_of(member, kind, aimed_id)
    form = form_for(kind, aimed, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        services.keep(aimed, by=member.user)
        _tell_kept(request, aimed, _("Saved."))
        return go_to(request, f"{reverse('strategy:strategy')}#{kind}s")
    return _change_page(request, form, aimed, kind)


@require_POST
def retire(request: HttpRequest, kind: str, aimed_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    aimed = aimed_of(member, kind, aimed_id)
    services.retire(aimed, by=member.user)
    undo = reverse("strategy:restore", args=[kind, aimed.pk])
    notify(
        request,
        _("%(name)s is offered no more. Posts that have it keep it.") % {"name": aimed},
        undo_url=undo,
    )
    return go_to(request, reverse("strategy:strategy"))


@require_POST
def restore(request: HttpRequest, kind: str, aimed_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    aimed = aimed_of(member, kind, aimed_id)
    try:
        services.bring_back(aimed, by=member.user)
        notify(request, _("%(name)s is back.") % {"name": aimed})
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
    return go_to(request, reverse("strategy:strategy"))
