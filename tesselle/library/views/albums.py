"""Albums, and what is done with several pictures at once."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.library import selectors
from tesselle.library.access import album_for, assets_for
from tesselle.library.chosen import page_of
from tesselle.library.forms import AlbumForm, ChosenForm
from tesselle.library.models import Asset
from tesselle.library.pages import album_card
from tesselle.library.services.albums import add_tags, close_album, open_album, put_into, rename_album
from tesselle.library.services.consenting import add_to
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of


@require_http_methods(["GET", "POST"])
def albums(request: HttpRequest) -> HttpResponse:
    """All of them; posting a name opens another, and leads into it."""
    writing = request.method == "POST"
    member = member_of(request, Right.WRITE if writing else Right.READ)
    form = AlbumForm(request.POST if writing else None)
    if writing and form.is_valid():
        try:
            opened = open_album(member.workspace, form.cleaned_data["name"], by=member.user)
        except RuleError as refused:
            form.add_error("name", say(refused.message))
        else:
            return go_to(request, f"{reverse('library:media')}?album={opened.pk}")
    context = {
        "cards": [album_card(row) for row in selectors.album_rows(member.workspace)],
        "form": form,
        "may_write": may(member, Right.WRITE),
    }
    return render(request, "library/albums.html", context, status=UNPROCESSABLE if form.errors else 200)


@require_http_methods(["GET", "POST"])
def album(request: HttpRequest, album_id: int) -> HttpResponse:
    """Its name, and the way out."""
    member = member_of(request, Right.WRITE)
    found = album_for(member, album_id)
    form = AlbumForm(request.POST if request.method == "POST" else None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            rename_album(found, form.cleaned_data["name"], by=member.user)
        except RuleError as refused:
            form.add_error("name", say(refused.message))
        else:
            notify(request, _("Saved."))
            return go_to(request, f"{reverse('library:media')}?album={found.pk}")
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "library/album.html", {"album": found, "form": form}, status=status)


@require_POST
def close(request: HttpRequest, album_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    found = album_for(member, album_id)
    close_album(found, by=member.user)
    notify(request, _("The album “%(name)s” is gone; its pictures stay.") % {"name": found.name})
    return go_to(request, reverse("library:albums"))


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """For those that are ticked; back to where they were chosen."""
    member = member_of(request, Right.WRITE)
    here = QueryDict(request.POST.get("address", "")).urlencode()
    back = reverse("library:media") + (f"?{here}" if here else "")
    assets = assets_for(member, (int(one) for one in request.POST.getlist("asset") if one.isdecimal()))
    if page := page_of(request.POST.get("make", ""), _as_ticked(request, assets)):
        return go_to(request, page)
    form = ChosenForm(request.POST, selectors.albums(member.workspace), member.workspace)
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        notify(request, sentence, level=messages.ERROR)
        return go_to(request, back)
    album_id, tags, consent = (form.cleaned_data[name] for name in ("album", "tags", "consent"))
    if not assets or not (album_id or tags or consent):
        sentence = _("Nothing was chosen. Tick pictures, and say what is to be noted of them.")
        notify(request, sentence, level=messages.WARNING)
        return go_to(request, back)
    if album_id:
        album = None if album_id == "none" else album_for(member, int(album_id))
        put_into(album, assets, by=member.user)
    if tags:
        add_tags(tags, assets, by=member.user)
    if consent:
        add_to(consent, assets, by=member.user)
    done = ngettext("%(count)s picture changed.", "%(count)s pictures changed.", len(assets))
    notify(request, done % {"count": len(assets)})
    return go_to(request, back)


def _as_ticked(request: HttpRequest, assets: Sequence[Asset]) -> list[Asset]:
    """As they stand on the page."""
    places = {one: place for place, one in enumerate(request.POST.getlist("asset"))}
    return sorted(assets, key=lambda asset: places.get(str(asset.pk), 0))
