"""What is put around the account library's views."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.models import EmailAddress
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from tesselle.mail.services import is_set_up
from tesselle.web.middleware import allow_forms_to
from tesselle.workspaces.models import User
from tesselle.workspaces.sign_in.providers import current

View = Callable[..., HttpResponseBase]


def when_mail_is_set_up(view: View) -> View:
    """404 without a mail server: a page that promises a mail would lie."""

    @wraps(view)
    def gated(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_set_up():
            raise Http404
        return view(request, *args, **kwargs)

    return gated


def knows_own_address(view: View) -> View:
    """The library takes the address in use from its own table; a person who came in by an import has none."""

    @wraps(view)
    def prepared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = request.user
        if isinstance(person, User) and not EmailAddress.objects.filter(user=person).exists():
            EmailAddress.objects.create(user=person, email=person.email.lower(), primary=True)
        return view(request, *args, **kwargs)

    return prepared


def may_lead_to_provider(view: View) -> View:
    """For a page with the button that signs in elsewhere: its form ends there, which the policy must allow."""

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        provider = current()
        if provider is not None:
            allow_forms_to(response, provider.origin)
        return response

    return marked


def in_own_zone(view: View) -> View:
    """Times of one's own doings are shown where one is, not where the workspace is."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        own = getattr(request.user, "tz", None)
        if own is None:
            return view(request, *args, **kwargs)
        with timezone.override(own):
            response = view(request, *args, **kwargs)
            if hasattr(response, "render"):
                response = response.render()
            return response

    return shown
