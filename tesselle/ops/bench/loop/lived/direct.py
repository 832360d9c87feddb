"""The weeks on the simulation and the statistics alone: no database, no network, no clock."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from tesselle.connectors.card import Discussed, discussed_on
from tesselle.domain.bins import HASHTAG_LEVELS, LENGTH_LEVELS
from tesselle.domain.indicators import INTERACTIONS
from tesselle.domain.metrics import Metric, MetricSource, Scope
from tesselle.insights.evidence import FEWEST_POSTS
from tesselle.insights.moves import best_move
from tesselle.insights.posts import Factor, Ints, Posts, cadence_of
from tesselle.insights.summary import Fits, fits_of, summarise
from tesselle.networks import plugin
from tesselle.ops.bench.loop.lived.habits import HOUR, Change, Habits, Intended
from tesselle.ops.bench.loop.lived.wording import AS_THE_PRODUCT_SAYS, AS_THE_SIMULATION_SAYS, PICTURES
from tesselle.ops.bench.loop.ways import MOST_MOVES_OPEN, OPEN_WEEKS
from tesselle.simulation.audience import Audience
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.network import SimPost
from tesselle.simulation.record import Record, recorded

WEEK = timedelta(days=7)
MONDAY = datetime(2001, 1, 1)  # noqa: DTZ001 - days are counted from here in wall time
NEARLY = timedelta(minutes=1)
FIRST, SECOND = 1, 2
ACCOUNTS = {"linkedin": SECOND}
"""The how-manieth account of its network each is, for the simulation: the first, but on LinkedIn, where whoever signs
in for a page has one of their own."""

UNANSWERABLE = frozenset({"x"})
"""Where nobody who writes to a company can be answered by an application, nobody minds (`is_spoken_with`)."""

PICTURE = ({"mime": "image/jpeg"},)
NO_HABITS = frozenset({HOUR, "weekday", "cadence"})


@dataclass(frozen=True, slots=True)
class Lived:
    intended: Intended
    at: datetime
    post: SimPost


class DirectLife:
    """`begins`: a Monday, 0 h, local. Habits are changed by `follow` alone."""

    def __init__(self, company: SimulatedCompany, habits: Habits, begins: datetime) -> None:
        self.habits = habits
        self.lived: dict[int, Lived] = {}
        self._company = company
        self._begins = begins
        self._zone = ZoneInfo(company.zone)
        self._audiences = {network: Audience(network, company) for network in habits.times}
        self._decided: dict[Change, int] = {}
        self._records: dict[str, Record | None] = {}

    def live(self, intended: Sequence[Intended], texts: Mapping[int, str], week: int) -> None:
        for one in intended:
            at = self.instant(week, one.minute)
            post = SimPost(
                f"{one.network} {one.number}",
                "",
                texts[one.number],
                at,
                at,
                media=PICTURE * PICTURES[one.made.format],
                record=self._record(one.network, at),
            )
            self.lived[one.number] = Lived(one, at, post)
        self._records.clear()

    def instant(self, week: int, minute: int) -> datetime:
        """By the clock on the wall, whatever the season."""
        wall = self._begins.replace(tzinfo=None) + week * WEEK + timedelta(minutes=minute)
        return wall.replace(tzinfo=self._zone).astimezone(UTC)

    def _record(self, network: str, at: datetime) -> dict[str, int]:
        """As a network keeps it: the account, the how-manieth post, how many in the day before."""
        before = [one.at for one in self.lived.values() if one.intended.network == network]
        since = at - timedelta(days=1) + timedelta(minutes=1)
        return {
            "channel": ACCOUNTS.get(network, FIRST),
            "number": len(before) + 1,
            "earlier": sum(since <= other <= at for other in before),
        }

    def interactions(self, number: int, age: timedelta) -> int:
        lived = self.lived[number]
        network = lived.intended.network
        figures = self._audiences[network](lived.post, lived.at + age, self.record(network)).figures
        told = plugin(lived.intended.network).metrics
        return sum(figures[kind] for kind in INTERACTIONS if _tells(told, kind))

    def record(self, network: str) -> Record | None:
        """Nobody answers anybody, here and there: the same people leave over it."""
        if network not in self._records:
            posts = [one.post for one in self.lived.values() if one.intended.network == network]
            messages = Discussed.MESSAGES in discussed_on(plugin(network).card, "")
            heard = recorded(network, posts, (), hears_messages=messages)
            self._records[network] = None if network in UNANSWERABLE else heard
        return self._records[network]

    def bounds(self, read: Sequence[tuple[int, timedelta]]) -> list[tuple[int, int]]:
        """What each post's figure may be when it was read: it is cut to whole numbers, and a network shows a post some
        seconds before anybody has seen that it does."""
        return [
            (self.interactions(number, age - NEARLY), self.interactions(number, age + NEARLY))
            for number, age in read
        ]

    def total(self, age: timedelta) -> int:
        return sum(self.interactions(number, age) for number in self.lived)

    def follow(self, changes: Collection[Change], week: int) -> None:
        for change in changes:
            self.habits.follow(as_lived(change))
            self._decided[change] = week

    def suggested(self, read: Sequence[tuple[int, timedelta]], week: int, kept_of_hour: float) -> set[Change]:
        """What the statistics alone would suggest from those posts, each at the age at which it was read."""
        known = Counter(self.lived[number].intended.network for number, _ in read)
        rows = [one for one in read if known[self.lived[one[0]].intended.network] >= FEWEST_POSTS]
        if not rows:
            return set()
        posts = self.posts(rows)
        fits = fits_of(posts)
        return {*self._habits(posts, fits, week), *self._moves(posts, fits, week, kept_of_hour)}

    def _open(self, week: int) -> list[Change]:
        return [change for change, decided in self._decided.items() if week - decided < OPEN_WEEKS]

    def _habits(self, posts: Posts, fits: Fits, week: int) -> Iterator[Change]:
        decided = {(change.factor, change.level) for change in self._open(week)}
        for one in summarise(posts, fits).findings:
            is_gain = one.middle > 0 and one.inseparable is None
            if is_gain and one.factor not in NO_HABITS and (one.factor, one.level) not in decided:
                yield Change(one.channel, one.factor, one.level)

    def _moves(self, posts: Posts, fits: Fits, week: int, kept: float) -> Iterator[Change]:
        here = Counter(change.network for change in self._open(week) if change.network)
        for place, network in enumerate(posts.channels):
            if here[network] >= MOST_MOVES_OPEN:
                continue
            move = best_move(fits.informed, posts, place, sorted(self.habits.times[network]))
            if move is not None and move.is_worth(kept):
                yield Change(network, HOUR, add=move.add, drop=move.drop)

    def posts(self, rows: Sequence[tuple[int, timedelta]]) -> Posts:
        """What the statistics see, in the order of `rows`."""
        lived = [self.lived[number] for number, _ in rows]
        made = [one.intended.made for one in lived]
        networks = tuple(self.habits.times)
        here = tuple(one for one in networks if any(row.intended.network == one for row in lived))
        channel = np.array([here.index(one.intended.network) for one in lived])
        walls = [one.at.astimezone(self._zone).replace(tzinfo=None) for one in lived]
        day = np.array([(wall - MONDAY).total_seconds() / 86_400 for wall in walls])
        asks = np.array(["question" in one.flags for one in made])
        return Posts(
            counts=np.array([float(self.interactions(*row)) for row in rows]),
            exposure=np.zeros(len(rows)),
            channel=channel,
            channels=here,
            networks=here,
            slot=np.array([wall.weekday() * 24 + wall.hour for wall in walls]),
            day=day,
            format=_factor([AS_THE_PRODUCT_SAYS[one.format] for one in made]),
            pillar=_factor([one.pillar for one in made]),
            length=Factor(np.array([one.length for one in made]), LENGTH_LEVELS),
            hashtags=Factor(np.array([one.hashtags for one in made]), HASHTAG_LEVELS),
            cadence=cadence_of(day, channel),
            flags={"question": asks} if asks.any() and not asks.all() else {},
        )


def as_lived(change: Change) -> Change:
    """In the simulation's names of formats."""
    return replace(change, level=AS_THE_SIMULATION_SAYS.get(change.level, change.level))


def _tells(told: Mapping[str, MetricSource], kind: Metric) -> bool:
    source = told.get(kind)
    return source is not None and source.scope is Scope.POST


def _factor(values: list[str]) -> Factor:
    levels = tuple(sorted(set(values)))
    index: Ints = np.array([levels.index(value) for value in values], dtype=np.int64)
    return Factor(index, levels)
