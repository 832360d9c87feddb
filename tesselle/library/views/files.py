"""Showing kept files to the members of their workspace."""

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from tesselle.library import names, storage
from tesselle.library.access import asset_for
from tesselle.library.models import Asset
from tesselle.library.serving import file_answer
from tesselle.workspaces.access import member_of

_YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def whole(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    asset = asset_for(member_of(request), asset_id)
    return _answer(request, asset, asset.path)


@require_safe
def small(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """At most 640 pixels a side; of a film one picture, or a drawing while it is being prepared."""
    asset = asset_for(member_of(request), asset_id)
    if not asset.is_ready:
        response = HttpResponseRedirect(static("library/film.svg"))
        response.headers["Cache-Control"] = "no-store"
        return response
    thumb = names.thumb_of(asset.path)
    try:
        return _answer(request, asset, thumb)
    except Http404:
        if asset.kind != Asset.Kind.IMAGE:
            raise
        return _answer(request, asset, asset.path)


@require_safe
def poster(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """One picture of a film, in its size."""
    asset = asset_for(member_of(request), asset_id)
    if asset.kind != Asset.Kind.VIDEO:
        raise Http404
    return _answer(request, asset, names.poster_of(asset.path))


@require_safe
def page(request: HttpRequest, asset_id: int, number: int) -> HttpResponseBase:
    """One page of a document, drawn."""
    asset = asset_for(member_of(request), asset_id)
    if not 1 <= number <= asset.pages:
        raise Http404
    return _answer(request, asset, names.page_of(asset.path, number))


def _answer(request: HttpRequest, asset: Asset, name: str) -> HttpResponseBase:
    """Content never changes under its address, so a browser may keep it; a shared cache may not."""
    try:
        path = storage.current().local(name)
        mime = names.mime_of(name)
        saved = mime == names.MIME_OF[".pdf"]  # no browser shows one inside our policy
        answer = file_answer(request, path, mime=mime, shown_as=asset.original_name, attachment=saved)
    except FileNotFoundError:
        raise Http404 from None
    answer.headers["Cache-Control"] = f"private, max-age={_YEAR_SECONDS}, immutable"
    return answer
