"""Making something of pictures: chosen in the library, said on a page of its own, kept beside them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tesselle.domain.errors import RuleError
from tesselle.library.access import assets_for
from tesselle.library.maker_forms import DocumentForm
from tesselle.library.models import Asset
from tesselle.library.pages import tile
from tesselle.library.services.documents import bind_pictures
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
    status = UNPROCESSABLE if form.errors or error else 200
    return render(request, "library/document_new.html", context, status=status)


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
    notify(request, _("“%(name)s” was made.") % {"name": made.original_name}, undo_url=undo)
    return go_to(request, reverse("library:media_asset", args=[made.pk]))
