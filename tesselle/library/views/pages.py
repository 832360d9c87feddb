"""The media page: everything that was uploaded, and one page for each."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.library import selectors
from tesselle.library.access import album_for, asset_for
from tesselle.library.chosen import makers
from tesselle.library.consent_forms import PeopleForm
from tesselle.library.consent_pages import people_note
from tesselle.library.forms import ChosenForm, DescribeForm
from tesselle.library.models import Asset
from tesselle.library.narrowing import NarrowForm, Wanted, narrowed
from tesselle.library.pages import asset_page, tile
from tesselle.library.services.changing import bring_back, delete, describe, try_again
from tesselle.library.uploads import taken_in
from tesselle.web.htmx import UNPROCESSABLE, go_to, show
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

PER_PAGE = 60


@require_GET
def media(request: HttpRequest) -> HttpResponse:
    return grid(request, member_of(request))


def grid(request: HttpRequest, member: Member, errors: tuple[str, ...] = ()) -> HttpResponse:
    """What the address asks for. `errors`: of what was tried just now."""
    albums = list(selectors.albums(member.workspace))
    form = NarrowForm(request.GET, albums, selectors.tags(member.workspace))
    wanted = form.wanted()
    page = Paginator(narrowed(member.workspace, wanted, member.workspace.today()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    album = next((one for one in albums if str(one.pk) == wanted.album), None)
    context = {
        "page": page,
        "tiles": [tile(asset) for asset in page.object_list],
        "may_write": may(member, Right.WRITE),
        "errors": errors,
        "narrow": form,
        "is_narrowed": wanted != Wanted(),
        "is_chosen": wanted != Wanted(words=wanted.words, album=wanted.album),
        "album": album,
        "has_albums": bool(albums),
        "makers": makers(),
        "chosen_form": ChosenForm(None, albums, member.workspace),
        "address": request.GET.urlencode(),
    }
    status = UNPROCESSABLE if errors else 200
    return show(request, "library/media.html", "library/_grid.html", context, status=status)


@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """From a plain form: the page again. From our script, one file at a time: its tile, or a sentence."""
    member = member_of(request, Right.WRITE)
    album = request.GET.get("album", "")
    into = album_for(member, int(album)) if album.isdecimal() else None
    assets, refusals = taken_in(request, member, into)
    sentences = tuple(say(refusal.message) for refusal in refusals)
    if request.headers.get("X-Upload") == "one":
        return _one(request, assets, sentences)
    if sentences:
        return grid(request, member, sentences)
    return go_to(request, f"{reverse('library:media')}?album={into.pk}" if into else reverse("library:media"))


def _one(request: HttpRequest, assets: list[Asset], sentences: tuple[str, ...]) -> HttpResponse:
    if not assets:
        text = " ".join(sentences) or _("No file arrived. Choose one and try again.")
        return HttpResponse(text, status=UNPROCESSABLE, content_type="text/plain; charset=utf-8")
    context = {"tile": tile(assets[0]), "may_write": True}
    response = render(request, "library/_tile.html", context)
    response.headers["X-Asset"] = str(assets[0].pk)
    return response


@require_http_methods(["GET", "POST"])
def asset(request: HttpRequest, asset_id: int) -> HttpResponse:
    writing = request.method == "POST"
    member = member_of(request, Right.WRITE if writing else Right.READ)
    found = asset_for(member, asset_id)
    form = DescribeForm.of(found, request.POST if writing else None)
    if writing and form.is_valid():
        describe(found, form.said, by=member.user)
        notify(request, _("Saved."))
        return go_to(request, reverse("library:media_asset", args=[found.pk]))
    return _asset(request, member, found, form)


def _asset(
    request: HttpRequest, member: Member, found: Asset, form: DescribeForm, error: str = ""
) -> HttpResponse:
    people = people_note(found, member.workspace.today())
    chosen = found.consents.values_list("consent_id", flat=True)
    context = {
        "page": asset_page(found),
        "form": form,
        "may_write": may(member, Right.WRITE),
        "error": error,
        "people": people,
        "people_form": PeopleForm(None, member.workspace, recognisable=found.recognisable, chosen=chosen),
    }
    status = UNPROCESSABLE if form.errors or error else 200
    return render(request, "library/asset.html", context, status=status)


@require_POST
def throw_away(request: HttpRequest, asset_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    found = asset_for(member, asset_id)
    try:
        delete(found, by=member.user)
    except RuleError as refused:
        return _asset(request, member, found, DescribeForm.of(found, None), say(refused.message))
    undo = reverse("library:restore", args=[found.pk])
    notify(request, _("“%(name)s” was deleted.") % {"name": found.original_name}, undo_url=undo)
    return go_to(request, reverse("library:media"))


@require_POST
def restore(request: HttpRequest, asset_id: int) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    found = asset_for(member, asset_id)
    bring_back(found, by=member.user)
    notify(request, _("“%(name)s” is back.") % {"name": found.original_name})
    return go_to(request, reverse("library:media"))


@require_POST
def again(request: HttpRequest, asset_id: int) -> HttpResponse:
    """A film that could not be made is asked for once more."""
    member = member_of(request, Right.WRITE)
    found = asset_for(member, asset_id)
    try_again(found, by=member.user)
    return go_to(request, reverse("library:media_asset", args=[found.pk]))


@require_GET
def state(request: HttpRequest, asset_id: int) -> HttpResponse:
    """How far a film is: asked for again and again by what shows it. `?alone`: by its own page, which gets
    the film itself when it is there."""
    member = member_of(request)
    found = asset_for(member, asset_id)
    context = {"tile": tile(found), "fresh": True, "may_write": may(member, Right.WRITE)}
    if "alone" in request.GET:
        context |= {"alone": True, "page": asset_page(found)}
    return render(request, "library/_state.html", context)
