"""Photos from a telephone into the album of a job site: by its share sheet, or chosen on the page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tesselle.domain.errors import RuleError
from tesselle.library import selectors
from tesselle.library.access import album_for
from tesselle.library.chosen import makers, page_of
from tesselle.library.models import Album
from tesselle.library.services.albums import open_album
from tesselle.library.uploads import taken_in
from tesselle.web.htmx import UNPROCESSABLE, go_to
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.WRITE)
    if request.method != "POST":
        return _page(request, member)
    try:
        album = _album(request, member)
    except RuleError as refused:
        return _page(request, member, (say(refused.message),))
    assets, refusals = taken_in(request, member, album)
    if not assets and not refusals:
        return _page(request, member, (_("No file arrived. Choose one and try again."),))
    if refusals:
        return _page(request, member, tuple(say(one.message) for one in refusals))
    done = ngettext("%(count)s picture or film added.", "%(count)s pictures or films added.", len(assets)) % {
        "count": len(assets)
    }
    notify(request, done)
    if page := page_of(request.POST.get("make", ""), assets):
        return go_to(request, page)
    return go_to(
        request, f"{reverse('library:media')}?album={album.pk}" if album else reverse("library:media")
    )


def _album(request: HttpRequest, member: Member) -> Album | None:
    """A new one of that name, or the chosen one."""
    name = " ".join(request.POST.get("name", "").split())[:120]
    if name:
        return open_album(member.workspace, name, by=member.user)
    chosen = request.POST.get("album", "")
    return album_for(member, int(chosen)) if chosen.isdecimal() else None


def _page(request: HttpRequest, member: Member, errors: tuple[str, ...] = ()) -> HttpResponse:
    context = {
        "albums": selectors.albums(member.workspace).order_by("-created_at"),
        "errors": errors,
        "chosen": request.POST.get("album", ""),
        "makers": makers(at_sharing=True),
    }
    return render(request, "library/share.html", context, status=UNPROCESSABLE if errors else 200)
