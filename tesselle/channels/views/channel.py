from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tesselle.channels import checkup, services
from tesselle.channels.access import channel_of, let_go_channel_of
from tesselle.channels.checkup_pages import test_shown
from tesselle.channels.forms import ChannelForm
from tesselle.channels.models import Channel
from tesselle.channels.pages import channel_card, limits_in_words
from tesselle.channels.selectors import channels_of
from tesselle.channels.sign_in_life import Life
from tesselle.channels.wizard_pages import life_in_words
from tesselle.domain.errors import RuleError
from tesselle.networks import plugin
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, may, member_of
from tesselle.workspaces.models import Member

HISTORY = 6


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
    tests = [test_shown(test) for test in fresh.tests.all()[:HISTORY]]
    limits = plugin(fresh.network).connector.limits(fresh.account())
    values = {
        "channel": fresh,
        "card": channel_card(fresh, limits_in_words(limits)),
        "life": life_in_words(Life(fresh.renew_at, fresh.signed_in_until)) if fresh.way else "",
        "form": form,
        "newest": tests[0] if tests else None,
        "tests": tests[1:],
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
    notify(request, gettext("The channel’s settings are saved."))
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
    """Asks first, with what becomes of what is planned there."""
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    if request.method == "GET":
        return render(
            request, "channels/disconnect.html", {"card": channel_card(channel), "channel": channel}
        )
    services.disconnect(channel, by=member.user)
    words = gettext("%(channel)s is disconnected. What went out stays in calendar and figures.")
    undo = reverse("channels:take_back", args=[channel.pk])
    notify(request, words % {"channel": channel.handle}, undo_url=undo)
    return redirect("channels:list")


@require_POST
def take_back(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Undo a disconnection, as long as the credentials are there."""
    member = member_of(request, Right.MANAGE)
    channel = let_go_channel_of(member, channel_id)
    try:
        services.take_back(channel, by=member.user)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("channels:list")
    notify(request, gettext("%(channel)s is connected again.") % {"channel": channel.handle})
    return redirect("channels:detail", channel.pk)


@require_POST
def run_self_test(request: HttpRequest, channel_id: int) -> HttpResponse:
    """Everything about the channel that can be looked at; posts nothing."""
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    shown = test_shown(checkup.run(channel, by=member.user))
    notify(request, shown.summary, level=messages.SUCCESS if shown.is_good else messages.ERROR)
    return redirect("channels:detail", channel_id)
