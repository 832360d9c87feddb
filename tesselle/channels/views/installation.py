"""The applications that this installation has registered with networks: the operator's pages."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.channels import own_apps, switches
from tesselle.channels.access import network_called, way_called
from tesselle.channels.forms import AppForm
from tesselle.channels.own_apps_pages import app_shown, switches_shown
from tesselle.connectors.card import SignIn
from tesselle.domain.errors import NetworkError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import operator_of
from tesselle.workspaces.sign_in.confirming import confirm_before_secrets, confirm_person


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    operator_of(request)
    shown = [
        app_shown(network_called(slug), way, own_apps.kept_app(slug, way.slug))
        for slug, way in own_apps.needing_an_app()
    ]
    return render(request, "channels/apps.html", {"apps": shown, "switches": switches_shown()})


@require_POST
def switch(request: HttpRequest, slug: str) -> HttpResponse:
    """Only the word “on” switches on: a form without it switches off."""
    operator = operator_of(request)
    network = network_called(slug)
    if not network.shipped_off:
        raise Http404
    on = request.POST.get("switch") == "on"
    switches.switch(network, on=on, by=operator)
    said = (
        gettext("%(network)s can be connected from now on.")
        if on
        else gettext("%(network)s can no longer be connected. Channels that are connected keep working.")
    )
    notify(request, said % {"network": network.name})
    return redirect("channels:apps")


@sensitive_post_parameters("client_secret")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, way: str) -> HttpResponse:
    operator = operator_of(request)
    if (asked := confirm_before_secrets(request)) is not None:
        return asked
    chosen = _registered(slug, way)
    kept = own_apps.kept_app(slug, way)
    form = AppForm(chosen, kept, request.POST if request.method == "POST" else None)
    if form.is_valid():
        own_apps.keep_app(network=slug, way=chosen, **form.cleaned_data, by=operator)
        notify(request, gettext("The application is kept. Its secret is encrypted and never shown again."))
        return redirect("channels:app", slug, way)
    values = {
        "app": app_shown(network_called(slug), chosen, kept),
        "form": form,
        "redirect_address": own_apps.redirect_address(),
    }
    return render(request, "channels/app.html", values, status=422 if form.errors else 200)


@require_POST
def test(request: HttpRequest, slug: str, way: str) -> HttpResponse:
    """Whether the network knows the application; nobody signs in for that."""
    operator_of(request)
    chosen = _registered(slug, way)
    try:
        known = own_apps.try_app(slug, chosen)
    except NetworkError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        if known:
            notify(request, gettext("The network knows this application: id and secret are right."))
        else:
            words = gettext(
                "The network does not know this application. Compare id and secret, letter by letter."
            )
            notify(request, words, level=messages.ERROR)
    return redirect("channels:app", slug, way)


@require_POST
def forget(request: HttpRequest, slug: str, way: str) -> HttpResponse:
    operator = operator_of(request)
    chosen = _registered(slug, way)
    confirm_person(request)
    own_apps.forget_app(network=slug, way=chosen, by=operator)
    notify(request, gettext("The application is forgotten here. On the network it is still registered."))
    return redirect("channels:apps")


def _registered(slug: str, way: str) -> SignIn:
    """Raises Http404: no such way, or one whose servers need no operator."""
    chosen = way_called(slug, way)
    if chosen.app != "installation":
        raise Http404
    return chosen
