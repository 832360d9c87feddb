"""Asking again who it is, before secrets and roles."""

from allauth.account.internal.flows.reauthentication import (
    is_reauthentication_required,
    raise_if_reauthentication_required,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


def confirm_person(request: HttpRequest) -> None:
    """Comes back only when the person has proven lately who they are; what they posted is done afterwards.

    Not for forms that carry secrets: what is posted waits in the session meanwhile.
    """
    raise_if_reauthentication_required(request, app="tesselle")


def confirm_before_secrets(request: HttpRequest) -> HttpResponse | None:
    """The same for a page whose form carries secrets: asked when it opens; a late post is not kept."""
    if request.method == "POST" and is_reauthentication_required(request, app="tesselle"):
        return redirect(request.path)
    raise_if_reauthentication_required(request, app="tesselle")
    return None
