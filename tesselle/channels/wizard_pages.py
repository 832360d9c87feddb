"""What the wizard's templates read."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy

from tesselle.channels.forms import ConnectForm
from tesselle.channels.models import Channel
from tesselle.channels.own_apps import kept_app
from tesselle.channels.pages import kind_name, limits_in_words, network_name
from tesselle.channels.sign_in_life import Life, life_of
from tesselle.connectors.card import Network, SignIn
from tesselle.connectors.protocols import Identity
from tesselle.networks import plugin
from tesselle.web.sentences import say
from tesselle.workspaces.access import is_operator
from tesselle.workspaces.models import Member


class Step(IntEnum):
    CHOOSE = 1
    PREPARE = 2
    SIGN_IN = 3
    LOOK = 4
    DONE = 5


_NAMES: dict[Step, Promise] = {
    Step.CHOOSE: pgettext_lazy("wizard step", "Network"),
    Step.PREPARE: pgettext_lazy("wizard step", "What you need"),
    Step.SIGN_IN: pgettext_lazy("wizard step", "Sign in"),
    Step.LOOK: pgettext_lazy("wizard step", "Account found"),
    Step.DONE: pgettext_lazy("wizard step", "Done"),
}


@dataclass(frozen=True, slots=True)
class StepShown:
    number: int
    name: str | Promise
    is_current: bool
    is_done: bool


def steps(current: Step) -> tuple[StepShown, ...]:
    return tuple(StepShown(step, name, step == current, step < current) for step, name in _NAMES.items())


@dataclass(frozen=True, slots=True)
class WayShown:
    """A way to sign in. `needs_app`: the operator has to register an application first."""

    slug: str
    label: str
    kinds: tuple[str, ...]
    form: ConnectForm
    needs_app: bool
    may_register: bool
    lasts_days: int | None
    chooses: bool


def ways_of(
    request: HttpRequest,
    member: Member,
    network: Network,
    channel: Channel | None,
    tried: str = "",
    tried_form: ConnectForm | None = None,
) -> tuple[WayShown, ...]:
    """`tried_form`: the form of the way `tried`, with what was wrong about it."""
    fitting = [
        way
        for way in network.sign_ins
        if channel is None or not way.account_kinds or channel.kind in way.account_kinds
    ]
    initial = {"server": channel.server} if channel else {}
    return tuple(
        WayShown(
            slug=way.slug,
            label=gettext(way.label),
            kinds=tuple(kind_name(network.slug, kind) for kind in way.account_kinds),
            form=tried_form
            if tried_form is not None and way.slug == tried
            else ConnectForm(way.asks, None, initial=initial, prefix=way.slug),
            needs_app=_needs_app(member, network, way),
            may_register=is_operator(request.user),
            lasts_days=way.lasts_days,
            chooses=way.chooses,
        )
        for way in fitting
    )


def _needs_app(member: Member, network: Network, way: SignIn) -> bool:
    if way.app == "server" or member.workspace.is_practice:
        return False
    return kept_app(network.slug, way.slug) is None


@dataclass(frozen=True, slots=True)
class Leaving:
    """`address` is the network's page; `place` its server, to be recognised by the person."""

    address: str
    place: str


def leaving(address: str) -> Leaving:
    return Leaving(address, urlsplit(address).netloc)


@dataclass(frozen=True, slots=True)
class Found:
    """An account that answered. `key` names it in the form; `life`: how long the sign-in lasts."""

    key: str
    identity: Identity
    network: str
    network_name: str
    kind: str
    name: str
    handle: str
    server: str
    profile_url: str
    missing: tuple[str, ...]
    limits: tuple[str, ...]
    life: str
    is_connected: bool
    is_other: bool


def found_accounts(
    network: str, identities: Sequence[Identity], channel: Channel | None, known: Iterable[Channel]
) -> tuple[Found, ...]:
    """`is_other`: not the account that is to be reconnected."""
    there = {(one.network, one.server, one.remote_id) for one in known}
    return tuple(_found(network, identity, channel, there) for identity in identities)


def _found(
    network: str, identity: Identity, channel: Channel | None, there: set[tuple[str, str, str]]
) -> Found:
    account = identity.account
    own = (account.server, account.remote_id)
    limits = plugin(network).connector.limits(account)
    return Found(
        key=hashlib.sha256("\n".join(own).encode()).hexdigest()[:16],
        identity=identity,
        network=network,
        network_name=network_name(network),
        kind=kind_name(network, account.kind),
        name=identity.display_name or account.handle,
        handle=account.handle,
        server=account.server,
        profile_url=identity.profile_url if identity.profile_url.startswith("https://") else "",
        missing=tuple(say(message) for message in identity.missing),
        limits=limits_in_words(limits),
        life=life_in_words(life_of(account.credentials, network, timezone.now())),
        is_connected=(network, *own) in there,
        is_other=channel is not None and (channel.server, channel.remote_id) != own,
    )


def life_in_words(life: Life) -> str:
    """What a person has to know about the end of a sign-in."""
    if life.until is None:
        return gettext("It stays signed in until somebody withdraws it on the network.")
    day = date_format(timezone.localtime(life.until), "DATE_FORMAT")
    return gettext("Sign in again by %(day)s at the latest; you will be reminded a week ahead.") % {
        "day": day
    }
