from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.channels import services, wizard
from tesselle.channels.access import channel_of
from tesselle.channels.conversation import ask
from tesselle.channels.forms import ChannelForm
from tesselle.channels.models import Channel
from tesselle.channels.pages import channel_card, limits_in_words
from tesselle.channels.selectors import channels_of
from tesselle.connectors.protocols import Api, Connector, Measures
from tesselle.domain.errors import NetworkError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    cards = [channel_card(channel) for channel in channels_of(member.workspace)]
    values = {"cards": cards, "may_manage": may(member, Right.MANAGE)}
    return render(request, "channels/list.html", values)


@require_GET
def detail(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request)
    channel = channel_of(member, channel_id)
    return _page(request, member, channel, ChannelForm(instance=channel))


def _page(
    request: HttpRequest, member: Member, channel: Channel, form: ChannelForm, status: int = 200
) -> HttpResponse:
    fresh = channel_of(member, channel.pk)  # an invalid form has written into the other one
    values = {
        "channel": fresh,
        "card": channel_card(fresh, limits_in_words(fresh)),
        "form": form,
        "may_manage": may(member, Right.MANAGE),
    }
    return render(request, "channels/detail.html", values, status=status)


@require_POST
def save_settings(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    form = ChannelForm(request.POST, instance=channel)
    if not form.is_valid():
        return _page(request, member, channel, form, 422)
    services.change_settings(channel, **form.cleaned_data, by=member.user)
    notify(request, gettext("The channel's settings are saved."))
    return redirect("channels:detail", channel_id)


@require_POST
def pause(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    services.pause(channel, by=member.user)
    undo = reverse("channels:resume", args=[channel.pk])
    words = gettext("%(channel)s is paused: nothing leaves there.") % {"channel": channel.handle}
    notify(request, words, undo_url=undo)
    return redirect("channels:list")


@require_POST
def resume(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    services.resume(channel, by=member.user)
    undo = reverse("channels:pause", args=[channel.pk])
    words = gettext("%(channel)s publishes again.") % {"channel": channel.handle}
    notify(request, words, undo_url=undo)
    return redirect("channels:list")


@require_http_methods(["GET", "POST"])
def disconnect(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Asks first: the credentials are forgotten, which no undo brings back."""
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    if request.method == "GET":
        return render(request, "channels/disconnect.html", {"card": channel_card(channel)})
    services.disconnect(channel, by=member.user)
    words = gettext("%(channel)s is disconnected. What went out stays in calendar and figures.")
    notify(request, words % {"channel": channel.handle})
    return redirect("channels:list")


@require_POST
def self_test(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Sign in with the kept credentials and read the channel's figures; posts nothing."""
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    try:
        followers = ask(channel, _followers)
    except NetworkError as error:
        words = say(wizard.sentence_for(error, member.workspace, channel.server))
        notify(request, words, level=messages.ERROR)
    else:
        words = gettext("The network answered and accepts the sign-in.")
        if followers is not None:
            words += " " + ngettext("%(n)s follower.", "%(n)s followers.", followers) % {"n": followers}
        notify(request, words)
    return redirect("channels:detail", channel_id)


async def _followers(connector: Connector, api: Api) -> int | None:
    await api.session()
    if not isinstance(connector, Measures):
        return None
    return (await connector.channel_figures(api)).values.get("followers")
