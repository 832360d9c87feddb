"""The simulated networks as their public sees them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tesselle.channels.models import Channel
from tesselle.sandbox.access import practice_channel, practising
from tesselle.sandbox.shown import pages
from tesselle.web.htmx import show
from tesselle.workspaces.access import Right, may


@require_GET
def networks(request: HttpRequest) -> HttpResponse:
    member = practising(request)
    channels = Channel.objects.filter(workspace=member.workspace, removed_at=None)
    return render(request, "sandbox/shown/networks.html", {"doors": pages.doors(channels)})


@require_GET
def account(request: HttpRequest, channel_id: int) -> HttpResponse:
    page = pages.account_page(practice_channel(request, channel_id), request.GET.get("who", ""))
    if page is None:
        raise Http404
    return show(request, "sandbox/shown/account.html", "sandbox/shown/_account.html", {"page": page})


@require_GET
def post(request: HttpRequest, channel_id: int, delivery_id: int) -> HttpResponse:
    """What the public cannot see (not out yet, taken down, a story that is over) is not there: 404."""
    channel = practice_channel(request, channel_id)
    page = pages.post_page(channel, delivery_id)
    if page is None:
        raise Http404
    return show(request, "sandbox/shown/post.html", "sandbox/shown/_post.html", {"page": page})


@require_GET
def messages(request: HttpRequest, channel_id: int) -> HttpResponse:
    """No public sees these: they are shown as the account itself sees them."""
    page = pages.messages_page(practice_channel(request, channel_id))
    if page is None:
        raise Http404
    context = {"page": page, "may_answer": may(practising(request), Right.ANSWER)}
    return show(request, "sandbox/shown/messages.html", "sandbox/shown/_messages.html", context)
