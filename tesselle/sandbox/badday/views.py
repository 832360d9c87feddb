"""The page of bad days, and signing in anew to a simulated account."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels.access import network_called
from tesselle.domain.errors import RuleError
from tesselle.sandbox.access import bad_day_of, practice_channel, practising
from tesselle.sandbox.badday import services
from tesselle.sandbox.badday.pages import context
from tesselle.sandbox.models import BadDay
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "sandbox/bad_day.html", context(practising(request)))


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    member = practising(request, Right.PLAN)
    network, kind = network_called(request.POST.get("network", "")), request.POST.get("kind", "")
    if kind not in BadDay.Kind.values:
        raise Http404
    try:
        services.begin(
            workspace=member.workspace, network=network.slug, kind=BadDay.Kind(kind), by=member.user
        )
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
    else:
        notify(request, gettext("Switched on. It stays so until you end it."))
    return redirect("sandbox:bad_day")


@require_POST
def end(request: HttpRequest, bad_day_id: int) -> HttpResponse:
    member = practising(request, Right.PLAN)
    services.end(bad_day_of(member, bad_day_id), by=member.user)
    notify(request, gettext("Over. What it did is not undone: look at what needs you."))
    return redirect("sandbox:bad_day")


@require_POST
def new_token(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = practice_channel(request, channel_id, Right.MANAGE)
    services.take_new_token(channel=channel, by=member.user)
    notify(request, gettext("%(channel)s is connected.") % {"channel": channel.handle})
    return redirect("channels:detail", channel.pk)
