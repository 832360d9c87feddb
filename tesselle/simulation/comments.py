"""The comments below a post: when each is written, what it is, and which post of the network it makes."""

import itertools
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tesselle.simulation.answered import GRIEVANCES, Line, Talk, facts
from tesselle.simulation.company import Fate, SimulatedCompany
from tesselle.simulation.draws import Draws
from tesselle.simulation.network import SimPost
from tesselle.simulation.record import STEPS
from tesselle.simulation.remarks import AUTHORS, Remark, kind_of, remark
from tesselle.simulation.truth import ChannelTruth, Composition


@dataclass(slots=True)
class _Told:
    """What came of answers below one post, ever. `together`: with its other comments, as they stood when so many of
    each kind (`counts`) were there."""

    talk: Talk
    more: tuple[SimPost, ...]
    followed: tuple[SimPost, ...]
    counts: tuple[int, int, int] | None = None
    together: tuple[SimPost, ...] = ()


class Comments:
    """Of one network; keeps what it worked out. `truth`: of a channel, by its number."""

    def __init__(self, slug: str, company: SimulatedCompany, truth: Callable[[int], ChannelTruth]) -> None:
        self._company = company
        self._truth = truth
        self._has_two_levels = slug in facts()["two_levels"]
        self._said: dict[tuple[str, str, Composition, int], list[SimPost]] = {}
        self._told: dict[str, _Told] = {}
        self._complaints: dict[tuple[int, str, int, bool], tuple[int, ...]] = {}

    def line(self, post: SimPost, fate: Fate, number: int) -> Line:
        """The so-manieth comment."""
        return Line(0, self.at(post, fate, number), self.remark(post, fate, self._draws(post, fate, number)))

    def at(self, post: SimPost, fate: Fate, number: int) -> datetime:
        truth, ever = self._of(post), fate.of_kind["comments"]
        start = truth.draws.uniform("rounding", f"{fate.key} comments")
        share = min(max((number - start) / ever, 0.0), 0.9999)
        return post.visible_at + timedelta(hours=truth.attention.hours_until(share))

    def remark(self, post: SimPost, fate: Fate, draws: Draws) -> Remark:
        goes_round = self._company.goes_round(post.visible_at)
        return remark(draws, fate.post.pillar, self._company.language, goes_round=goes_round)

    def complaints(self, post: SimPost, fate: Fate) -> tuple[int, ...]:
        """Which of the comments are, as far down as anybody reads."""
        count = min(fate.of_kind["comments"], facts()["looked_at"])
        goes_round = self._company.goes_round(post.visible_at)
        known = (post.record.get("channel", 0), fate.key, count, goes_round)
        if known not in self._complaints:
            self._complaints[known] = tuple(
                number
                for number in range(1, count + 1)
                if kind_of(self._draws(post, fate, number), goes_round=goes_round) in GRIEVANCES
            )
        return self._complaints[known]

    def first(self, post: SimPost, fate: Fate, count: int) -> tuple[SimPost, ...]:
        """The first so many; each is made once."""
        made = self._said.setdefault((post.id, fate.key, fate.post, fate.of_kind["comments"]), [])
        while len(made) < count:
            number = len(made) + 1
            made.append(self._made(post, number, self.line(post, fate, number)))
        return tuple(made[:count])

    def because_answered(
        self, post: SimPost, talk: Talk, now: datetime
    ) -> tuple[tuple[SimPost, ...], tuple[SimPost, ...]]:
        """So far: the comments that others brought, and what followed answers, the oldest first."""
        told = self._told_in(post, talk)
        return _until(told.more, now), _until(told.followed, now)

    def all(self, post: SimPost, fate: Fate, count: int, talk: Talk, now: datetime) -> tuple[SimPost, ...]:
        """These and the first so many, the oldest first."""
        told, (more, followed) = self._told_in(post, talk), self.because_answered(post, talk, now)
        counts = (count, len(more), len(followed))
        if told.counts != counts:
            together = itertools.chain(self.first(post, fate, count), more, followed)
            told.counts, told.together = counts, tuple(sorted(together, key=_written))
        return told.together

    def _told_in(self, post: SimPost, talk: Talk) -> _Told:
        """Of each post the latest; a film that goes round has thousands of comments, each asked for by itself."""
        told = self._told.get(post.id)
        if told is None or told.talk is not talk:
            more = [self._made(post, number, line) for number, line in talk.more.items()]
            followed = [
                self._made(post, line.step * STEPS + number, line, self._above(post, number, line))
                for number, lines in talk.exchanges.items()
                for line in lines
                if line.step
            ]
            told = _Told(talk, tuple(sorted(more, key=_written)), tuple(sorted(followed, key=_written)))
            self._told[post.id] = told
        return told

    def _above(self, post: SimPost, number: int, line: Line) -> str:
        """Where networks know two levels only, what follows an answer stands beside it."""
        return f"{post.id}~{number}" if self._has_two_levels else line.answer

    def _made(self, post: SimPost, number: int, line: Line, above: str = "") -> SimPost:
        level = {"parent": above} if above and self._has_two_levels else {}
        return SimPost(
            id=f"{post.id}~{number}",
            account_id=f"audience{line.said.author}",
            text=line.said.text,
            created_at=line.at,
            visible_at=line.at,
            parent_id=above or post.id,
            data={"author": AUTHORS[line.said.author], **level},
        )

    def _draws(self, post: SimPost, fate: Fate, number: int) -> Draws:
        return self._of(post).draws.under("comment", fate.key, number)

    def _of(self, post: SimPost) -> ChannelTruth:
        return self._truth(post.record.get("channel", 0))


def _until(said: tuple[SimPost, ...], now: datetime) -> tuple[SimPost, ...]:
    return said[: bisect_right(said, now, key=_written)]


def _written(one: SimPost) -> datetime:
    return one.created_at
