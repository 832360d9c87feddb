"""The pages for everybody: subscribe, confirm, unsubscribe. A GET decides nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tesselle.audience import links, selectors, services
from tesselle.audience.forms import JoinForm
from tesselle.audience.letters import send_confirmation
from tesselle.audience.models import MailingList
from tesselle.mail import services as mail
from tesselle.web.htmx import UNPROCESSABLE

_TRIES = {
    "audience_page": "60/m/ip",
    "audience_leave": "1200/m/ip",  # a large mail provider clicks for many readers from one address
    "audience_join": "10/m/ip",
    "audience_address": "3/h/key",
}
ONE_CLICK = "One-Click"
View = Callable[..., HttpResponse]


def _open(tries: str) -> Callable[[View], View]:
    """Limited in tries, told to no other site, kept in no cache, found by no search."""

    def door(view: View) -> View:
        @login_not_required
        @require_http_methods(["GET", "POST"])
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not _allowed(request, tries):
                return render(request, "429.html", status=429)
            response = view(request, *args, **kwargs)
            # Not "no-referrer": browsers then call the page's own forms of unknown origin, and they are refused.
            response.headers["Referrer-Policy"] = "same-origin"
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return opened

    return door


def _allowed(request: HttpRequest, action: str, key: str | None = None) -> bool:
    allowed: bool = bool(
        ratelimit.consume(request, app="tesselle", action=action, key=key, config=_TRIES, limit_get=True)
    )
    return allowed


@_open("audience_page")
def join(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The answer is the same whether the address was there or not: nobody learns who reads what."""
    mailing_list = selectors.open_list(public_id)
    if mailing_list is None or not mail.is_set_up():
        raise Http404
    form = JoinForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        status = UNPROCESSABLE if request.method == "POST" else 200
        return _shown(request, "audience/join.html", mailing_list, status=status, form=form)
    if not _allowed(request, "audience_join"):
        return render(request, "429.html", status=429)
    problem = _asked(request, mailing_list, form.cleaned_data["address"], form.cleaned_data["name"])
    template = "audience/not_sent.html" if problem else "audience/asked.html"
    return _shown(request, template, mailing_list, status=503 if problem else 200)


def _asked(request: HttpRequest, mailing_list: MailingList, address: str, name: str) -> bool:
    """Whether the mail could not leave. The same address is written to a few times an hour at most."""
    route = mail.route()
    if route is None or not _allowed(request, "audience_address", key=f"{mailing_list.pk}:{address}"):
        return False
    subscriber = services.ask_to_join(mailing_list, address=address, name=name)
    return subscriber is not None and send_confirmation(subscriber, route) is not None


@_open("audience_page")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Pressing the button is the yes."""
    subscriber = selectors.subscriber_called(links.to_confirm(token))
    if subscriber is None:
        return render(request, "audience/link_gone.html", status=404)
    if request.method == "GET":
        return _shown(request, "audience/confirm.html", subscriber.mailing_list, subscriber=subscriber)
    services.confirm(subscriber)
    return _shown(request, "audience/confirmed.html", subscriber.mailing_list)


@csrf_exempt
@_open("audience_leave")
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """By the button of the page, or in one click by the reader's mail program (RFC 8058), which sends no
    cookie and knows no token of ours: whoever holds the link may only leave."""
    subscriber = selectors.subscriber_called(links.to_leave(token))
    if subscriber is None:
        return render(request, "audience/link_gone.html", status=404)
    if request.method == "GET":
        return _shown(request, "audience/leave.html", subscriber.mailing_list, subscriber=subscriber)
    services.leave(subscriber)
    if request.POST.get("List-Unsubscribe") == ONE_CLICK:
        return HttpResponse(status=200, content_type="text/plain; charset=utf-8")
    return _shown(request, "audience/left.html", subscriber.mailing_list)


def _shown(
    request: HttpRequest, template: str, mailing_list: MailingList, *, status: int = 200, **values: Any
) -> HttpResponse:
    """In the list's language: its readers are no users of ours."""
    with translation.override(mailing_list.language):
        response = render(request, template, {"list": mailing_list, **values}, status=status)
        response.headers["Content-Language"] = mailing_list.language
    return response
