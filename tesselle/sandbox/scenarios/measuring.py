"""What really happened in a scenario, read from the simulated networks themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.connectors.registry import World
from tesselle.domain.attention import attention_of
from tesselle.domain.limits import Limits
from tesselle.ledger.models import Delivery, Purpose
from tesselle.networks import plugin
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.practice import PracticeWorld, practice_world
from tesselle.sandbox.scenarios.catalogue import SCENARIOS
from tesselle.simulation.audience import Audience
from tesselle.simulation.best import MINUTES, Place, expected_by, minutes_of
from tesselle.simulation.network import SimAccount, SimPost
from tesselle.simulation.truth import Composition
from tesselle.workspaces.models import Workspace

IN_TIME = timedelta(hours=24)
OPEN_STATES = ("missed", "blocked", "refused", "unknown", "partial")
RIVAL_TABLE, RIVAL_KEY = "scenario", "rival"


@dataclass(frozen=True, slots=True)
class OwnPost:
    """`interactions` at the scenario's now; `expected`: by its end, luck at its mean."""

    channel_id: int
    at: datetime
    made: Composition
    interactions: int
    expected: float
    minutes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """`wanting`: comments that want an answer, their day over or answered. Rates are interactions for
    each post and thousand followers; None: no posts, or nobody to compare with. `silent`: how many
    comments nobody has answered, by channel and the post's id there."""

    posts: tuple[OwnPost, ...]
    wanting: int
    answered: int
    left_behind: int
    twice: int
    rate: float | None
    rival_rate: float | None
    silent: Mapping[tuple[int, str], int]

    @property
    def interactions(self) -> int:
        return sum(post.interactions for post in self.posts)


def facts_of(run: ScenarioRun) -> Facts:
    workspace = run.workspace
    channels = list(Channel.objects.filter(workspace=workspace, removed_at=None).order_by("pk"))
    read = async_to_sync(partial(_read, workspace.world, channels, run, min(workspace.now(), run.ends_at)))()
    deliveries = Delivery.objects.filter(workspace=workspace, purpose=Purpose.POST)
    out = deliveries.filter(accepted_at__isnull=False).count()
    return Facts(
        posts=read.posts,
        wanting=read.wanting,
        answered=read.answered,
        left_behind=deliveries.filter(state__in=OPEN_STATES).count(),
        twice=max(0, read.stored - out),
        rate=read.rate,
        rival_rate=read.rival_rate,
        silent=read.silent,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    posts: tuple[OwnPost, ...]
    stored: int
    wanting: int
    answered: int
    rate: float | None
    rival_rate: float | None
    silent: Mapping[tuple[int, str], int]


async def _read(world: World, channels: Sequence[Channel], run: ScenarioRun, now: datetime) -> _Read:
    practice = practice_world(world)
    await practice.look_at_clock()
    posts: list[OwnPost] = []
    stored = wanting = answered = 0
    rates: list[float] = []
    silent: dict[tuple[int, str], int] = {}
    for channel in channels:
        place = await place_of(practice, channel)
        mine = await _published(practice, channel.network, channel.remote_id, run.begins_at, now)
        stored += len(mine)
        answers = await _answers(practice, channel.network, channel.remote_id)
        followers = (await _account(practice, channel)).followers
        for post in mine:
            seen = _own(channel, place, post, now, run.ends_at)
            posts.append(seen)
            rates.append(1000 * seen.interactions / max(followers, 1))
            due, done = _discussed(place.audience, post, answers, now)
            wanting, answered = wanting + due, answered + done
            comments = place.audience(post, now).comments
            silent[channel.pk, post.id] = sum(one.id not in answers for one in comments)
    rate = sum(rates) / len(rates) if rates else None
    theirs = await _rival_rate(practice, run, now)
    return _Read(tuple(posts), stored, wanting, answered, rate, theirs, silent)


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
        and not (post.parent_id or post.draft or post.removed)
        and since <= post.visible_at <= now
    ]


async def _answers(practice: PracticeWorld, slug: str, account_id: str) -> Mapping[str, datetime]:
    """When each comment was first answered, by its id."""
    found: dict[str, datetime] = {}
    for post in await practice.network(slug).truth():
        if post.parent_id and post.account_id == account_id and not post.removed:
            found.setdefault(post.parent_id, post.created_at)
    return found


def _own(channel: Channel, place: Place, post: SimPost, now: datetime, ends: datetime) -> OwnPost:
    made = place.audience.fate(post).post
    return OwnPost(
        channel_id=channel.pk,
        at=post.visible_at,
        made=made,
        interactions=interactions(place.audience, post, now),
        expected=expected_by(place, made, post.visible_at, post.record.get("earlier", 0), ends),
        minutes=minutes_of(made.format),
    )


def interactions(audience: Audience, post: SimPost, now: datetime) -> int:
    figures = audience(post, now).figures
    return sum(figures.get(kind, 0) for kind in ("reactions", "comments", "shares", "saves", "clicks"))


def _discussed(
    audience: Audience, post: SimPost, answers: Mapping[str, datetime], now: datetime
) -> tuple[int, int]:
    """How many comments want an answer by now, and how many had one within their day."""
    comments = audience(post, now).comments
    due = done = 0
    for comment, truth in zip(comments, audience.remarks(post, len(comments)), strict=True):
        if not truth.needs_answer:
            continue
        answer = answers.get(comment.id)
        is_done = answer is not None and answer - comment.created_at <= IN_TIME
        done += is_done
        due += is_done or now - comment.created_at > IN_TIME
    return due, done


async def _rival_rate(practice: PracticeWorld, run: ScenarioRun, now: datetime) -> float | None:
    rival = await rival_of(practice, run)
    if rival is None:
        return None
    slug, account = rival
    theirs = await _published(practice, slug, account.id, run.begins_at, now)
    if not theirs:
        return None
    total = sum(interactions(practice.audience(slug), post, now) for post in theirs)
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
