"""The switch on the page of a channel whose network bills reading."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tesselle.channels.access import channel_of
from tesselle.engage.noticing import is_billed
from tesselle.engage.switching import switch
from tesselle.web.htmx import go_to
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of


@require_POST
def listen(request: HttpRequest, channel_id: int) -> HttpResponse:
    """`on`: yes or no."""
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    if not is_billed(channel.network):
        raise Http404
    on = request.POST.get("on") == "yes"
    switch(channel, on=on, by=member.user)
    notify(
        request,
        _("New comments are told from now on.") if on else _("New comments are no longer looked for."),
    )
    return go_to(request, reverse("channels:detail", args=[channel.pk]))
