"""Being sent to a network's page and coming back: once, within ten minutes, in the same session."""

import hashlib
import secrets as random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from tesselle.channels import own_apps
from tesselle.channels.conversation import ask_as
from tesselle.channels.models import Channel, SignInUnderWay
from tesselle.connectors.card import SignIn
from tesselle.connectors.oauth2 import account_with
from tesselle.connectors.protocols import Api, Connector, Dialect, Identity, OwnApp
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.networks import plugin
from tesselle.vault import secrets
from tesselle.workspaces.models import Member, Workspace

LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class CameBack:
    """Whose sign-in this was, and what it is worth. `channel_id`: the one to reconnect, else 0."""

    network: str
    way: str
    server: str
    credentials: Mapping[str, str]
    channel_id: int


def dialect_of(network: str, way: str) -> Dialect:
    dialect: Dialect = plugin(network).connector.dialect(way)  # type: ignore[attr-defined]  # it has ways
    return dialect


def send_off(
    *,
    member: Member,
    session_key: str,
    network: str,
    way: SignIn,
    answers: Mapping[str, str],
    channel: Channel | None = None,
) -> str:
    """The address of the network's page for this person, this session and this workspace.

    Raises:
        RuleError: no application is registered yet.
        NetworkError: the server is none, or does not answer.
    """
    dialect = dialect_of(network, way.slug)
    server = dialect.server_of(answers)
    app = own_apps.app_for(member.workspace, network, way, server)
    state, verifier = random.token_urlsafe(24), random.token_urlsafe(48)
    SignInUnderWay.objects.filter(until__lt=timezone.now()).delete()
    SignInUnderWay.objects.create(
        state_digest=_digest(state),
        session_digest=_digest(session_key),
        user_id=member.user_id,
        workspace_id=member.workspace_id,
        network=network,
        way=way.slug,
        channel_id=channel.pk if channel else None,
        sealed=secrets.seal(
            {
                "verifier": verifier,
                "client_id": app.client_id,
                "client_secret": app.client_secret,
                "base": app.base,
                "scopes": " ".join(app.scopes),
                "redirect": own_apps.redirect_address(),
            }
        ),
        until=timezone.now() + LASTS,
    )
    return dialect.address(app, own_apps.redirect_address(), state, verifier)


def take(*, member: Member, session_key: str, state: str) -> SignInUnderWay:
    """The sign-in that an answer belongs to; nobody can take it a second time.

    Raises:
        RuleError: none, too late, of another session or another workspace.
    """
    found = SignInUnderWay.objects.filter(state_digest=_digest(state)).first()
    taken = bool(found) and SignInUnderWay.objects.filter(state_digest=_digest(state)).delete()[0]
    if found is None or not taken:
        raise RuleError(_NOT_OURS)
    is_same = random.compare_digest(found.session_digest, _digest(session_key))
    if not is_same or (found.user_id, found.workspace_id) != (member.user_id, member.workspace_id):
        raise RuleError(_OTHER_SESSION)
    if found.until < timezone.now():
        raise RuleError(_TOO_LATE)
    return found


def come_back(workspace: Workspace, under_way: SignInUnderWay, returned: Mapping[str, str]) -> CameBack:
    """What the answer is worth.

    Raises:
        NetworkError: the person said no, or the network refuses the code.
    """
    kept = secrets.unseal(under_way.sealed)
    scopes = tuple(kept["scopes"].split())
    app = OwnApp(kept["client_id"], kept["client_secret"], kept["base"], scopes)

    async def exchange(connector: Connector, api: Api) -> Mapping[str, str]:
        dialect = dialect_of(under_way.network, under_way.way)
        return await dialect.exchange(app, kept["redirect"], returned, kept["verifier"], api)

    empty = account_with({}, app.base)
    credentials = ask_as(workspace, under_way.network, empty, exchange)
    return CameBack(under_way.network, under_way.way, app.base, dict(credentials), under_way.channel_id or 0)


def accounts_of(
    workspace: Workspace, network: str, way: str, server: str, credentials: Mapping[str, str]
) -> tuple[Identity, ...]:
    """Every account that the sign-in opens.

    Raises:
        NetworkError: its sentence says what is wrong.
    """

    async def accounts(connector: Connector, api: Api) -> tuple[Identity, ...]:
        found: tuple[Identity, ...] = await connector.accounts(way, api)  # type: ignore[attr-defined]
        return found

    return ask_as(workspace, network, account_with(credentials, server), accounts)


def reaches_us(host: str) -> bool:
    """Whether who works at this host comes back to the same session from a network's page."""
    return settings.ENVIRONMENT.public_url.partition("://")[2].partition("/")[0] == host


def _digest(secret: str) -> str:
    # Drawn at random, long enough: a plain hash is enough.
    return hashlib.sha256(secret.encode()).hexdigest()


_NOT_OURS = N_(
    "This answer belongs to no sign-in that is under way: it was used before, or never begun here. Nothing "
    "was connected. Begin again."
)
_OTHER_SESSION = N_(
    "This sign-in was begun by somebody else or in another browser. Nothing was connected. Begin again here."
)
_TOO_LATE = N_("More than ten minutes have passed since you left. Nothing was connected. Begin again.")
