"""Switching a bad day on and off."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest

from tesselle.channels.models import Channel
from tesselle.channels.services import connect
from tesselle.connectors.protocols import Identity
from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_
from tesselle.journal.services import record
from tesselle.networks import card
from tesselle.sandbox.models import BadDay
from tesselle.workspaces.models import User, Workspace


def going_on(workspace: Workspace) -> QuerySet[BadDay]:
    """What goes wrong now, on the workspace's clock."""
    now = workspace.now()
    return (
        BadDay.objects.filter(workspace=workspace, begins_at__lte=now)
        .filter(Q(ends_at=None) | Q(ends_at__gt=now))
        .order_by("network", "kind")
    )


def begin(*, workspace: Workspace, network: str, kind: BadDay.Kind, by: User) -> BadDay:
    """From now on, until somebody ends it.

    Raises:
        RuleError: not a practice workspace, no account there, or it goes wrong already.
    """
    if not workspace.is_practice:
        raise RuleError(N_("Only simulated networks can have a bad day."))
    if not Channel.objects.filter(workspace=workspace, network=network, removed_at=None).exists():
        raise RuleError(N_("This workspace has no account on that network. Connect one first."))
    try:
        with transaction.atomic():
            bad = BadDay.objects.create(
                workspace=workspace, network=network, kind=kind, begins_at=workspace.now(), asked_by=by
            )
            _record(f"practice.{kind}_begun", bad, by)
    except IntegrityError as error:
        raise RuleError(N_("That is switched on already.")) from error
    return bad


def schedule(
    workspace: Workspace, *, network: str, kind: BadDay.Kind, begins_at: datetime, ends_at: datetime | None
) -> BadDay:
    """One that a scenario holds ready."""
    return BadDay.objects.create(
        workspace=workspace, network=network, kind=kind, begins_at=begins_at, ends_at=ends_at
    )


@transaction.atomic
def end(bad: BadDay, *, by: User | None) -> None:
    """It is over now; what it did is not undone."""
    now = bad.workspace.now()
    open_still = BadDay.objects.filter(pk=bad.pk).filter(Q(ends_at=None) | Q(ends_at__gt=now))
    if open_still.update(ends_at=Greatest("begins_at", now)):
        _record("practice.bad_day_ended", bad, by)


def signed_in_anew(*, channel: Channel, verb: str, **_more: object) -> None:
    """Whoever signs in again has a token that is good: an expired one is over."""
    if verb not in ("channel.connected", "channel.reconnected") or not channel.workspace.is_practice:
        return
    for bad in going_on(channel.workspace).filter(network=channel.network, kind=BadDay.Kind.EXPIRED):
        end(bad, by=None)


def take_new_token(*, channel: Channel, by: User) -> Channel:
    """What signing in again gives, where the account is simulated and nobody knows its password.

    Raises:
        RuleError: not a practice workspace.
    """
    if not channel.workspace.is_practice:
        raise RuleError(N_("Simulated accounts exist in practice workspaces only."))
    identity = Identity(channel.account(), display_name=channel.display_name, profile_url=channel.profile_url)
    return connect(
        workspace=channel.workspace, network=channel.network, identity=identity, by=by, channel=channel
    )


def _record(verb: str, bad: BadDay, by: User | None) -> None:
    record(
        verb,
        workspace_id=bad.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="workspace",
        subject_id=bad.workspace_id,
        network=card(bad.network).name,
    )
