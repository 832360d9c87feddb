"""The one door that is open to everybody: a signed name, for some hours."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from tesselle.library import names, storage
from tesselle.library.bounds import Bound
from tesselle.library.public import is_signed
from tesselle.library.serving import file_answer

CALLS_A_MINUTE = 300
"""From one address, to one of our processes. A film that is fetched in pieces takes dozens."""

_SHOWN = ("image/", "video/")
_bound = Bound(CALLS_A_MINUTE, seconds=60.0)


@login_not_required
@require_safe
def signed(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    if not _bound.allows(str(request.META.get("REMOTE_ADDR", ""))):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    if not is_signed(name, token):
        raise Http404
    mime = names.mime_of(name)
    try:
        path = storage.current().local(name)
        answer = file_answer(
            request,
            path,
            mime=mime,
            shown_as=name.rsplit("/", 1)[-1],
            attachment=not mime.startswith(_SHOWN),
        )
    except FileNotFoundError:
        raise Http404 from None
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return answer
