"""The weeks through the whole product: a practice workspace whose person plans, waits, reads, and accepts every
suggestion. Dispatch, measuring, learning and judging are the ordinary worker's and the ordinary command's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from tesselle.adapt.models import Decision, Suggestion
from tesselle.adapt.services import accept
from tesselle.channels.choices import first_choices
from tesselle.channels.models import Channel
from tesselle.compose.services import Wording, save_post
from tesselle.domain.content import Media
from tesselle.domain.slots import WeeklySlot
from tesselle.insights.posts import Posts
from tesselle.learn.carrying import kept_of
from tesselle.learn.rows import Measured, measured_posts, posts_of
from tesselle.learn.services import ask
from tesselle.ledger.models import Delivery
from tesselle.ops.bench.loop.lived.direct import as_lived
from tesselle.ops.bench.loop.lived.habits import HOUR, PILLAR, Change, Habits, Intended
from tesselle.ops.bench.loop.lived.wording import content_of
from tesselle.plan.models import PostingSlot
from tesselle.plan.services import Slot, plan_post
from tesselle.plan.slots import add_slots
from tesselle.sandbox.accounts import connect_simulated
from tesselle.sandbox.clock.services import go_until
from tesselle.sandbox.company.drafts import asset_of
from tesselle.sandbox.company.pictures import Picture
from tesselle.sandbox.company.posts import CompanyPost
from tesselle.sandbox.models import ClockRun, SeededWorld
from tesselle.sandbox.practice import register
from tesselle.simulation.company import SimulatedCompany
from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Pillar
from tesselle.strategy.services import keep
from tesselle.workspaces.models import Member, Role, User, Workspace

NAME = "Mesure"
PICTURES = (Picture("zellige", "lac", "floor"), Picture("checker", "terre", "flat"))
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Hands:
    """Whoever does what nobody presses a button for. `carry`: the clock, until it stands where it was sent; `learn`:
    every run of the statistics that waits."""

    carry: Callable[[ClockRun], None]
    learn: Callable[[], None]


class ProductLife:
    def __init__(self, company: SimulatedCompany, habits: Habits, hands: Hands) -> None:
        """`habits`: of these the workspace keeps posting times and shares of pillars; the rest is the person's."""
        self._habits = habits
        self._hands = hands
        self._begins = company.began_at
        self.workspace, self._person = _workspace(company)
        self._channels = {network: self._channel(network) for network in habits.times}
        self._networks = {str(one.pk): network for network, one in self._channels.items()}
        self._pillars = self._aims(habits)
        self._pictures = self._files()
        self._numbers: dict[int, int] = {}

    def _channel(self, network: str) -> Channel:
        channel = connect_simulated(workspace=self.workspace, network=network, by=self._person)
        times = [WeeklySlot(slot // 24, time(slot % 24)) for slot in self._habits.times[network]]
        add_slots(channel, times, by=self._person)
        return channel

    def _aims(self, habits: Habits) -> dict[str, Pillar]:
        for name, share in habits.pillars.items():
            keep(
                Pillar(workspace=self.workspace, name=name, target_percent=round(share * 100)),
                by=self._person,
            )
        return {one.name: one for one in Pillar.objects.filter(workspace=self.workspace)}

    def _files(self) -> tuple[Media, ...]:
        posts = [CompanyPost(text="", on="all", picture=one, alt="Des carreaux") for one in PICTURES]
        return tuple(
            media
            for number, post in enumerate(posts)
            for media in asset_of(self.workspace, post, number, self._person)
        )

    @property
    def habits(self) -> Habits:
        """As the workspace has them now."""
        slots = PostingSlot.objects.filter(channel__workspace=self.workspace)
        self._habits.times = {
            network: [slot.weekday * 24 + slot.at.hour for slot in slots if slot.channel_id == channel.pk]
            for network, channel in self._channels.items()
        }
        shares = dict(Pillar.objects.filter(workspace=self.workspace).values_list("name", "target_percent"))
        self._habits.pillars = {name: (share or 0) / 100 for name, share in shares.items()}
        return self._habits

    def plan(self, intended: Sequence[Intended], week: int) -> dict[int, str]:
        """The texts by number."""
        monday = self._begins.astimezone(self.workspace.tz).replace(tzinfo=None) + week * WEEK
        texts = {}
        for one in intended:
            channel, content = self._channels[one.network], content_of(one, self._pictures)
            texts[one.number] = content.text
            options = first_choices(channel)
            post = save_post(
                workspace=self.workspace,
                author=self._person,
                shared=content,
                wordings=(Wording(channel, None, options or None),),
                name=f"{one.number}",
                aim=Aim(pillar=self._pillars[one.made.pillar].pk),
            )
            slot = Slot(monday + timedelta(minutes=one.minute), self.workspace.zone)
            (delivery,) = plan_post(post=post, slots={channel.pk: slot}, by=self._person)
            self._numbers[delivery.pk] = one.number
        return texts

    def live_until(self, instant: datetime) -> None:
        run = go_until(workspace=self.workspace, until=instant, by=self._person)
        self._hands.carry(run)
        run.refresh_from_db()
        if run.state != ClockRun.State.ARRIVED:
            raise RuntimeError(f"the clock did not arrive: {run.state}")
        self.workspace.refresh_from_db()
        self._hands.learn()

    def suggested(self) -> dict[Change, Suggestion]:
        """What the pages show now: whoever reads them pressed the button first."""
        ask(self.workspace, by=self._person)
        self._hands.learn()
        found = Suggestion.objects.filter(workspace=self.workspace, state=Suggestion.State.OPEN)
        return {self._change(one): one for one in found.select_related("finding", "channel")}

    def _change(self, one: Suggestion) -> Change:
        network = self._networks[str(one.channel_id)] if one.channel_id else ""
        if one.finding is not None:
            return Change(network, one.finding.factor, one.finding.level)
        return Change(network, HOUR, add=_hour(one.added), drop=_hour(one.dropped))

    def accept(self, suggestions: dict[Change, Suggestion]) -> None:
        for change, suggestion in suggestions.items():
            accept(suggestion, by=self._person)
            if change.add is None and change.factor != PILLAR:
                self._habits.write_more(as_lived(change))

    @property
    def kept_of_hour(self) -> float:
        return kept_of(self.workspace, HOUR)

    def rows(self) -> list[Measured]:
        """Every post that has its figures at seven days, in the order the statistics take them."""
        return measured_posts(self.workspace)

    def read(self, rows: Sequence[Measured]) -> list[tuple[int, timedelta]]:
        """Which posts these are, and how old each was when its figures were read."""
        return [(self._numbers[one.delivery_id], self._age(one)) for one in rows]

    def _age(self, row: Measured) -> timedelta:
        assert row.read_at is not None
        return row.read_at - row.at.replace(tzinfo=self.workspace.tz)

    def posts(self, rows: Sequence[Measured]) -> Posts:
        return posts_of(rows)

    def went_out(self) -> int:
        return Delivery.objects.filter(workspace=self.workspace, state="live").count()

    def verdicts(self) -> dict[str, int]:
        """How many decisions are judged in which way; "": not yet."""
        found = Decision.objects.filter(workspace=self.workspace).values_list("verdict", flat=True)
        return {verdict: list(found).count(verdict) for verdict in sorted(set(found))}


def _workspace(company: SimulatedCompany) -> tuple[Workspace, User]:
    register()
    person = User.objects.create_user("personne@example.org", name="Personne")
    workspace = Workspace.objects.create(
        name=NAME,
        world_kind=Workspace.WorldKind.PRACTICE,
        zone=company.zone,
        language=company.language,
        clock_shift=company.began_at - timezone.now(),
    )
    Member.objects.create(workspace=workspace, user=person, role=Role.OWNER)
    SeededWorld.objects.create(
        workspace=workspace,
        world=company.world.name,
        seed=company.seed,
        began_at=company.began_at,
        remembered_until=timezone.now(),
    )
    return workspace, person


def _hour(slot: WeeklySlot | None) -> int | None:
    return None if slot is None else slot.weekday * 24 + slot.at.hour
