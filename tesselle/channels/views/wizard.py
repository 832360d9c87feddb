"""Connecting and reconnecting: choose, answer, see who answered, confirm."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tesselle.channels import services, wizard
from tesselle.channels.access import channel_of, network_called
from tesselle.channels.forms import ConnectForm
from tesselle.channels.models import Channel
from tesselle.channels.pages import answered, channel_card, network_card
from tesselle.channels.wizard import Tried
from tesselle.connectors.card import Network
from tesselle.connectors.protocols import Identity
from tesselle.domain.errors import NetworkError, RuleError
from tesselle.networks import cards
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, member_of
from tesselle.workspaces.models import Member


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    values = {"networks": [network_card(network) for network in cards()], "workspace": member.workspace}
    return render(request, "channels/choose.html", values)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    return _ask(request, member, network_called(slug), None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reconnect(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    return _ask(request, member, network_called(channel.network), channel)


def _ask(request: HttpRequest, member: Member, network: Network, channel: Channel | None) -> HttpResponse:
    """The form; what was typed is tried at once, and nothing is kept of what does not work."""
    initial = {"server": channel.server} if channel else {}
    form = ConnectForm(network, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        answers = form.answers()
        try:
            identity = services.try_connection(
                workspace=member.workspace, network=network.slug, answers=answers
            )
        except NetworkError as error:
            problem = wizard.sentence_for(error, member.workspace, answers.get("server", ""))
            form.add_error(None, say(problem))
        else:
            _keep(request, member, network, channel, answers, identity)
            return redirect("channels:confirm")
    values = {
        "network": network_card(network),
        "form": form,
        "workspace": member.workspace,
        "reconnecting": channel_card(channel) if channel else None,
    }
    return render(request, "channels/begin.html", values, status=422 if form.errors else 200)


def _keep(
    request: HttpRequest,
    member: Member,
    network: Network,
    channel: Channel | None,
    answers: dict[str, str],
    identity: Identity,
) -> None:
    tried = Tried(
        workspace_id=member.workspace_id,
        network=network.slug,
        answers=answers,
        remote_id=identity.account.remote_id,
        server=identity.account.server,
        channel_id=channel.pk if channel else 0,
    )
    wizard.keep(request.session, tried)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Who answered; asked again each time, so that what is kept is what is true now."""
    member = member_of(request, Right.MANAGE)
    tried = wizard.kept(request.session, member.workspace_id)
    if tried is None:
        return redirect("channels:connect")
    channel = channel_of(member, tried.channel_id) if tried.channel_id else None
    again = ("channels:reconnect", channel.pk) if channel else ("channels:begin", tried.network)
    try:
        identity = services.try_connection(
            workspace=member.workspace, network=tried.network, answers=tried.answers
        )
    except NetworkError as error:
        words = say(wizard.sentence_for(error, member.workspace, tried.server))
        notify(request, words, level=messages.ERROR)
        return redirect(*again)
    problem = ""
    if request.method == "POST" and tried.is_same_account(identity):
        try:
            kept = services.connect(
                workspace=member.workspace,
                network=tried.network,
                identity=identity,
                by=member.user,
                channel=channel,
            )
        except RuleError as error:
            problem = say(error.message)
        else:
            wizard.forget(request.session)
            notify(request, gettext("%(channel)s is connected.") % {"channel": kept.handle})
            return redirect("channels:detail", kept.pk)
    values = {"answered": answered(tried.network, identity), "problem": problem, "channel": channel}
    return render(request, "channels/confirm.html", values, status=422 if problem else 200)
