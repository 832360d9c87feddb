"""Addresses for these tests: the shell alone, with pages that stand for a feature's."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tesselle.web.middleware import sends_forms_to
from tesselle.web.toasts import notify


@login_not_required
@sends_forms_to("https:")
def connect(request: HttpRequest) -> HttpResponse:
    return HttpResponse("connect")


@login_not_required
def moved(request: HttpRequest) -> HttpResponse:
    notify(request, "Moved", level=messages.SUCCESS, undo_url="/undo/")
    return HttpResponse("moved")


def secret(request: HttpRequest) -> HttpResponse:
    return HttpResponse("secret")


urlpatterns = [
    path("", include("tesselle.web.urls")),
    path("connect/", connect),
    path("moved/", moved),
    path("secret/", secret),
]
