"""The page of peers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.measure.boards.peers import (
    PeerFigureForm,
    PeerForm,
    add_peer,
    note_figures,
    peers_page,
    remove_peer,
)
from tesselle.measure.models import Peer
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def peers(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        member = member_of(request)
        form = PeerForm(workspace=member.workspace) if may(member, Right.WRITE) else None
        return _show(request, member, form)
    member = member_of(request, Right.WRITE)
    form = PeerForm(request.POST, workspace=member.workspace)
    if form.is_valid():
        try:
            add_peer(member.workspace, form.cleaned_data, by=member.user)
            notify(request, _("Added: %(name)s.") % {"name": form.cleaned_data["name"]})
            return go_to(request, reverse("measure:peers"))
        except RuleError as refused:
            form.add_error(None, say(refused.message))
    return _show(request, member, form, UNPROCESSABLE)


@require_POST
def note(request: HttpRequest, peer_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    peer = get_object_or_404(Peer.objects.select_related("workspace"), pk=peer_id, workspace=member.workspace)
    form = PeerFigureForm(request.POST)
    if form.is_valid():
        note_figures(peer, form.cleaned_data, by=member.user)
        notify(request, _("Noted."))
        return go_to(request, reverse("measure:peers"))
    page = peers_page(member.workspace, PeerForm(workspace=member.workspace), form)
    return render(request, "measure/peers.html", {"page": page}, status=UNPROCESSABLE)


@require_POST
def remove(request: HttpRequest, peer_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    remove_peer(get_object_or_404(Peer, pk=peer_id, workspace=member.workspace), by=member.user)
    notify(request, _("The entry is removed."))
    return go_to(request, reverse("measure:peers"))


def _show(request: HttpRequest, member: Member, form: PeerForm | None, status: int = 200) -> HttpResponse:
    note_form = PeerFigureForm(auto_id=False) if may(member, Right.WRITE) else None
    page = peers_page(member.workspace, form, note_form)
    return render(request, "measure/peers.html", {"page": page}, status=status)
