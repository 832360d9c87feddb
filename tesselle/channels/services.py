"""Connecting, reconnecting, pausing and letting go of channels."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tesselle.channels.conversation import ask_as
from tesselle.channels.models import Channel
from tesselle.channels.sign_in_life import life_of
from tesselle.channels.signals import channel_changed
from tesselle.channels.switches import need_on
from tesselle.connectors.oauth2 import account_with
from tesselle.connectors.protocols import Api, Connector, Identity
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.domain.verdicts import BlockReason
from tesselle.journal.services import record
from tesselle.vault import secrets
from tesselle.workspaces.models import User, Workspace


def try_connection(*, workspace: Workspace, network: str, answers: Mapping[str, str]) -> Identity:
    """Ask the network who these answers are; posts nothing, keeps nothing.

    Raises:
        NetworkError: its sentence says what is wrong and what to do.
    """

    async def identify(connector: Connector, api: Api) -> Identity:
        return await connector.identify(answers, api)

    typed = account_with(answers, answers.get("server", "").rstrip("/"))
    return ask_as(workspace, network, typed, identify)


@transaction.atomic
def connect(
    *, workspace: Workspace, network: str, identity: Identity, by: User | None, channel: Channel | None = None
) -> Channel:
    """Keep a connection that was tried. With `channel`, a reconnection: it must be the same account.

    Raises:
        RuleError: the account lacks a right, another account answered, or the network is switched off;
            nothing is changed.
    """
    need_on(workspace, network)
    account = identity.account
    if identity.missing:
        raise RuleError(identity.missing[0])
    if channel is not None and (channel.remote_id, channel.server) != (account.remote_id, account.server):
        names = {"new": account.handle, "old": channel.handle}
        raise RuleError(Message(_ANOTHER_ACCOUNT, names))
    now = workspace.now()
    life = life_of(account.credentials, network, now)
    told = {
        "kind": account.kind,
        "handle": account.handle,
        "display_name": identity.display_name,
        "profile_url": identity.profile_url,
        "facts": dict(account.facts),
        "sealed_credentials": secrets.seal(account.credentials),
        "sealed_session": "",
        "way": account.credentials.get("way", ""),
        "app": account.credentials.get("client_id", ""),
        "renew_at": life.renew_at,
        "renew_failures": 0,
        "renew_note": {},
        "signed_in_until": life.until,
        "blocked_reason": "",
        "blocked_note": {},
        "removed_at": None,
    }
    kept, created = Channel.objects.update_or_create(
        workspace=workspace,
        network=network,
        server=account.server,
        remote_id=account.remote_id,
        defaults=told,
        create_defaults=told | {"connected_at": now},
    )
    Channel.objects.filter(pk=kept.pk).update(version=F("version") + 1)
    kept.refresh_from_db()
    _tell("channel.connected" if created else "channel.reconnected", kept, by)
    return kept


@transaction.atomic
def connect_all(
    *,
    workspace: Workspace,
    network: str,
    identities: Sequence[Identity],
    by: User | None,
    channel: Channel | None = None,
) -> list[Channel]:
    """Keep all of them or, when one of them does not do, none.

    Raises:
        RuleError: none was chosen; else as `connect`.
    """
    if not identities:
        raise RuleError(_NONE_CHOSEN)
    return [
        connect(workspace=workspace, network=network, identity=identity, by=by, channel=channel)
        for identity in identities
    ]


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
    """Nothing leaves there any more; what went out stays in calendar and figures. The credentials
    are forgotten once the time to think again is over."""
    Channel.objects.filter(pk=channel.pk).update(removed_at=timezone.now(), version=F("version") + 1)
    _tell("channel.disconnected", channel, by)


@transaction.atomic
def take_back(channel: Channel, *, by: User | None) -> None:
    """Undo a disconnection.

    Raises:
        RuleError: the credentials are forgotten already.
    """
    there = Channel.objects.filter(pk=channel.pk).exclude(removed_at=None).exclude(sealed_credentials="")
    if not there.update(removed_at=None, version=F("version") + 1):
        raise RuleError(_FORGOTTEN)
    _tell("channel.taken_back", channel, by)


@transaction.atomic
def block(channel: Channel, *, reason: str, message: Message) -> None:
    """The network no longer lets us in: said on every page, until somebody mends it."""
    note = {"sentence": message.sentence, "params": dict(message.params)}
    stopped = Channel.objects.filter(pk=channel.pk, version=channel.version, blocked_reason="").update(
        blocked_reason=reason, blocked_note=note, version=F("version") + 1
    )
    if stopped:
        _tell("channel.blocked", channel, None)


@transaction.atomic
def mend_sign_in(channel: Channel) -> None:
    """The network lets us in after all: a block for the sign-in is over."""
    mended = Channel.objects.filter(pk=channel.pk, blocked_reason=BlockReason.SIGN_IN).update(
        blocked_reason="", blocked_note={}, version=F("version") + 1
    )
    if mended:
        _tell("channel.unblocked", channel, None)


@transaction.atomic
def change_settings(
    channel: Channel,
    *,
    fresh_minutes: int,
    needs_approval: bool,
    month_budget: Decimal | None = None,
    by: User | None,
) -> None:
    Channel.objects.filter(pk=channel.pk).update(
        fresh_minutes=fresh_minutes,
        needs_approval=needs_approval,
        month_budget=month_budget,
        version=F("version") + 1,
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


_FORGOTTEN = N_("Its credentials are forgotten already. Connect the account anew.")
_NONE_CHOSEN = N_("Choose at least one account.")
_ANOTHER_ACCOUNT = N_(
    "%(new)s answered, but this channel is %(old)s. Sign in as %(old)s, or connect %(new)s as a new channel."
)
