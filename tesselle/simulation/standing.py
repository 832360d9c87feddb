"""How one account stands with its public, as far as that follows from whom it answered: what was said after its
answers, and who left because none came.

Worked out in the order of time, since who has left sees no later post: a post's fate follows from what was
answered before it, never from what is answered after it.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from tesselle.simulation.answered import (
    GRIEVANCES,
    Line,
    Talk,
    answered_after,
    brings_another,
    exchange,
    joins_after,
    losses,
    quick,
    waits_for,
    weight_of,
)
from tesselle.simulation.comments import Comments
from tesselle.simulation.company import Fate, SimulatedCompany
from tesselle.simulation.draws import Draws
from tesselle.simulation.messages import Written
from tesselle.simulation.network import MESSAGE, SimPost
from tesselle.simulation.record import Answer, Record
from tesselle.simulation.truth import ChannelTruth

MORE = 10_000_000
"""A comment that another one brought is numbered so much above that one."""

Answers = Mapping[str, Sequence[Answer]]


class Public(Protocol):
    """What a standing is worked out from: `Audience` without a record."""

    @property
    def company(self) -> SimulatedCompany: ...
    @property
    def comments(self) -> Comments: ...
    def truth(self, channel: int) -> ChannelTruth: ...
    def fate_after(self, post: SimPost, resentment: int) -> Fate: ...
    def week_after(self, channel: int, week: int, resentment: int) -> tuple[Written, ...]: ...
    def followers_anyway(self, channel: int, at: datetime) -> float: ...


class Standing:
    """Of one record, which never changes: who publishes or answers again has another one."""

    def __init__(self, audience: Public, channel: int, record: Record) -> None:
        self.record = record
        self._audience = audience
        self._company = audience.company
        self._channel = channel
        self._draws = audience.truth(channel).draws.under("answers")
        self._lived = 0
        self._weeks: list[tuple[Written, ...]] = []
        self._left: list[tuple[datetime, int]] = []
        self._waits: list[tuple[datetime, datetime]] = []
        self._talks: dict[tuple[object, ...], Talk] = {}

    def resentment(self, at: datetime) -> int:
        """How many followers would have left until then because a complaint had no answer, could anybody leave
        twice."""
        self._live_until(at)
        return self._resentment(at)

    def waiting(self, at: datetime) -> int:
        """How many complaints people leave over then."""
        self._live_until(at)
        return sum(begins <= at < ends for begins, ends in self._waits)

    def _resentment(self, at: datetime) -> int:
        return sum(count for _, count in self._left[: bisect_right(self._left, at, key=_when)])

    def weeks(self, until: datetime) -> list[tuple[Written, ...]]:
        """The messages of each week that has begun."""
        self._live_until(until)
        return self._weeks[: self._company.week(until) + 1]

    def _live_until(self, at: datetime) -> None:
        posts = self.record.posts
        while True:
            post = posts[self._lived] if self._lived < len(posts) else None
            begins = self._company.begins(len(self._weeks)) if self.record.hears_messages else None
            if begins is not None and begins <= at and (post is None or begins <= post.visible_at):
                self._live_week(begins)
            elif post is not None and post.visible_at <= at:
                self._lived += 1
                self._live_post(post)
            else:
                return

    def _live_post(self, post: SimPost) -> None:
        audience = self._audience
        fate = audience.fate_after(post, self._resentment(post.visible_at))
        talk, answers = self.talk(post, fate), self.answers(post.id)
        complaints = {
            number: audience.comments.at(post, fate, number)
            for number in audience.comments.complaints(post, fate)
        }
        complaints |= {number: one.at for number, one in talk.more.items() if one.said.kind in GRIEVANCES}
        for number, at in complaints.items():
            draws, weight = self._draws.under("below", fate.key, number), weight_of(number % MORE)
            lines = talk.exchanges.get(number, ())
            self._mind(draws, at, lines, answers.get(str(number), ()), weight, post.removed_at)

    def _live_week(self, begins: datetime) -> None:
        week = len(self._weeks)
        written = self._audience.week_after(self._channel, week, self._resentment(begins))
        self._weeks.append(written)
        for one in written:
            if one.said.kind in GRIEVANCES:
                draws = self._draws.under("message", one.number)
                self._mind(draws, one.at, self.told_after(one), self._given(one), 1.0, None)

    def _mind(
        self,
        draws: Draws,
        complained_at: datetime,
        lines: Iterable[Line],
        answers: Sequence[Answer],
        weight: float,
        gone: datetime | None,
    ) -> None:
        """Who leaves over one complaint, and over those who insist on it."""
        insisted = ((one.step, one.at) for one in lines if one.step and one.said.kind in GRIEVANCES)
        for step, at in ((0, complained_at), *insisted):
            if not self._company.minds(at):
                continue
            until = min((one for one in (answered_after(at, answers), gone) if one is not None), default=None)
            if weight and (waits := waits_for(self._company.world, at, until)):
                self._waits.append(waits)
            for left_at, share, day in losses(self._company.world, at, until, weight):
                followers = self._audience.followers_anyway(self._channel, left_at)
                count = draws.poisson(followers * share, "leave", step, day)
                if count:
                    insort(self._left, (left_at, count))

    # what follows an answer

    def answers(self, thing: str) -> Answers:
        """Those below a post, or to messages, that the public takes note of."""
        given = self.record.below(thing)
        return {
            number: heeded
            for number, all_given in given.items()
            if (heeded := [one for one in all_given if self._company.minds(one.at)])
        }

    def talk(self, post: SimPost, fate: Fate) -> Talk:
        answers = self.answers(post.id)
        if not answers:
            return Talk()
        known = (post.id, fate.key, fate.post, fate.of_kind["comments"])
        if known not in self._talks:
            self._talks[known] = self._talked(post, fate, answers)
        return self._talks[known]

    def _talked(self, post: SimPost, fate: Fate, answers: Answers) -> Talk:
        firsts = {
            number: self._audience.comments.line(post, fate, number)
            for number in map(int, answers)
            if 0 < number <= fate.of_kind["comments"]
        }
        quickly = [
            given.at
            for number, line in firsts.items()
            if (given := answers[str(number)][0]).at - line.at <= quick()
        ]
        more = self._more(post, fate, min(quickly)) if quickly else {}
        firsts |= {number: more[number] for number in map(int, answers) if number in more}
        return Talk(
            more,
            {
                number: tuple(self._exchange(f"{fate.key} {number}", line, answers[str(number)]))
                for number, line in firsts.items()
            },
        )

    def _more(self, post: SimPost, fate: Fate, since: datetime) -> dict[int, Line]:
        """Of the comments later than that, some bring another."""
        found = {}
        for number in range(1, fate.of_kind["comments"] + 1):
            draws = self._draws.under("more", fate.key, number)
            at = self._audience.comments.at(post, fate, number)
            if at > since and brings_another(draws, self._company.world):
                said = self._audience.comments.remark(post, fate, draws)
                found[MORE + number] = Line(0, at + joins_after(draws), said)
        return found

    def _exchange(
        self, name: str, first: Line, given: Sequence[Answer], language: str = ""
    ) -> Iterable[Line]:
        return exchange(self._draws.under("said", name), first, given, language or self._company.language)

    def _given(self, message: Written) -> Sequence[Answer]:
        return self.answers(f"{MESSAGE}{self.record.account}").get(message.number, ())

    def told_after(self, message: Written) -> list[Line]:
        """The lines of that exchange, the message first."""
        first = Line(0, message.at, message.said)
        return list(self._exchange(message.number, first, self._given(message), message.language))


def _when(loss: tuple[datetime, int]) -> datetime:
    return loss[0]
