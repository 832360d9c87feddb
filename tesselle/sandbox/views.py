from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels.access import network_called
from tesselle.domain.errors import RuleError
from tesselle.sandbox.access import practising
from tesselle.sandbox.accounts import answer_network_page, connect_simulated
from tesselle.sandbox.anew import begin_anew
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right
from tesselle.workspaces.middleware import SESSION_KEY


@require_GET
def practice(request: HttpRequest) -> HttpResponse:
    """What there is to practise with."""
    practising(request)
    return render(request, "sandbox/practice.html")


@require_POST
def connect_simulated_account(request: HttpRequest) -> HttpResponse:
    member = practising(request, Right.MANAGE)
    network = network_called(request.POST.get("network", ""))
    channel = connect_simulated(workspace=member.workspace, network=network.slug, by=member.user)
    notify(request, gettext("%(channel)s is connected.") % {"channel": channel.handle})
    return redirect("channels:detail", channel.pk)


@require_POST
def answer_page(request: HttpRequest) -> HttpResponse:
    """A person's yes or no on a simulated network's page."""
    member = practising(request, Right.MANAGE)
    said = {name: request.POST[name] for name in ("account", "deny") if name in request.POST}
    try:
        query = answer_network_page(
            workspace=member.workspace, address=request.POST.get("address", ""), form=said
        )
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("channels:connect")
    return redirect(f"{reverse('channels:signed_in')}?{query}")


@require_POST
def begin_anew_here(request: HttpRequest) -> HttpResponse:
    """No "are you sure": the old one can be brought back, and the toast says so."""
    member = practising(request, Right.OWN)
    choice = request.POST.get("world") or "ordinary"
    try:
        fresh = begin_anew(workspace=member.workspace, by=member.user, world=choice)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("sandbox:clock")
    request.session[SESSION_KEY] = fresh.pk
    notify(
        request,
        gettext("A new practice world has begun. The one before is among your deleted workspaces."),
        undo_url=reverse("workspaces:restore", args=[member.workspace_id]),
    )
    return redirect("/")
