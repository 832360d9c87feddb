"""Pages below Strategy: readers, rhythm, line and charter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.channels.selectors import channels_of
from tesselle.strategy import voice_services as services
from tesselle.strategy.models import EditorialLine, Persona
from tesselle.strategy.voice_forms import CadenceForm, LineForm, PersonaForm
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def personas(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN) if request.method == "POST" else member_of(request)
    data = request.POST if request.method == "POST" else None
    form = PersonaForm(data, instance=Persona(workspace=member.workspace))
    if data is not None and form.is_valid():
        services.keep_persona(form.instance, by=member.user)
        notify(request, _("Added: %(name)s.") % {"name": form.instance})
        return go_to(request, reverse("strategy:personas"))
    found = Persona.objects.filter(workspace=member.workspace, retired_at=None)
    context = {"personas": found, "form": form, "may_write": may(member, Right.PLAN)}
    return render(request, "strategy/personas.html", context, status=_status(form))


def _status(form: PersonaForm | LineForm | CadenceForm) -> int:
    return UNPROCESSABLE if form.is_bound and form.errors else 200


def _persona(member: Member, persona_id: int) -> Persona:
    return get_object_or_404(Persona, pk=persona_id, workspace=member.workspace)


@require_http_methods(["GET", "POST"])
def persona(request: HttpRequest, persona_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    form = PersonaForm(
        request.POST if request.method == "POST" else None, instance=_persona(member, persona_id)
    )
    if form.is_bound and form.is_valid():
        services.keep_persona(form.instance, by=member.user)
        notify(request, _("Saved."))
        return go_to(request, reverse("strategy:personas"))
    return render(request, "strategy/persona.html", {"form": form}, status=_status(form))


@require_POST
def retire_persona(request: HttpRequest, persona_id: int) -> HttpResponse:
    """Put away; with `back` in the address, brought again."""
    member = member_of(request, Right.PLAN)
    found, back = _persona(member, persona_id), "back" in request.GET
    services.retire_persona(found, by=member.user, back=back)
    undo = f"{reverse('strategy:retire_persona', args=[found.pk])}?back"
    if back:
        notify(request, _("%(name)s is back.") % {"name": found})
    else:
        notify(request, _("%(name)s is put away.") % {"name": found}, undo_url=undo)
    return go_to(request, reverse("strategy:personas"))


@require_http_methods(["GET", "POST"])
def cadence(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN) if request.method == "POST" else member_of(request)
    form = CadenceForm(channels_of(member.workspace), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        services.keep_cadences(member.workspace, form.wanted, by=member.user)
        notify(request, _("Saved. The calendar now compares with it."))
        return go_to(request, reverse("strategy:cadence"))
    context = {"form": form, "may_write": may(member, Right.PLAN)}
    return render(request, "strategy/cadence.html", context, status=_status(form))


@require_http_methods(["GET", "POST"])
def line(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.PLAN) if request.method == "POST" else member_of(request)
    known = EditorialLine.objects.filter(workspace=member.workspace).first()
    own = known or EditorialLine(workspace=member.workspace)
    form = LineForm(request.POST if request.method == "POST" else None, instance=own)
    if form.is_bound and form.is_valid():
        services.keep_line(form.instance, by=member.user)
        notify(request, _("Saved."))
        return go_to(request, reverse("strategy:line"))
    context = {"form": form, "line": own, "may_write": may(member, Right.PLAN)}
    return render(request, "strategy/line.html", context, status=_status(form))
