"""Months of a practice company in seconds: what `rehearsal` lives through by the worker, one event after the
other, would take minutes here.

The connectors put each post on its simulated network, with the workspace's clock at that instant, its public
says what it did with it at the fixed ages, and the rows are written as the worker would have left them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.utils import timezone

from tesselle.channels.conversation import StoredSession
from tesselle.channels.models import Channel
from tesselle.compose.models import Post, Revision, Variant
from tesselle.compose.services import name_from
from tesselle.connectors.api import NetworkApi
from tesselle.connectors.http.exchange import Transport
from tesselle.connectors.protocols import Account, StepCall
from tesselle.connectors.registry import conversation
from tesselle.domain.content import Content
from tesselle.domain.indicators import AGES
from tesselle.domain.verdicts import Accepted, Remote
from tesselle.journal.models import Entry
from tesselle.ledger.models import Attempt, Delivery, Step
from tesselle.ledger.services.planning import fingerprint
from tesselle.library.files import LibraryFiles
from tesselle.measure.models import ChannelDay, Series, Snapshot
from tesselle.measure.rollups import rebuild, told_of_posts
from tesselle.networks import plugin
from tesselle.sandbox.practice import practice_world
from tesselle.strategy.models import Pillar
from tesselle.workspaces.models import User, Workspace

READ_AFTER = timedelta(minutes=30)
ANSWERED_AFTER = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Written:
    """An idea, and what each channel was given of it."""

    at: datetime
    pillar: Pillar | None
    shared: Content
    forms: tuple[tuple[Channel, Content], ...]


@dataclass(slots=True)
class Sent:
    """One form of an idea on its network. `steps`: kind, key and what it became, of each."""

    written: Written
    channel: Channel
    content: Content
    account: Account
    steps: list[tuple[str, str, Remote]] = field(default_factory=list)
    read: list[tuple[datetime, dict[str, int]]] = field(default_factory=list)
    followers: int | None = None


def fill_in(workspace: Workspace, ideas: Sequence[Written], person: User) -> int:
    """Ideas in order, all of the past; how many deliveries became of them. The clock is left where it was."""
    before = workspace.clock_shift
    sent = [
        Sent(idea, channel, content, channel.account()) for idea in ideas for channel, content in idea.forms
    ]
    try:
        async_to_sync(_Life(workspace).run)(sent)
    finally:
        Workspace.objects.filter(pk=workspace.pk).update(clock_shift=before)
    _keep(workspace, sent, person)
    return len(sent)


class _Life:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._files = LibraryFiles(Path(settings.MEDIA_ROOT))

    async def run(self, sent: Sequence[Sent]) -> None:
        async with conversation(self._workspace.world) as transport:
            for one in sorted(sent, key=lambda one: one.written.at):
                await self._be_at(one.written.at)
                await self._publish(one, transport)
            for channel in {one.channel.pk: one.channel for one in sent}.values():
                await self._read(channel, [one for one in sent if one.channel == channel])

    async def _be_at(self, instant: datetime) -> None:
        mine = Workspace.objects.filter(pk=self._workspace.pk)
        await sync_to_async(mine.update)(clock_shift=instant - timezone.now())

    async def _publish(self, one: Sent, transport: Transport) -> None:
        connector, at = plugin(one.channel.network).connector, one.written.at
        api = NetworkApi(
            connector=connector,
            account=one.account,
            transport=transport,
            now=at,
            session=StoredSession(one.channel.pk, one.channel.network, at),
            files=self._files,
        )
        for position, kind in enumerate(connector.steps("post", one.content, one.account)):
            key = uuid4().hex
            earlier = tuple(remote for _, _, remote in one.steps)
            call = StepCall(one.account, kind, position, one.content, key, at, earlier, untried=True)
            call = replace(call, frozen=dict(await connector.prepare(call, api)))
            exchange = await transport.exchange(connector.request(call, await api.session()))
            verdict = connector.read(call, exchange.response, at) if exchange.response else None
            if not isinstance(verdict, Accepted):
                raise RuntimeError(f"{one.channel.network} did not take a post: {verdict or exchange.cause}")
            one.steps.append((kind, key, verdict.remote))

    async def _read(self, channel: Channel, sent: Sequence[Sent]) -> None:
        """What the public did with each until each fixed age: what the network would have told then."""
        world = practice_world(self._workspace.world)
        network, public = world.network(channel.network), world.audience(channel.network)
        posts = [post for post in await network.posts() if post.record]
        posts.sort(key=lambda post: post.record["number"])
        account = await network.account(posts[0].account_id)
        if account is None:
            raise RuntimeError(f"{channel.network} does not know its own account.")
        record = await network.record_of(account.id)
        told, now = {str(metric) for metric in told_of_posts(channel.network)}, timezone.now()
        for one, post in zip(sorted(sent, key=lambda one: one.written.at), posts, strict=True):
            one.followers = public.followers(account, one.written.at, record)
            for age in AGES:
                at = one.written.at + timedelta(days=age) + READ_AFTER
                if at < now:
                    figures = public(post, at, record).figures
                    one.read.append((at, {name: figures[name] for name in figures if name in told}))


def _keep(workspace: Workspace, sent: Sequence[Sent], person: User) -> None:
    posts = _posts(workspace, sent, person)
    deliveries = _deliveries(workspace, sent, posts, person)
    _steps(sent, deliveries)
    _journal(sent, deliveries, person)
    _figures(sent, deliveries)


def _posts(workspace: Workspace, sent: Sequence[Sent], person: User) -> dict[int, tuple[Post, Revision]]:
    """By the identity of the idea."""
    ideas = {id(one.written): one.written for one in sent}
    posts = Post.objects.bulk_create(
        Post(
            workspace=workspace,
            created_by=person,
            created_at=_planned(idea),
            pillar=idea.pillar,
            name=name_from(idea.shared.title or idea.shared.text),
        )
        for idea in ideas.values()
    )
    revisions = Revision.objects.bulk_create(
        Revision(post=post, number=1, shared=idea.shared.to_json(), author=person, created_at=_planned(idea))
        for post, idea in zip(posts, ideas.values(), strict=True)
    )
    for post, revision in zip(posts, revisions, strict=True):
        post.current = revision
    Post.objects.bulk_update(posts, ["current"])
    return dict(zip(ideas, zip(posts, revisions, strict=True), strict=True))


def _planned(idea: Written) -> datetime:
    return idea.at - timedelta(days=2)


def _deliveries(
    workspace: Workspace, sent: Sequence[Sent], posts: dict[int, tuple[Post, Revision]], person: User
) -> list[Delivery]:
    variants = Variant.objects.bulk_create(
        Variant(
            revision=posts[id(one.written)][1],
            channel=one.channel,
            body=one.content.to_json(),
            tailored=one.content.text != one.written.shared.text,
        )
        for one in sent
    )
    return Delivery.objects.bulk_create(
        Delivery(
            workspace=workspace,
            channel=one.channel,
            post=posts[id(one.written)][0],
            variant=variant,
            state="live",
            local_at=f"{one.written.at.astimezone(workspace.tz):%Y-%m-%dT%H:%M}",
            zone=workspace.zone,
            due_at=one.written.at,
            fingerprint=fingerprint(one.content),
            remote=one.steps[0][2].to_json(),
            accepted_at=one.written.at + ANSWERED_AFTER,
            live_at=one.written.at + ANSWERED_AFTER,
            created_by=person,
            created_at=_planned(one.written),
            changed_at=one.written.at + ANSWERED_AFTER,
        )
        for one, variant in zip(sent, variants, strict=True)
    )


def _steps(sent: Sequence[Sent], deliveries: Sequence[Delivery]) -> None:
    steps = Step.objects.bulk_create(
        Step(
            delivery=delivery,
            channel=one.channel,
            position=position,
            kind=kind,
            key=key,
            instant=one.written.at,
            remote=remote.to_json(),
            remote_id=remote.id,
        )
        for one, delivery in zip(sent, deliveries, strict=True)
        for position, (kind, key, remote) in enumerate(one.steps)
    )
    Attempt.objects.bulk_create(
        Attempt(
            step=step,
            delivery=step.delivery,
            channel=step.channel,
            number=1,
            state="accepted",
            prepared_at=step.instant,
            started_at=step.instant,
            deadline_at=step.instant + timedelta(seconds=30),
            ended_at=step.instant + ANSWERED_AFTER,
            verdict="accepted",
        )
        for step in steps
    )


def _journal(sent: Sequence[Sent], deliveries: Sequence[Delivery], person: User) -> None:
    def entry(verb: str, at: datetime, delivery: Delivery, **more: object) -> Entry:
        return Entry(
            verb=verb,
            at=at,
            workspace_id=delivery.workspace_id,
            subject_kind="delivery",
            subject_id=delivery.pk,
            **more,
        )

    entries = []
    for delivery in deliveries:
        at = {"at": f"{delivery.local_at.replace('T', ' ')} ({delivery.zone})"}
        who = {"actor_id": person.pk, "actor_name": str(person), "params": at}
        entries += [
            entry("delivery.planned_for", delivery.created_at, delivery, **who),
            entry("delivery.live", delivery.due_at + ANSWERED_AFTER, delivery),
        ]
    Entry.objects.bulk_create(entries)


def _next_reading(one: Sent) -> datetime | None:
    at = one.written.at + timedelta(days=AGES[-1])
    return at if len(one.read) < len(AGES) else None


def _figures(sent: Sequence[Sent], deliveries: Sequence[Delivery]) -> None:
    pairs = list(zip(sent, deliveries, strict=True))
    series = Series.objects.bulk_create(
        Series(
            channel=one.channel,
            delivery=delivery,
            remote=delivery.remote,
            published_at=one.written.at + ANSWERED_AFTER,
            next_at=_next_reading(one),
            latest=one.read[-1][1] if one.read else {},
            latest_at=one.read[-1][0] if one.read else None,
            followers=one.followers,
        )
        for one, delivery in pairs
    )
    Snapshot.objects.bulk_create(
        Snapshot(series=row, at=at, values=values)
        for row, (one, _) in zip(series, pairs, strict=True)
        for at, values in one.read
    )
    days = {
        (one.channel.pk, one.written.at.astimezone(delivery.workspace.tz).date()): one.followers
        for one, delivery in pairs
        if one.followers is not None
    }
    ChannelDay.objects.bulk_create(
        ChannelDay(channel_id=channel, day=day, followers=count) for (channel, day), count in days.items()
    )
    rebuild()
