"""Making something of pictures: chosen in the library, said on a page of its own, kept beside them."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tesselle.domain.errors import RuleError
from tesselle.library.access import asset_for, assets_for
from tesselle.library.maker_forms import CropForm, DocumentForm, MarkForm, PairForm
from tesselle.library.maker_pages import shapes_of
from tesselle.library.models import Asset
from tesselle.library.pages import tile
from tesselle.library.services.branding import brand_of, put_logo_on, take_as_logo
from tesselle.library.services.documents import bind_pictures
from tesselle.library.services.makers import before_and_after, cropped
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "POST"])
def document(request: HttpRequest) -> HttpResponse:
    """Several pictures, each a page."""
    member = member_of(request, Right.WRITE)
    pictures = _chosen(request, member)
    form = DocumentForm(request.POST if request.method == "POST" else None, pictures)
    error = ""
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = bind_pictures(form.in_order, shape=said["shape"], title=said["title"], by=member.user)
        except RuleError as refused:
            error = say(refused.message)
        else:
            return _shown(request, made)
    rows = [(tile(picture), form.page_field(picture)) for picture in pictures]
    context = {"form": form, "rows": rows, "error": error}
    return render(request, "library/document_new.html", context, status=_status(form, error))


@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """Two pictures of one place: before and after."""
    member = member_of(request, Right.WRITE)
    chosen = _chosen(request, member)
    form = PairForm(request.POST if request.method == "POST" else None)
    error = "" if len(chosen) == 2 else _("Choose exactly two pictures: one from before, one from after.")
    if not error and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        before, after = reversed(chosen) if said["swapped"] else chosen
        try:
            made = before_and_after(before, after, how=said["how"], shape=said["shape"], by=member.user)
        except RuleError as refused:
            error = say(refused.message)
        else:
            return _shown(request, made)
    context = {"form": form, "tiles": [tile(one) for one in chosen], "error": error}
    return render(request, "library/pair_new.html", context, status=_status(form, error))


@require_http_methods(["GET", "POST"])
def logo_on(request: HttpRequest, asset_id: int) -> HttpResponse:
    """The workspace's logo on one picture."""
    member = member_of(request, Right.WRITE)
    picture = asset_for(member, asset_id)
    brand = brand_of(member.workspace)
    form = MarkForm.of(brand, request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST" and brand.logo is not None and form.is_valid():
        try:
            made = put_logo_on(picture, brand.logo, form.said, by=member.user)
        except RuleError as refused:
            error = say(refused.message)
        else:
            return _shown(request, made)
    logo = tile(brand.logo) if brand.logo is not None else None
    context = {"form": form, "tile": tile(picture), "logo": logo, "error": error}
    return render(request, "library/logo_on.html", context, status=_status(form, error))


@require_POST
def logo(request: HttpRequest, asset_id: int) -> HttpResponse:
    """This picture is our logo from now on."""
    member = member_of(request, Right.WRITE)
    picture = asset_for(member, asset_id)
    take_as_logo(picture, by=member.user)
    notify(request, _("“%(name)s” is the logo now.") % {"name": picture.original_name})
    return go_to(request, reverse("library:media_asset", args=[picture.pk]))


@require_http_methods(["GET", "POST"])
def crop(request: HttpRequest, asset_id: int) -> HttpResponse:
    """Every shape as it would be cut; one of them is made."""
    member = member_of(request, Right.WRITE)
    picture = asset_for(member, asset_id)
    form = CropForm.of(picture, request.POST if request.method == "POST" else None)
    error = ""
    if request.method == "POST" and form.is_valid() and form.cleaned_data["shape"]:
        shape = form.cleaned_data["shape"]
        try:
            made = cropped(picture, shape=shape, focal=form.focal(picture), by=member.user)
        except RuleError as refused:
            error = say(refused.message)
        else:
            return _shown(request, made)
    context = {
        "form": form,
        "tile": tile(picture),
        "whole": reverse("library:asset", args=[picture.pk]),
        "shapes": shapes_of(picture, form.focal(picture)),
        "error": error,
    }
    return render(request, "library/crop.html", context, status=_status(form, error))


def _status(form: Form, error: str) -> int:
    return UNPROCESSABLE if form.errors or error else 200


def _chosen(request: HttpRequest, member: Member) -> list[Asset]:
    """In the order of the address. Raises Http404: none of them is ours."""
    ids = [int(one) for one in request.GET.getlist("asset") if one.isdecimal() and len(one) < 18]
    found = {asset.pk: asset for asset in assets_for(member, ids)}
    if not found:
        raise Http404
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def _shown(request: HttpRequest, made: Asset) -> HttpResponse:
    """Its page; taking it back is one press."""
    undo = reverse("library:delete", args=[made.pk])
    said = _("“%(name)s” was made.") if made.is_ready else _("“%(name)s” is being made.")
    notify(request, said % {"name": made.original_name}, undo_url=undo)
    return go_to(request, reverse("library:media_asset", args=[made.pk]))
