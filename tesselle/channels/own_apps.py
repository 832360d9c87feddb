"""Who this installation is at a network: typed in by its operator, or made known to each server."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from tesselle.channels.conversation import ask_as
from tesselle.channels.models import NetworkApp
from tesselle.channels.switches import need_on
from tesselle.connectors.card import SignIn
from tesselle.connectors.oauth2 import OAuth2, account_with
from tesselle.connectors.protocols import Api, Connector, OwnApp
from tesselle.connectors.sandbox.oauth2 import PRACTICE_ID, PRACTICE_SECRET
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.networks import card, cards, plugin
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


def redirect_address() -> str:
    """Where networks send people back to; the same for all, since they compare it sign by sign."""
    return f"{settings.ENVIRONMENT.public_url}{reverse('channels:signed_in')}"


def needing_an_app() -> list[tuple[str, SignIn]]:
    """Every way that works only once the operator has registered an application."""
    return [(one.slug, way) for one in cards() for way in one.sign_ins if way.app == "installation"]


def kept_app(network: str, way: str, server: str = "") -> NetworkApp | None:
    return NetworkApp.objects.filter(network=network, way=way, server=server).first()


def app_for(workspace: Workspace, network: str, way: SignIn, server: str) -> OwnApp:
    """The application to sign in with.

    Raises:
        RuleError: the operator has not registered one yet, or the network is switched off.
        NetworkError: the server takes none; its sentence says why.
    """
    need_on(workspace, network)
    if way.app == "server":
        return _of_server(workspace, network, way, server)
    if workspace.is_practice:
        return OwnApp(PRACTICE_ID, PRACTICE_SECRET, f"https://{plugin(network).sandbox.host}")
    kept = kept_app(network, way.slug)
    if kept is None:
        raise RuleError(Message(_NONE_YET, {"network": card(network).name}))
    return kept.own()


def _of_server(workspace: Workspace, network: str, way: SignIn, server: str) -> OwnApp:
    """Known from before, unless our own address has changed since. Practice worlds keep none."""
    redirect = redirect_address()
    kept = None if workspace.is_practice else kept_app(network, way.slug, server)
    if kept is not None and kept.facts.get("redirect") == redirect:
        return kept.own()

    async def register(connector: Connector, api: Api) -> OwnApp:
        dialect = connector.dialect(way.slug)  # type: ignore[attr-defined]  # the card has the way
        made: OwnApp = await dialect.register(server, redirect, settings.ENVIRONMENT.public_url, api)
        return made

    made = ask_as(workspace, network, account_with({}, server), register)
    if not workspace.is_practice:
        NetworkApp.objects.update_or_create(
            network=network,
            way=way.slug,
            server=server,
            defaults={
                "client_id": made.client_id,
                "sealed_secret": secrets.seal({"secret": made.client_secret}),
                "facts": {"redirect": redirect, "scopes": list(made.scopes)},
            },
        )
    return made


@transaction.atomic
def keep_app(
    *, network: str, way: SignIn, client_id: str, client_secret: str, base: str, by: User
) -> NetworkApp:
    """What the operator typed; an empty secret leaves the one that is kept."""
    before = kept_app(network, way.slug)
    sealed = secrets.seal({"secret": client_secret}) if client_secret else ""
    app, _ = NetworkApp.objects.update_or_create(
        network=network,
        way=way.slug,
        server="",
        defaults={
            "client_id": client_id,
            "sealed_secret": sealed or (before.sealed_secret if before else ""),
            "base": base.rstrip("/"),
        },
    )
    _tell("network_app.changed" if before else "network_app.kept", network, way, by)
    return app


@transaction.atomic
def forget_app(*, network: str, way: SignIn, by: User) -> None:
    """Channels signed in with it keep working as long as the network lets their tokens."""
    NetworkApp.objects.filter(network=network, way=way.slug, server="").delete()
    _tell("network_app.forgotten", network, way, by)


def try_app(network: str, way: SignIn) -> bool:
    """Whether the network knows the application that is kept. A made-up code is offered: it is
    refused either way, but for another reason when id and secret are right.

    Raises:
        NetworkError: the network did not answer, or not so that one can tell.
    """
    kept = kept_app(network, way.slug)
    if kept is None:
        return False
    app = kept.own()

    async def knows(connector: Connector, api: Api) -> bool:
        dialect = connector.dialect(way.slug)  # type: ignore[attr-defined]  # the card has the way
        return await dialect.knows(app, redirect_address(), api) if isinstance(dialect, OAuth2) else False

    return ask_as(None, network, account_with({}, app.base), knows)


def _tell(verb: str, network: str, way: SignIn, by: User) -> None:
    record(verb, actor_id=by.pk, actor_name=str(by), subject_kind="network", network=network, way=way.slug)


_NONE_YET = N_(
    "%(network)s asks every installation of Tesselle to register an application of its own first. Whoever "
    "runs this installation can do that on the page “Network applications”."
)
