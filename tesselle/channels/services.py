"""Connecting, reconnecting, pausing and letting go of channels."""

from collections.abc import Mapping

from asgiref.sync import async_to_sync
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tesselle.channels.models import Channel
from tesselle.channels.signals import channel_changed
from tesselle.connectors.api import MemorySession, NetworkApi
from tesselle.connectors.protocols import Account, Identity
from tesselle.connectors.registry import World, conversation
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.networks import plugin
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


async def _identify(network: str, world: World, answers: Mapping[str, str]) -> Identity:
    connector = plugin(network).connector
    server = answers.get("server", "").rstrip("/")
    async with conversation(world) as transport:
        api = NetworkApi(
            connector=connector,
            account=Account(kind="", remote_id="", handle="", server=server, credentials=dict(answers)),
            transport=transport,
            now=timezone.now(),
            session=MemorySession({}),
        )
        return await connector.identify(answers, api)


def try_connection(*, workspace: Workspace, network: str, answers: Mapping[str, str]) -> Identity:
    """Ask the network who these answers are; posts nothing, keeps nothing.

    Raises:
        NetworkError: its sentence says what is wrong and what to do.
    """
    return async_to_sync(_identify)(network, workspace.world, answers)


@transaction.atomic
def connect(
    *, workspace: Workspace, network: str, identity: Identity, by: User | None, channel: Channel | None = None
) -> Channel:
    """Keep a connection that was tried. With `channel`, a reconnection: it must be the same account.

    Raises:
        RuleError: the account lacks a right, or another account answered; nothing is changed.
    """
    account = identity.account
    if identity.missing:
        raise RuleError(identity.missing[0])
    if channel is not None and (channel.remote_id, channel.server) != (account.remote_id, account.server):
        names = {"new": account.handle, "old": channel.handle}
        raise RuleError(Message(_ANOTHER_ACCOUNT, names))
    kept, created = Channel.objects.update_or_create(
        workspace=workspace,
        network=network,
        server=account.server,
        remote_id=account.remote_id,
        defaults={
            "kind": account.kind,
            "handle": account.handle,
            "display_name": identity.display_name,
            "profile_url": identity.profile_url,
            "facts": dict(account.facts),
            "sealed_credentials": secrets.seal(account.credentials),
            "sealed_session": "",
            "blocked_reason": "",
            "blocked_note": {},
            "removed_at": None,
        },
    )
    Channel.objects.filter(pk=kept.pk).update(version=F("version") + 1)
    kept.refresh_from_db()
    _tell("channel.connected" if created else "channel.reconnected", kept, by)
    return kept


@transaction.atomic
def pause(channel: Channel, *, by: User | None) -> None:
    """Nothing goes out on this channel until `resume`."""
    Channel.objects.filter(pk=channel.pk, paused_at=None).update(
        paused_at=timezone.now(), version=F("version") + 1
    )
    _tell("channel.paused", channel, by)


@transaction.atomic
def resume(channel: Channel, *, by: User | None) -> None:
    Channel.objects.filter(pk=channel.pk).update(paused_at=None, version=F("version") + 1)
    _tell("channel.resumed", channel, by)


@transaction.atomic
def disconnect(channel: Channel, *, by: User | None) -> None:
    """Forget the credentials; what went out stays in calendar and figures."""
    Channel.objects.filter(pk=channel.pk).update(
        removed_at=timezone.now(), sealed_credentials="", sealed_session="", version=F("version") + 1
    )
    _tell("channel.disconnected", channel, by)


@transaction.atomic
def change_settings(channel: Channel, *, fresh_minutes: int, needs_approval: bool, by: User | None) -> None:
    Channel.objects.filter(pk=channel.pk).update(
        fresh_minutes=fresh_minutes, needs_approval=needs_approval, version=F("version") + 1
    )
    _tell("channel.settings_changed", channel, by)


def _tell(verb: str, channel: Channel, by: User | None) -> None:
    record(
        verb,
        workspace_id=channel.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="channel",
        subject_id=channel.pk,
        network=channel.network,
        handle=channel.handle,
    )
    channel_changed.send(sender=Channel, channel=channel, verb=verb)


_ANOTHER_ACCOUNT = N_(
    "%(new)s answered, but this channel is %(old)s. Sign in as %(old)s, or connect %(new)s as a new channel."
)
