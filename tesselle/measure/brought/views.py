"""Bringing a network's export: look at each row first, then import it; undo it. Typing figures in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.channels.models import Channel
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.brought import keeping, looking, typing
from tesselle.measure.brought.forms import FileForm, ReadingForm, TypedForm, VisitReadingForm
from tesselle.measure.brought.looking import Look
from tesselle.measure.brought.pages import bring_page, look_page, visit_look_page
from tesselle.measure.models import FigureImport
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member, User


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _set_aside(request, member_of(request, Right.PLAN))
    member = member_of(request)
    form = _file_form(request, member) if may(member, Right.PLAN) else None
    return render(request, "measure/import.html", {"page": bring_page(member.workspace, form)})


def _file_form(request: HttpRequest, member: Member) -> FileForm:
    """The first channel, unless visits are asked for."""
    form = FileForm(workspace=member.workspace)
    if "visits" not in request.GET:
        form.initial["channel"] = Channel.objects.filter(workspace=member.workspace, removed_at=None).first()
    return form


def _set_aside(request: HttpRequest, member: Member) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, workspace=member.workspace)
    if form.is_valid():
        file = form.cleaned_data["table"]
        data = file.read(looking.BOUNDS.size_bytes + 1)
        try:
            channel = form.cleaned_data["channel"]
            source = looking.set_aside(member.workspace, channel, file.name, data, by=member.user)
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
    leave_out = "leave_out" in request.POST
    try:
        is_of_visits = source.channel_id is None
        said = (_keep_visits if is_of_visits else _keep_posts)(seen, leave_out=leave_out, by=member.user)
    except RuleError as refused:
        return _show(request, seen, form, error=say(refused.message), status=UNPROCESSABLE)
    notify(request, said, undo_url=reverse("measure:undo_import", args=[source.pk]))
    return go_to(request, reverse("links:links" if is_of_visits else "measure:import"))


def _keep_posts(seen: Look, *, leave_out: bool, by: User) -> str:
    rows = seen.rows()
    good = [row for row in rows if row.is_good]
    _refuse_bad(len(rows), len(good), leave_out=leave_out)
    at = looking.reading_of(seen.source, {}).read_at
    told = keeping.keep(seen.source, good, at, left_out=len(rows) - len(good), by=by)
    return _("Imported: %(known)s of your posts, %(elsewhere)s made elsewhere.") % {
        "known": told.known,
        "elsewhere": told.elsewhere,
    }


def _keep_visits(seen: Look, *, leave_out: bool, by: User) -> str:
    rows = seen.visits()
    good = [row for row in rows if row.is_good]
    _refuse_bad(len(rows), len(good), leave_out=leave_out)
    told = keeping.keep_visits(seen.source, good, left_out=len(rows) - len(good), by=by)
    return _("Imported: visits of %(days)s days, %(visits)s in all.") % told


def _refuse_bad(rows: int, good: int, *, leave_out: bool) -> None:
    """Raises RuleError: there are none, or some have problems and nobody said that they are left out."""
    if not rows:
        raise RuleError(_NO_ROWS)
    if not good or (good < rows and not leave_out):
        raise RuleError(_BAD_ROWS)


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


def _form(seen: Look, data: Any) -> ReadingForm | VisitReadingForm:
    source = seen.source
    kind = VisitReadingForm if source.channel_id is None else ReadingForm
    initial = {
        "as_of": source.as_of,
        "order": source.order,
        "zone": source.zone,
        **{f"column_{name}": str(place) for name, place in source.columns.items()},
    }
    return kind(data, headings=seen.headings, workspace=source.workspace, initial=initial)


def _choose(seen: Look, form: ReadingForm | VisitReadingForm) -> None:
    looking.read_so(seen, {"columns": form.columns, **form.chosen})


def _show(
    request: HttpRequest,
    seen: Look,
    form: ReadingForm | VisitReadingForm,
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    if isinstance(form, VisitReadingForm):
        page = visit_look_page(seen, form, seen.visits(), error)
    else:
        page = look_page(seen, form, seen.rows(), error)
    return render(request, "measure/look.html", {"page": page}, status=status)


_NO_ROWS = N_("Nothing was imported: below its heading the file has no row to read. Bring another file.")
_BAD_ROWS = N_("Nothing was imported: some rows have problems. Mend them, or leave them out.")
