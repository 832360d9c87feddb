"""A channel's self-test: what the network says of the sign-in, and what others on our side add.

Whoever knows something about a channel registers a check when its app starts: `register("media",
reachability)`, a function of the channel that gives lines. Nothing is posted.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction

from tesselle.channels import services, signing_in
from tesselle.channels.conversation import ask
from tesselle.channels.models import Channel, ChannelTest
from tesselle.connectors.card import Ability
from tesselle.connectors.protocols import Api, ChecksItself, Connector, Measures, SelfCheck
from tesselle.domain.errors import BlockedError, NetworkError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.journal.services import record
from tesselle.networks import card
from tesselle.vault import secrets
from tesselle.workspaces.models import User

Check = Callable[[Channel], Iterable[SelfCheck]]

WARN_AHEAD = timedelta(days=7)
PROVEN_BY = frozenset({"sign_in", "address", "role"})
"""Lines that say whether the network still lets us in."""
KEPT = 20
"""So many tests of a channel are kept."""

_checks: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Registering the same name again replaces it, so a reload does no harm."""
    _checks[name] = check


def run(channel: Channel, *, by: User | None) -> ChannelTest:
    """Look at everything, keep what was seen, and let it count: a dead sign-in blocks the channel,
    a good one takes a block for the sign-in away."""
    lines = [*_sign_in(channel), *_expiry(channel)]
    if not any(line.state == "bad" for line in lines):
        lines += [*_of_network(channel), *_news(channel)]
    if not any(line.subject in {*PROVEN_BY, "network"} for line in lines):
        lines.insert(0, SelfCheck("sign_in", "unknown", Message(NOT_ASKED)))
    for check in _checks.values():
        lines += check(channel)
    return _keep(channel, lines, by)


def _sign_in(channel: Channel) -> list[SelfCheck]:
    try:
        return _signed_in_as(channel) if channel.way else _answered(channel)
    except BlockedError as error:
        _block(channel, error)
        return [SelfCheck("sign_in", "bad", error.message, Message(RECONNECT))]
    except NetworkError as error:
        return [SelfCheck("sign_in", "unknown", error.message, Message(LATER))]


def _signed_in_as(channel: Channel) -> list[SelfCheck]:
    """A sign-in still opens this account, with all rights."""
    kept = {**secrets.unseal(channel.sealed_credentials), **ask(channel, _session)}
    found = signing_in.accounts_of(channel.workspace, channel.network, channel.way, channel.server, kept)
    own = [one for one in found if one.account.remote_id == channel.remote_id]
    if not own:
        return [SelfCheck("role", "bad", Message(NOT_ITS_OWN, {"handle": channel.handle}), Message(ROLE))]
    good = SelfCheck("sign_in", "good", Message(ACCEPTED, {"handle": channel.handle}))
    missing = [SelfCheck("rights", "bad", one, Message(RECONNECT)) for one in own[0].missing]
    services.mend_sign_in(channel)
    return [good, *(missing or [SelfCheck("rights", "good", Message(ALL_RIGHTS))])]


async def _session(_connector: Connector, api: Api) -> dict[str, str]:
    return dict(await api.session())


def _answered(channel: Channel) -> list[SelfCheck]:
    """A figure that the network told is a sign-in that it took. Where it tells none, nothing was asked."""

    async def read(connector: Connector, api: Api) -> Mapping[str, int]:
        await api.session()
        return (await connector.channel_figures(api)).values if isinstance(connector, Measures) else {}

    told = ask(channel, read)
    if not told:
        return []
    services.mend_sign_in(channel)
    if (followers := told.get("followers")) is None:
        return [SelfCheck("sign_in", "good", Message(ACCEPTED, {"handle": channel.handle}))]
    params: dict[str, str | int] = {"handle": channel.handle, "followers": followers}
    return [SelfCheck("sign_in", "good", Message(ACCEPTED_WITH, params))]


def _block(channel: Channel, error: BlockedError) -> None:
    if error.reason == BlockReason.SIGN_IN:
        services.block(channel, reason=error.reason, message=error.message)


def _expiry(channel: Channel) -> list[SelfCheck]:
    fresh = Channel.objects.get(pk=channel.pk)
    if fresh.signed_in_until is None:
        return [SelfCheck("expiry", "good", Message(NO_END))]
    left = fresh.signed_in_until - channel.workspace.now()
    params: dict[str, str | int] = {"days": max(left.days, 0)}
    if left <= timedelta(0):
        return [SelfCheck("expiry", "bad", Message(ENDED), Message(RECONNECT))]
    if left <= WARN_AHEAD:
        return [SelfCheck("expiry", "attention", Message(ENDS_SOON, params), Message(RECONNECT))]
    return [SelfCheck("expiry", "good", Message(ENDS, params))]


def _of_network(channel: Channel) -> list[SelfCheck]:
    async def look(connector: Connector, api: Api) -> tuple[SelfCheck, ...]:
        return await connector.self_checks(api) if isinstance(connector, ChecksItself) else ()

    try:
        lines = list(ask(channel, look))
    except BlockedError as error:
        if error.reason != BlockReason.SIGN_IN:
            return [SelfCheck("network", "unknown", error.message, Message(LATER))]
        _block(channel, error)
        return [SelfCheck("sign_in", "bad", error.message, Message(RECONNECT))]
    except NetworkError as error:
        return [SelfCheck("network", "unknown", error.message, Message(LATER))]
    if any(line.subject in PROVEN_BY and line.state == "good" for line in lines):
        services.mend_sign_in(channel)
    return lines


def _news(channel: Channel) -> list[SelfCheck]:
    """Networks call nobody here: what people say is asked for, so nothing has to be reachable for that."""
    network = card(channel.network)
    if Ability.DISCUSS not in network.abilities:
        return []
    return [SelfCheck("webhook", "good", Message(ASKED_IF_WANTED if network.bills_reading else ASKED_FOR))]


@transaction.atomic
def _keep(channel: Channel, lines: list[SelfCheck], by: User | None) -> ChannelTest:
    test = ChannelTest.objects.create(
        channel=channel, by_name=str(by) if by else "", results=[_stored(line) for line in lines]
    )
    old = channel.tests.order_by("-at").values_list("pk", flat=True)[KEPT:]
    ChannelTest.objects.filter(pk__in=list(old)).delete()
    record(
        "channel.tested",
        workspace_id=channel.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="channel",
        subject_id=channel.pk,
        bad=sum(line.state == "bad" for line in lines),
    )
    return test


def _stored(line: SelfCheck) -> dict[str, Any]:
    return {
        "subject": line.subject,
        "state": line.state,
        "message": _note(line.message),
        "cure": _note(line.cure) if line.cure else {},
    }


def _note(message: Message) -> dict[str, Any]:
    return {"sentence": message.sentence, "params": dict(message.params)}


ACCEPTED = N_("The network accepts the sign-in of %(handle)s.")
ACCEPTED_WITH = N_("The network accepts the sign-in of %(handle)s and counts %(followers)s followers.")
NOT_ASKED = N_("Nothing was asked that would prove the sign-in: your next post tells.")
ALL_RIGHTS = N_("No right is missing.")
NOT_ITS_OWN = N_("The sign-in is good, but it no longer opens %(handle)s.")
ROLE = N_("Give the person who signed in their role on that account back, then test again.")
RECONNECT = N_("Reconnect the channel.")
LATER = N_("Test again in a while; nothing has changed for your posts.")
NO_END = N_("The sign-in has no end that the network tells.")
ENDS = N_("The sign-in lasts %(days)s more days.")
ENDS_SOON = N_("The sign-in ends in %(days)s days.")
ENDED = N_("The sign-in has ended.")
ASKED_IF_WANTED = N_(
    "The network bills each comment that is read: it is asked for them when somebody opens them, and by itself "
    "only where that is switched on."
)
ASKED_FOR = N_(
    "The network is asked for what people write; it does not have to reach this installation for that."
)
