"""Connecting and reconnecting, step by step: choose, prepare, paste, see who answered, done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from tesselle.channels import services, wizard
from tesselle.channels.access import channel_of, network_called
from tesselle.channels.file_rows import file_rows
from tesselle.channels.forms import ConnectForm
from tesselle.channels.models import Channel
from tesselle.channels.pages import channel_card, network_card
from tesselle.channels.selectors import channels_of, connected_just_now
from tesselle.channels.switches import need_on, off_in
from tesselle.channels.wizard import Tried
from tesselle.channels.wizard_pages import Step, found_accounts, steps, ways_of
from tesselle.connectors.card import Network
from tesselle.connectors.protocols import Identity
from tesselle.domain.errors import NetworkError, RuleError
from tesselle.networks import cards
from tesselle.web.sentences import say
from tesselle.web.toasts import notify
from tesselle.workspaces.access import Right, is_operator, member_of
from tesselle.workspaces.models import Member


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    off = off_in(member.workspace)
    shown = [network_card(network, off=network.slug in off) for network in cards()]
    values = {
        "networks": sorted(shown, key=lambda one: one.is_off),
        "may_switch": is_operator(member.user),
        "workspace": member.workspace,
        "steps": steps(Step.CHOOSE),
    }
    return render(request, "channels/choose.html", values)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    network = network_called(slug)
    try:
        need_on(member.workspace, slug)
    except RuleError as error:
        notify(request, say(error.message), level=messages.ERROR)
        return redirect("channels:connect")
    return _ask(request, member, network, None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reconnect(request: HttpRequest, channel_id: int) -> HttpResponse:
    member = member_of(request, Right.MANAGE)
    channel = channel_of(member, channel_id)
    return _ask(request, member, network_called(channel.network), channel)


def _ask(request: HttpRequest, member: Member, network: Network, channel: Channel | None) -> HttpResponse:
    """What is pasted is tried at once, and nothing is kept of what does not work."""
    pasted = request.POST if request.method == "POST" and network.connect_fields else None
    form = ConnectForm(network.connect_fields, pasted, initial={"server": channel.server} if channel else {})
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
    return preparing(request, member, network, channel, form)


def preparing(
    request: HttpRequest,
    member: Member,
    network: Network,
    channel: Channel | None,
    form: ConnectForm | None = None,
    *,
    way: str = "",
    way_form: ConnectForm | None = None,
) -> HttpResponse:
    """The second step, whichever form of it was filled in wrongly."""
    form = form or ConnectForm(
        network.connect_fields, None, initial={"server": channel.server} if channel else {}
    )
    is_wrong = bool(form.errors) or bool(way_form and way_form.errors)
    values = {
        "network": network_card(network),
        "ways": ways_of(request, member, network, channel, way, way_form),
        "form": form if network.connect_fields else None,
        "files": file_rows(network),
        "workspace": member.workspace,
        "reconnecting": channel_card(channel) if channel else None,
        "steps": steps(Step.PREPARE),
    }
    return render(request, "channels/begin.html", values, status=422 if is_wrong else 200)


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
        server=identity.account.server,
        remote_id=identity.account.remote_id,
        channel_id=channel.pk if channel else 0,
    )
    wizard.keep(request.session, tried)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Who answered, with rights and limits; of several accounts one or more are chosen."""
    member = member_of(request, Right.MANAGE)
    tried = wizard.kept(request.session, member.workspace_id)
    if tried is None:
        return redirect("channels:connect")
    channel = channel_of(member, tried.channel_id) if tried.channel_id else None
    again = reverse("channels:reconnect" if channel else "channels:begin", args=[_subject(tried, channel)])
    try:
        identities = tried.identities(member.workspace)
    except NetworkError as error:
        words = say(wizard.sentence_for(error, member.workspace, tried.server))
        notify(request, words, level=messages.ERROR)
        return redirect(again)
    known = channels_of(member.workspace)
    found = found_accounts(tried.network, identities, channel, known)
    problem = ""
    if request.method == "POST":
        wanted = set(request.POST.getlist("account")) or {one.key for one in found if len(found) == 1}
        chosen = [one.identity for one in found if one.key in wanted]
        try:
            return _connect(request, member, tried, chosen, channel)
        except RuleError as error:
            problem = say(error.message)
    values = {
        "found": found,
        "one": found[0] if len(found) == 1 else None,
        "network": network_card(network_called(tried.network)),
        "problem": problem,
        "channel": channel_card(channel) if channel else None,
        "again": again,
        "steps": steps(Step.LOOK),
    }
    return render(request, "channels/confirm.html", values, status=422 if problem else 200)


def _subject(tried: Tried, channel: Channel | None) -> int | str:
    return channel.pk if channel else tried.network


def _connect(
    request: HttpRequest, member: Member, tried: Tried, chosen: list[Identity], channel: Channel | None
) -> HttpResponse:
    """Raises RuleError: nothing was chosen, a right is missing, or it is another account."""
    made = services.connect_all(
        workspace=member.workspace,
        network=tried.network,
        identities=chosen,
        by=member.user,
        channel=channel,
    )
    wizard.forget(request.session)
    if channel is not None:
        notify(request, gettext("%(channel)s is connected again.") % {"channel": channel.handle})
        return redirect("channels:detail", channel.pk)
    query = urlencode({"channel": [one.pk for one in made]}, doseq=True)
    return redirect(f"{reverse('channels:connected')}?{query}")


@require_GET
def connected(request: HttpRequest) -> HttpResponse:
    """Done, and what comes next."""
    member = member_of(request, Right.MANAGE)
    channels = connected_just_now(member.workspace, request.GET.getlist("channel"))
    if not channels:
        return redirect("channels:list")
    values = {"cards": [channel_card(one) for one in channels], "steps": steps(Step.DONE)}
    return render(request, "channels/connected.html", values)
