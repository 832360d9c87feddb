"""What really happened in a scenario, read from the simulated networks themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.connectors.registry import World
from tesselle.domain.attention import attention_of
from tesselle.domain.limits import Limits
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import plugin
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.practice import PracticeWorld, practice_world
from tesselle.sandbox.scenarios.answering import Answered, answered_on
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.simulation.audience import Audience
from tesselle.simulation.best import MINUTES, Place, expected_by, minutes_of
from tesselle.simulation.hearing import counted_because_answered
from tesselle.simulation.network import SimAccount, SimPost
from tesselle.simulation.record import Record
from tesselle.simulation.truth import Composition
from tesselle.workspaces.models import Workspace

OPEN_STATES = ("missed", "blocked", "refused", "unknown", "partial")
RIVAL_TABLE, RIVAL_KEY = "scenario", "rival"


@dataclass(frozen=True, slots=True)
class OwnPost:
    """`interactions` at the scenario's now, `by_answers` of them comments that came because somebody was answered;
    `expected`: by its end, luck at its mean, these apart."""

    channel_id: int
    at: datetime
    made: Composition
    interactions: int
    by_answers: int
    expected: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Rates are interactions for each post and thousand followers; None: no posts, or nobody to compare with.
    `heard`: what people wrote, by channel and kind. `left`: how many followers left over complaints without an
    answer."""

    posts: tuple[OwnPost, ...]
    heard: Mapping[tuple[int, Discussed], Answered]
    left_behind: int
    twice: int
    rate: float | None
    rival_rate: float | None
    left: int

    @property
    def wanting(self) -> int:
        """Of all kinds: what wants an answer, its day over or answered."""
        return sum(one.wanting for one in self.heard.values())

    @property
    def answered(self) -> int:
        """Within their day."""
        return sum(one.in_time for one in self.heard.values())

    @property
    def interactions(self) -> int:
        return sum(post.interactions for post in self.posts)

    @property
    def by_answers(self) -> int:
        """Comments that came because somebody was answered."""
        return sum(post.by_answers for post in self.posts)

    @property
    def complaints(self) -> int:
        """Without an answer for more than a day."""
        return sum(one.complaints for one in self.heard.values())


def facts_of(run: ScenarioRun) -> Facts:
    workspace = run.workspace
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None).order_by("pk"))
    read = async_to_sync(partial(_read, workspace.world, channels, run, min(workspace.now(), run.ends_at)))()
    deliveries = Delivery.objects.filter(workspace=workspace, purpose=Purpose.POST)
    out = deliveries.filter(accepted_at__isnull=False).count()
    return Facts(
        posts=read.posts,
        heard=read.heard,
        left_behind=deliveries.filter(state__in=OPEN_STATES).count(),
        twice=max(0, read.stored - out),
        rate=read.rate,
        rival_rate=read.rival_rate,
        left=read.left,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    posts: tuple[OwnPost, ...]
    stored: int
    heard: Mapping[tuple[int, Discussed], Answered]
    rate: float | None
    rival_rate: float | None
    left: int


async def _read(world: World, channels: Sequence[Channel], run: ScenarioRun, now: datetime) -> _Read:
    practice = practice_world(world)
    await practice.look_at_clock()
    posts: list[OwnPost] = []
    stored = left = 0
    rates: list[float] = []
    heard: dict[tuple[int, Discussed], Answered] = {}
    for channel in channels:
        place = await place_of(practice, channel)
        mine = await _published(practice, channel.network, channel.remote_id, run.begins_at, now)
        stored += len(mine)
        for kind, counted in (await answered_on(practice, channel, mine, run.begins_at, now)).items():
            heard[channel.pk, kind] = counted
        account, record = (
            await _account(practice, channel),
            await practice.network(channel.network).record_of(channel.remote_id),
        )
        followers = account.followers
        left += place.audience.left(place.order, now, record)
        for post in mine:
            seen = _own(channel, place, post, record, now, run.ends_at)
            posts.append(seen)
            rates.append(1000 * seen.interactions / max(followers, 1))
    rate = sum(rates) / len(rates) if rates else None
    theirs = await _rival_rate(practice, run, now)
    return _Read(tuple(posts), stored, heard, rate, theirs, left)


async def place_of(practice: PracticeWorld, channel: Channel) -> Place:
    account = await _account(practice, channel)
    limits = plugin(channel.network).connector.limits(channel.account())
    return Place(practice.audience(channel.network), account.order, forms_of(channel.network, limits))


async def _account(practice: PracticeWorld, channel: Channel) -> SimAccount:
    account = await practice.network(channel.network).account(channel.remote_id)
    if account is None:
        raise LookupError(f"{channel} is unknown to its simulated network.")
    return account


def forms_of(network: str, limits: Limits) -> tuple[str, ...]:
    """What somebody with words and photos can post there."""
    needs_media = limits.needs == ("media",)
    return tuple(
        form
        for form in attention_of(network).formats
        if form in MINUTES
        and form != "link"
        and not (form == "text" and needs_media)
        and not (form == "carousel" and limits.max_images < 2)
    )


async def _published(
    practice: PracticeWorld, slug: str, account_id: str, since: datetime, now: datetime
) -> list[SimPost]:
    return [
        post
        for post in await practice.network(slug).truth()
        if post.account_id == account_id
        and not (post.parent_id or post.to or post.draft or post.removed)
        and since <= post.visible_at <= now
    ]


def _own(
    channel: Channel, place: Place, post: SimPost, record: Record | None, now: datetime, ends: datetime
) -> OwnPost:
    audience, at, earlier = place.audience, post.visible_at, post.record.get("earlier", 0)
    made = audience.fate(post, record).post
    reached = interactions(audience, post, record, now)
    return OwnPost(
        channel_id=channel.pk,
        at=at,
        made=made,
        interactions=reached,
        by_answers=counted_because_answered(audience, post, now, record),
        expected=expected_by(place, made, at, earlier, ends, audience.resentment(place.order, at, record)),
        minutes=minutes_of(made.format),
    )


def interactions(audience: Audience, post: SimPost, record: Record | None, now: datetime) -> int:
    figures = audience(post, now, record).figures
    return sum(figures.get(kind, 0) for kind in ("reactions", "comments", "shares", "saves", "clicks"))


async def _rival_rate(practice: PracticeWorld, run: ScenarioRun, now: datetime) -> float | None:
    rival = await rival_of(practice, run)
    if rival is None:
        return None
    slug, account = rival
    theirs = await _published(practice, slug, account.id, run.begins_at, now)
    if not theirs:
        return None
    record = await practice.network(slug).record_of(account.id)
    total = sum(interactions(practice.audience(slug), post, record, now) for post in theirs)
    return 1000 * total / max(account.followers, 1) / len(theirs)


async def rival_of(practice: PracticeWorld, run: ScenarioRun) -> tuple[str, SimAccount] | None:
    scenario = SCENARIOS[run.scenario]
    network = practice.network(scenario.networks[0])
    row = await network.kept(RIVAL_TABLE, RIVAL_KEY) if scenario.has_rival else None
    account = await network.account(str(row["account"])) if row else None
    return None if account is None else (scenario.networks[0], account)


def own_places(run: ScenarioRun) -> dict[int, Place]:
    """By channel."""
    channels = list(Channel.objects.filter(workspace=run.workspace, removed_at=None).order_by("pk"))

    async def places(world: World) -> dict[int, Place]:
        practice = practice_world(world)
        await practice.look_at_clock()
        return {channel.pk: await place_of(practice, channel) for channel in channels}

    return async_to_sync(partial(places, run.workspace.world))()


def run_of(workspace: Workspace) -> ScenarioRun | None:
    return ScenarioRun.objects.filter(workspace=workspace).select_related("workspace").first()
