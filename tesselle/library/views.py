"""Showing kept pictures to the members of their workspace."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from tesselle.library.access import asset_for
from tesselle.library.services import thumb_of
from tesselle.workspaces.access import member_of

_POLICY = "default-src 'none'; sandbox"
_YEAR_SECONDS = 365 * 24 * 3600


@require_safe
def whole(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    asset = asset_for(member_of(request), asset_id)
    return _file(asset.path, asset.mime, asset.original_name)


@require_safe
def small(request: HttpRequest, asset_id: int) -> HttpResponseBase:
    """At most 640 pixels a side, made when the picture came in."""
    asset = asset_for(member_of(request), asset_id)
    thumb = thumb_of(asset.path)
    there = (Path(settings.MEDIA_ROOT) / thumb).is_file()
    return _file(thumb if there else asset.path, asset.mime, asset.original_name)


def _file(name: str, mime: str, shown_as: str) -> HttpResponseBase:
    """Content never changes under its address, so a browser may keep it; a shared cache may not."""
    try:
        file = (Path(settings.MEDIA_ROOT) / name).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type=mime, filename=shown_as)
    response.headers["Cache-Control"] = f"private, max-age={_YEAR_SECONDS}, immutable"
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
