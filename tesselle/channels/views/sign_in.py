"""Signing in on the network's own page: sent there, and back with an answer."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from tesselle.channels import signing_in, wizard
from tesselle.channels.access import channel_of, network_called, way_called
from tesselle.channels.forms import ConnectForm
from tesselle.channels.models import Channel
from tesselle.channels.pages import network_card
from tesselle.channels.views.wizard import preparing
from tesselle.channels.wizard import Tried
from tesselle.channels.wizard_pages import Step, leaving, steps
from tesselle.connectors.card import SignIn
from tesselle.domain.errors import NetworkError, RuleError
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_POST
def send_off(request: HttpRequest, slug: str, way: str) -> HttpResponse:
    """The address of the network's page, to be followed by the person: a form would need the
    page's policy to name places that nobody knows before."""
    member = member_of(request, Right.MANAGE)
    number = request.POST.get("reconnect", "")
    channel = channel_of(member, int(number)) if number.isdecimal() else None
    chosen = way_called(slug, way)
    if channel is not None and channel.network != slug:
        raise Http404
    return _send_off(request, member, slug, chosen, channel)


def _send_off(
    request: HttpRequest, member: Member, slug: str, way: SignIn, channel: Channel | None
) -> HttpResponse:
    network = network_called(slug)
    form = ConnectForm(way.asks, request.POST, prefix=way.slug)
    if not form.is_valid():
        return preparing(request, member, network, channel, way=way.slug, way_form=form)
    answers = form.answers()
    try:
        address = signing_in.send_off(
            member=member,
            session_key=request.session.session_key or "",
            network=slug,
            way=way,
            answers=answers,
            channel=channel,
        )
    except NetworkError as error:
        form.add_error(None, say(wizard.sentence_for(error, member.workspace, answers.get("server", ""))))
        return preparing(request, member, network, channel, way=way.slug, way_form=form)
    except RuleError as error:
        form.add_error(None, say(error.message))
        return preparing(request, member, network, channel, way=way.slug, way_form=form)
    values = {
        "network": network_card(network),
        "leaving": leaving(address),
        "workspace": member.workspace,
        "steps": steps(Step.SIGN_IN),
        "public_url": settings.ENVIRONMENT.public_url,
        "comes_back_elsewhere": not signing_in.reaches_us(request.get_host()),
    }
    return render(request, "channels/leave.html", values)


@never_cache
@require_GET
def signed_in(request: HttpRequest) -> HttpResponse:
    """Back from the network's page. Connects nothing yet: that takes a person's yes."""
    member = member_of(request, Right.MANAGE)
    returned = {name: str(value)[:4000] for name, value in request.GET.items()}
    try:
        under_way = signing_in.take(
            member=member,
            session_key=request.session.session_key or "",
            state=returned.get("state", ""),
        )
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("channels:connect")
    try:
        back = signing_in.come_back(member.workspace, under_way, returned)
    except NetworkError as error:
        notify(request, say(error.message), level=messages.ERROR)
        if under_way.channel_id:
            return redirect("channels:reconnect", under_way.channel_id)
        return redirect("channels:begin", under_way.network)
    tried = Tried(
        workspace_id=member.workspace_id,
        network=back.network,
        answers=back.credentials,
        server=back.server,
        way=back.way,
        channel_id=back.channel_id,
    )
    wizard.keep(request.session, tried)
    return redirect("channels:confirm")
