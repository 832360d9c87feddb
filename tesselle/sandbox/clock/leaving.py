"""Who stopped following while the clock was moved, because a complaint had no answer: as it really is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.connectors.registry import World
from tesselle.sandbox.models import ClockRun
from tesselle.sandbox.practice import practice_world


@dataclass(frozen=True, slots=True)
class Leaving:
    """`followers`: so many left meanwhile. `complaints`: so many wait for longer than a day when it is over."""

    followers: int = 0
    complaints: int = 0


def leaving(run: ClockRun) -> Leaving:
    channels = list(Channel.objects.filter(workspace=run.workspace, removed_at=None))
    return async_to_sync(partial(_read, run.workspace.world, channels, run.began_at, run.reached))()


async def _read(world: World, channels: Sequence[Channel], since: datetime, until: datetime) -> Leaving:
    practice = practice_world(world)
    await practice.look_at_clock()
    followers = complaints = 0
    for channel in channels:
        network, audience = practice.network(channel.network), practice.audience(channel.network)
        account, record = await network.account(channel.remote_id), await network.record_of(channel.remote_id)
        if account is not None and record is not None:
            left = [audience.left(account.order, at, record) for at in (since, until)]
            followers += max(left[1] - left[0], 0)
            complaints += audience.waiting(account.order, until, record)
    return Leaving(followers, complaints)
