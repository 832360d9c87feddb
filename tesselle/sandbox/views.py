from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tesselle.channels.access import network_called
from tesselle.sandbox.accounts import connect_simulated
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_POST
def connect_simulated_account(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    network = network_called(request.POST.get("network", ""))
    if not member.workspace.is_practice:
        raise Http404
    channel = connect_simulated(workspace=member.workspace, network=network.slug, by=member.user)
    notify(request, gettext("%(channel)s is connected.") % {"channel": channel.handle})
    return redirect("channels:detail", channel.pk)
