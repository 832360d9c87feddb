"""The public of a practice company on one network: what it does with each post, and when.

A pure function of the world's seed, of what was published, and of the instant: nothing has to run,
and neither polling, nor restarts, nor jumps of the clock change a number. What is really so stands in
`truth`; figures of one post grow along its network's curve of attention and agree with one another.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tesselle.domain.attention import attention_of
from tesselle.simulation.answered import GRIEVANCES, Line, answered_after, facts
from tesselle.simulation.composition import composition_of, themes
from tesselle.simulation.draws import Draws
from tesselle.simulation.followers import weekly_followers
from tesselle.simulation.messages import Written, messages_of_week
from tesselle.simulation.network import MESSAGE, Reaction, SimAccount, SimPost
from tesselle.simulation.record import STEPS, Record, begun_by
from tesselle.simulation.remarks import AUTHORS, Remark, audience_facts, kind_of, remark
from tesselle.simulation.standing import Standing, Talk
from tesselle.simulation.truth import ChannelTruth, Composition, channel_truth
from tesselle.simulation.worlds import SimulatedWorld

KINDS = ("comments", "shares", "saves", "clicks")
LARGEST_LOG = 14.0
WEEK = timedelta(days=7)
WEEKS_AT_ONCE = 60
MORE_SAID = 2.5
"""So many times as many comments while a complaint goes round."""


@dataclass(frozen=True, slots=True)
class SimulatedCompany:
    """`began_at`: the first instant of its world; `zone` and `language`: those of its public. `minds_from`: since when
    that takes note of who is answered and who is not; None: ever since."""

    world: SimulatedWorld
    seed: str
    began_at: datetime
    zone: str = "Europe/Zurich"
    language: str = "fr"
    minds_from: datetime | None = None

    def minds(self, instant: datetime) -> bool:
        return self.minds_from is None or instant >= self.minds_from

    def begins(self, week: int) -> datetime:
        return self.began_at + week * WEEK

    def week(self, instant: datetime) -> int:
        return max(int((instant - self.began_at) / WEEK), 0)

    def slot(self, instant: datetime) -> int:
        """0 to 167, Monday 0 h first, local."""
        local = instant.astimezone(ZoneInfo(self.zone))
        return local.weekday() * 24 + local.hour


@dataclass(frozen=True, slots=True)
class Fate:
    """All that a post ever gets. `luck` is logarithmic; `key` names its draws."""

    key: str
    post: Composition
    luck: float
    log_mean: float
    reach: float
    interactions: int
    of_kind: dict[str, int]


@dataclass(frozen=True, slots=True)
class Heard:
    """One line of the public's, what it really is, and when it was answered."""

    post: SimPost
    said: Remark
    answered_at: datetime | None
    is_because_answered: bool = False


class Audience:
    """The hook of a `SimulatedNetwork`; keeps what it worked out, since that never changes. `record`: what its
    account published and answered; without one nobody answers, and nobody minds."""

    def __init__(self, slug: str, company: SimulatedCompany) -> None:
        self.slug = slug
        self.company = company
        self._draws = Draws(company.seed)
        self._truths: dict[int, ChannelTruth] = {}
        self._paths: dict[int, list[int]] = {}
        self._said: dict[tuple[str, str, Composition, int], list[SimPost]] = {}
        self._fates: dict[tuple[str, str, datetime, int], Fate] = {}
        self._written: dict[tuple[int, int, int], tuple[Written, ...]] = {}
        self._complaints: dict[tuple[int, str, int, bool], tuple[int, ...]] = {}
        self._standings: dict[int, Standing] = {}

    def __call__(self, post: SimPost, now: datetime, record: Record | None = None) -> Reaction:
        if post.draft or post.removed or post.parent_id or post.to:
            return Reaction()
        fate, truth = self.fate(post, record), self.truth(_channel(post))
        age_h = (now - post.visible_at).total_seconds() / 3600
        seen = truth.attention.seen_after(age_h)
        reach = int(fate.reach * seen)
        figures = {"reach": reach, "impressions": int(audience_facts()["impressions"] * fate.reach * seen)}
        for kind, count in fate.of_kind.items():
            figures[kind] = truth.count_at(count, f"{fate.key} {kind}", age_h)
        said = partial(self._comments, post, fate, truth, figures["comments"])
        talk = self._talk(post, fate, record)
        if not talk.exchanges:
            return Reaction(figures, said)
        more, followed = self._told(post, fate, talk, now)
        figures["comments"] += len(more) + (len(followed) if self.slug in facts()["counted"] else 0)
        return Reaction(figures, lambda: in_order(said(), more, followed), followed)

    def account(self, account_id: str) -> SimAccount | None:
        number = account_id.removeprefix("audience")
        if number == account_id or not number.isdecimal() or int(number) >= len(AUTHORS):
            return None
        return SimAccount(account_id, account_id, AUTHORS[int(number)])

    def followers(self, account: SimAccount, now: datetime, record: Record | None = None) -> int:
        return round(self._followers(account.order, now, self.lost(account.order, now, record)))

    def lost(self, channel: int, now: datetime, record: Record | None) -> int:
        """How many of those left until then because a complaint had no answer."""
        standing = self._standing(channel, record)
        return 0 if standing is None else standing.lost(now)

    def waiting(self, channel: int, now: datetime, record: Record | None) -> int:
        """How many complaints to that account people leave over just now."""
        standing = self._standing(channel, record)
        return 0 if standing is None else standing.waiting(now)

    def messages(
        self, account: SimAccount, now: datetime, record: Record | None = None
    ) -> tuple[SimPost, ...]:
        return tuple(
            SimPost(
                id=f"{MESSAGE}{account.id}~{written.number}",
                account_id=f"audience{written.said.author}",
                text=written.said.text,
                created_at=written.at,
                visible_at=written.at,
                data={"author": AUTHORS[written.said.author], "language": written.language},
                parent_id=written.answer,
                to=(account.id,),
            )
            for written in self.written(account.order, now, record)
        )

    # the truth

    def written(self, channel: int, now: datetime, record: Record | None = None) -> Iterator[Written]:
        """The messages to that account so far, oldest first, with what each really is."""
        standing = self._standing(channel, record)
        if standing is None or not standing.record.hears_messages:
            for week in range(self.company.week(now) + 1):
                yield from (one for one in self.week_after(channel, week, 0) if one.at <= now)
            return
        found = [
            replace(one, number=number(one.number, line.step), at=line.at, said=line.said, answer=line.answer)
            for week in standing.weeks(now)
            for one in week
            for line in standing.told_after(one)
            if line.at <= now
        ]
        yield from sorted(found, key=lambda one: one.at)

    def week_after(self, channel: int, week: int, lost: int) -> tuple[Written, ...]:
        """The messages of that week, when so many had left before it."""
        if (channel, week, lost) not in self._written:
            self._written[channel, week, lost] = self._week_of_messages(channel, week, lost)
        return self._written[channel, week, lost]

    def _week_of_messages(self, channel: int, week: int, lost: int) -> tuple[Written, ...]:
        truth, company = self.truth(channel), self.company
        begins = company.begins(week)
        goes_round = self._goes_round(begins)
        return messages_of_week(
            truth.draws,
            week,
            begins=begins,
            slot=company.slot(begins),
            activity=truth.rhythm.activity(),
            followers=self._followers(channel, begins, lost),
            language=company.language,
            goes_round=goes_round,
        )

    def truth(self, channel: int) -> ChannelTruth:
        if channel not in self._truths:
            self._truths[channel] = channel_truth(
                self._draws, self.company.world, f"{self.slug} {channel}", self.slug, themes()
            )
        return self._truths[channel]

    def fate(self, post: SimPost, record: Record | None = None) -> Fate:
        """Worked out once for each wording: who edits a post changes what it is."""
        return self.fate_after(post, self.lost(_channel(post), post.visible_at, record))

    def fate_after(self, post: SimPost, lost: int) -> Fate:
        """The same when so many had left before it."""
        known = (post.id, post.text, post.visible_at, lost)
        if known not in self._fates:
            self._fates[known] = self._fate_of(post, lost)
        return self._fates[known]

    def remarks(self, post: SimPost, count: int) -> Iterator[Remark]:
        """The first so many comments beneath a post, with what each really is."""
        fate = self.fate(post)
        for number in range(1, count + 1):
            yield self.remark(post, fate, self._draws_of(post, fate, number))

    def remark(self, post: SimPost, fate: Fate, draws: Draws) -> Remark:
        return remark(
            draws, fate.post.pillar, self.company.language, goes_round=self._goes_round(post.visible_at)
        )

    def _draws_of(self, post: SimPost, fate: Fate, number: int) -> Draws:
        return self.truth(_channel(post)).draws.under("comment", fate.key, number)

    def line(self, post: SimPost, fate: Fate, number: int) -> Line:
        """The so-manieth comment."""
        said = self.remark(post, fate, self._draws_of(post, fate, number))
        return Line(0, self.said_at(post, fate, number), said)

    def said_at(self, post: SimPost, fate: Fate, number: int) -> datetime:
        truth, ever = self.truth(_channel(post)), fate.of_kind["comments"]
        start = truth.draws.uniform("rounding", f"{fate.key} comments")
        share = min(max((number - start) / ever, 0.0), 0.9999)
        return post.visible_at + timedelta(hours=truth.attention.hours_until(share))

    def complaints(self, post: SimPost, fate: Fate) -> tuple[int, ...]:
        """Which of the comments are, as far down as anybody reads."""
        count, goes_round = min(fate.of_kind["comments"], facts()["looked_at"]), self._goes_round(post.visible_at)
        known = (_channel(post), fate.key, count, goes_round)
        if known not in self._complaints:
            self._complaints[known] = tuple(
                number
                for number in range(1, count + 1)
                if kind_of(self._draws_of(post, fate, number), goes_round=goes_round) in GRIEVANCES
            )
        return self._complaints[known]

    def heard(self, post: SimPost, now: datetime, record: Record | None) -> list[Heard]:
        """All that was said below that post so far, the oldest first."""
        fate, channel = self.fate(post, record), _channel(post)
        comments = self(post, now, record).comments
        talk, given = self._talk(post, fate, record), {} if record is None else record.below(post.id)
        found = []
        for comment in comments:
            step, first = divmod(int(comment.id.rpartition("~")[2]), STEPS)
            if step:
                said = next(line.said for line in talk.exchanges[first] if line.step == step)
            elif first in talk.more:
                said = talk.more[first].said
            else:
                said = self.remark(post, fate, self._draws_of(post, fate, first))
            answered = answered_after(comment.created_at, given.get(str(first), ()))
            is_known = answered is not None and answered <= now
            found.append(Heard(comment, said, answered if is_known else None, step > 0 or first in talk.more))
        return found

    def said_because_answered(self, post: SimPost, record: Record | None, now: datetime) -> int:
        """So many of the comments that are counted."""
        figures = self(post, now, record).figures
        fate, truth = self.fate(post, record), self.truth(_channel(post))
        age_h = (now - post.visible_at).total_seconds() / 3600
        return figures["comments"] - truth.count_at(fate.of_kind["comments"], f"{fate.key} comments", age_h)

    def heard_alone(self, account: SimAccount, now: datetime, record: Record | None) -> list[Heard]:
        """All messages to that account so far, the oldest first."""
        posts, given = self.messages(account, now, record), {} if record is None else record.below(f"{MESSAGE}{account.id}")
        found = []
        for post, written in zip(posts, self.written(account.order, now, record), strict=True):
            begun = begun_by(post.id)
            answered = answered_after(written.at, given.get(begun[1], ()) if begun else ())
            found.append(Heard(post, written.said, answered if answered is None or answered <= now else None))
        return found

    def _standing(self, channel: int, record: Record | None) -> Standing | None:
        if record is None:
            return None
        known = self._standings.get(channel)
        if known is None or known.record is not record:
            known = self._standings[channel] = Standing(self, channel, record)
        return known

    def _talk(self, post: SimPost, fate: Fate, record: Record | None) -> Talk:
        standing = self._standing(_channel(post), record)
        return Talk() if standing is None else standing.talk(post, fate)

    def _told(
        self, post: SimPost, fate: Fate, talk: Talk, now: datetime
    ) -> tuple[tuple[SimPost, ...], tuple[SimPost, ...]]:
        """So far: the comments that others brought, and what followed answers."""
        more = [self._comment(post, number, one) for number, one in talk.more.items() if one.at <= now]
        followed = [
            self._comment(post, line.step * STEPS + number, line, self._above(post, number, line))
            for number, lines in talk.exchanges.items()
            for line in lines
            if line.step and line.at <= now
        ]
        return tuple(more), tuple(sorted(followed, key=lambda one: one.created_at))

    @property
    def _has_two_levels(self) -> bool:
        return self.slug in facts()["two_levels"]

    def _above(self, post: SimPost, number: int, line: Line) -> str:
        """Where networks know two levels only, what follows an answer stands beside it."""
        return f"{post.id}~{number}" if self._has_two_levels else line.answer

    def _comment(self, post: SimPost, number: int, line: Line, above: str = "") -> SimPost:
        author = AUTHORS[line.said.author]
        return SimPost(
            id=f"{post.id}~{number}",
            account_id=f"audience{line.said.author}",
            text=line.said.text,
            created_at=line.at,
            visible_at=line.at,
            parent_id=above or post.id,
            data={"author": author, "parent": above} if above and self._has_two_levels else {"author": author},
        )

    def _goes_round(self, instant: datetime) -> bool:
        """Whether a complaint does, below what was posted then."""
        return self.company.world.complaints_week == self.company.week(instant)

    def log_mean(self, channel: int, made: Composition, at: datetime, earlier: int, lost: int = 0) -> float:
        """What can be expected of interactions in the end, drift and followers counted, luck apart. `lost`: how many
        followers have left over complaints."""
        truth, company = self.truth(channel), self.company
        grown = truth.base_of(self._followers(channel, at, lost)) / truth.base
        return (
            truth.log_mean(made, company.slot(at), earlier)
            + truth.drift(company.week(at))
            + math.log(max(grown, 1e-6))
        )

    def _fate_of(self, post: SimPost, lost: int) -> Fate:
        truth, made = self.truth(_channel(post)), composition_of(post, self.slug)
        # The place in the publishing record, not the network's id: the same plan has the same luck.
        key = str(post.record.get("number", post.id))
        log_mean = self.log_mean(_channel(post), made, post.visible_at, post.record.get("earlier", 0), lost)
        luck = truth.luck(key)
        mean = math.exp(min(log_mean + luck, LARGEST_LOG))
        total = truth.draws.poisson(mean, "interactions", key)
        # Of what the post is, only its format decides how many it is shown to.
        shown = truth.content(made) - truth.formats.get(made.format, 0.0)
        reach = max(mean * math.exp(-shown) / truth.attention.acts_rate, float(total))
        more = MORE_SAID if self._goes_round(post.visible_at) else 1.0
        return Fate(key, made, luck, log_mean, reach, total, self._split(truth, key, total, more))

    def _split(self, truth: ChannelTruth, key: str, total: int, more_said: float) -> dict[str, int]:
        table = audience_facts()["shares"]
        shares = table.get(self.slug, table["others"])
        of_kind, left, rest = {}, total, 1.0
        for kind in KINDS:
            share = shares[kind] * (more_said if kind == "comments" else 1.0)
            of_kind[kind] = truth.draws.binomial(left, share / rest, "kind", kind, key)
            left, rest = left - of_kind[kind], rest - share
        return {**of_kind, "reactions": left}

    def _comments(self, post: SimPost, fate: Fate, truth: ChannelTruth, count: int) -> tuple[SimPost, ...]:
        """The first so many; each is made once."""
        made = self._said.setdefault((post.id, fate.key, fate.post, fate.of_kind["comments"]), [])
        while len(made) < count:
            made.append(self._comment(post, len(made) + 1, self.line(post, fate, len(made) + 1)))
        return tuple(made[:count])

    def followers_anyway(self, channel: int, at: datetime) -> float:
        """Had nobody left over a complaint: between the ends of two weeks, in proportion."""
        weeks = max((at - self.company.began_at) / WEEK, 0.0)
        path = self._path(channel, int(weeks) + 1)
        before, after = path[int(weeks)], path[int(weeks) + 1]
        return before + (after - before) * (weeks - int(weeks))

    def _followers(self, channel: int, at: datetime, lost: int = 0) -> float:
        """Who has left cannot leave again, so that many complaints cost less each than one."""
        anyway = self.followers_anyway(channel, at)
        return anyway * math.exp(-lost / anyway) if lost and anyway else anyway

    def _path(self, channel: int, weeks: int) -> list[int]:
        path = self._paths.get(channel, [])
        if len(path) <= weeks:
            truth = self.truth(channel)
            draws = truth.draws.under("followers")
            path = weekly_followers(draws, attention_of(self.slug), weeks + WEEKS_AT_ONCE, truth.followers)
            self._paths[channel] = path
        return path


def in_order(*said: tuple[SimPost, ...]) -> tuple[SimPost, ...]:
    return tuple(sorted(itertools.chain(*said), key=lambda one: one.created_at))


def number(first: str, step: int) -> str:
    """Of what is said in an exchange after so many answers."""
    return f"{first}-{step}" if step else first


def _channel(post: SimPost) -> int:
    return post.record.get("channel", 0)
