"""A film's captions: typed or brought, taken away as a file, burnt in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.library.access import asset_for
from tesselle.library.captions import as_srt, as_vtt, read
from tesselle.library.maker_forms import CaptionsForm
from tesselle.library.models import Asset
from tesselle.library.pages import asset_page
from tesselle.library.services.captioning import burn, captions_of, keep_captions
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member

FILES = {"srt": (as_srt, "application/x-subrip"), "vtt": (as_vtt, "text/vtt")}


@require_http_methods(["GET", "POST"])
def captions(request: HttpRequest, asset_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    film = _film_for(member, asset_id)
    writing = request.method == "POST"
    form = CaptionsForm.of(film, request.POST if writing else None, request.FILES if writing else None)
    if writing and form.is_valid():
        try:
            cues = read(form.told, film.seconds)
        except RuleError as refused:
            form.add_error("words", say(refused.message))
        else:
            keep_captions(film, cues, by=member.user)
            notify(request, _("Saved."))
            return go_to(request, reverse("library:captions", args=[film.pk]))
    context = {"form": form, "page": asset_page(film), "count": len(film.captions)}
    return render(request, "library/captions.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_GET
def captions_file(request: HttpRequest, asset_id: int, ending: str) -> HttpResponse:
    """For the player, and for whoever adds it on a network by hand."""
    film = _film_for(member_of(request), asset_id)
    if ending not in FILES or not film.captions:
        raise Http404
    write, mime = FILES[ending]
    answer = HttpResponse(write(captions_of(film)), content_type=f"{mime}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="captions-{film.pk}.{ending}"'
    return answer


@require_POST
def burn_in(request: HttpRequest, asset_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    film = _film_for(member, asset_id)
    try:
        made = burn(film, by=member.user)
    except RuleError as refused:
        form = CaptionsForm.of(film, None, None)
        context = {"form": form, "page": asset_page(film), "count": 0, "error": say(refused.message)}
        return render(request, "library/captions.html", context, status=UNPROCESSABLE)
    undo = reverse("library:delete", args=[made.pk])
    notify(request, _("“%(name)s” is being made.") % {"name": made.original_name}, undo_url=undo)
    return go_to(request, reverse("library:media_asset", args=[made.pk]))


def _film_for(member: Member, asset_id: int) -> Asset:
    """Raises Http404: it is no film of ours."""
    film = asset_for(member, asset_id)
    if film.kind != Asset.Kind.VIDEO:
        raise Http404
    return film
