"""Bringing a network's export: look at each row first, then import it; undo it. Typing figures in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.brought import keeping, looking, typing
from tesselle.measure.brought.forms import FileForm, ReadingForm, TypedForm
from tesselle.measure.brought.looking import Look
from tesselle.measure.brought.pages import bring_page, look_page
from tesselle.measure.models import FigureImport
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _set_aside(request, member_of(request, Right.PLAN))
    member = member_of(request)
    form = FileForm(workspace=member.workspace) if may(member, Right.PLAN) else None
    return render(request, "measure/import.html", {"page": bring_page(member.workspace, form)})


def _set_aside(request: HttpRequest, member: Member) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, workspace=member.workspace)
    if form.is_valid():
        file = form.cleaned_data["table"]
        data = file.read(looking.BOUNDS.size_bytes + 1)
        try:
            source = looking.set_aside(form.cleaned_data["channel"], file.name, data, by=member.user)
            return go_to(request, reverse("measure:look", args=[source.pk]))
        except RuleError as refused:
            form.add_error("table", say(refused.message))
    context = {"page": bring_page(member.workspace, form)}
    return render(request, "measure/import.html", context, status=UNPROCESSABLE)


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, import_id: int) -> HttpResponse:
    """Each row with what it means; a POST reads the columns otherwise. Imports nothing."""
    member = member_of(request, Right.PLAN)
    seen = looking.look_at(_source(member, import_id))
    form = _form(seen, request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not form.is_valid():
            return _show(request, seen, form, status=UNPROCESSABLE)
        _choose(seen, form)
    return _show(request, seen, form)


@require_POST
def keep(request: HttpRequest, import_id: int) -> HttpResponse:
    """The rows that were looked at. With bad ones among them only if told to leave those out."""
    member = member_of(request, Right.PLAN)
    source = _source(member, import_id)
    seen = looking.look_at(source)
    form = _form(seen, request.POST)
    if not form.is_valid():
        return _show(request, seen, form, status=UNPROCESSABLE)
    _choose(seen, form)
    rows = seen.rows()
    good = [row for row in rows if row.is_good]
    if not good or (len(good) < len(rows) and "leave_out" not in request.POST):
        said = _("Nothing was imported: some rows have problems. Mend them, or tick that they are left out.")
        return _show(request, seen, form, error=said, status=UNPROCESSABLE)
    at = looking.reading_of(source, {}).read_at
    try:
        told = keeping.keep(source, good, at, left_out=len(rows) - len(good), by=member.user)
    except RuleError as refused:
        return _show(request, seen, form, error=say(refused.message), status=UNPROCESSABLE)
    notify(
        request,
        _("Imported: %(known)s of your posts, %(elsewhere)s made elsewhere.")
        % {"known": told.known, "elsewhere": told.elsewhere},
        undo_url=reverse("measure:undo_import", args=[source.pk]),
    )
    return go_to(request, reverse("measure:import"))


@require_POST
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    member = member_of(request, Right.PLAN)
    source = get_object_or_404(FigureImport.objects.defer("table"), pk=import_id, workspace=member.workspace)
    try:
        keeping.undo(source, by=member.user)
        notify(request, _("Undone: its figures are gone, everything else stays."))
    except RuleError as refused:
        notify(request, say(refused.message), level=messages.WARNING)
    return go_to(request, reverse("measure:import"))


@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One post's figures on one channel, typed from wherever they can be seen."""
    member = member_of(request, Right.WRITE)
    delivery = get_object_or_404(
        Delivery.objects.select_related("channel", "post"),
        pk=delivery_id,
        workspace=member.workspace,
        purpose=Purpose.POST,
        live_at__isnull=False,
    )
    form = typing.form_for(delivery, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        source = typing.keep_typed(delivery, form.cleaned_data["as_of"], form.figures, by=member.user)
        undo_url = reverse("measure:undo_import", args=[source.pk]) if may(member, Right.PLAN) else ""
        notify(request, _("Noted."), undo_url=undo_url)
        return go_to(request, reverse("publish:delivery", args=[delivery.pk]))
    return _type_page(request, delivery, form)


def _type_page(request: HttpRequest, delivery: Delivery, form: TypedForm) -> HttpResponse:
    title = delivery.post.name if delivery.post is not None else ""
    context = {"delivery": delivery, "form": form, "title": title, "channel": delivery.channel}
    return render(request, "measure/type.html", context, status=UNPROCESSABLE if form.errors else 200)


def _source(member: Member, import_id: int) -> FigureImport:
    found = get_object_or_404(
        FigureImport.objects.select_related("channel__workspace", "workspace"),
        pk=import_id,
        workspace=member.workspace,
    )
    if found.state != FigureImport.State.LOOKED_AT or not found.table:
        raise Http404
    return found


def _form(seen: Look, data: Any) -> ReadingForm:
    source = seen.source
    initial = {
        "as_of": source.as_of,
        "order": source.order,
        "zone": source.zone,
        **{f"column_{name}": str(place) for name, place in source.columns.items()},
    }
    return ReadingForm(data, headings=seen.headings, workspace=source.workspace, initial=initial)


def _choose(seen: Look, form: ReadingForm) -> None:
    values = form.cleaned_data
    chosen = {name: values[name] for name in ("order", "zone", "as_of")}
    looking.read_so(seen, {"columns": form.columns, **chosen})


def _show(
    request: HttpRequest, seen: Look, form: ReadingForm, *, error: str = "", status: int = 200
) -> HttpResponse:
    page = look_page(seen, form, seen.rows(), error)
    return render(request, "measure/look.html", {"page": page}, status=status)
