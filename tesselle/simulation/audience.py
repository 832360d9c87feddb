"""The public of a practice company on one network: what it does with each post, and when.

A pure function of the world's seed, of what was published, and of the instant: nothing has to run,
and neither polling, nor restarts, nor jumps of the clock change a number. What is really so stands in
`truth`; figures of one post grow along its network's curve of attention and agree with one another.
"""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from tesselle.domain.attention import attention_of
from tesselle.simulation.composition import composition_of, themes
from tesselle.simulation.draws import Draws
from tesselle.simulation.followers import weekly_followers
from tesselle.simulation.messages import Written, messages_of_week
from tesselle.simulation.network import MESSAGE, Reaction, SimAccount, SimPost
from tesselle.simulation.remarks import AUTHORS, Remark, audience_facts, remark
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
    """`began_at`: the first instant of its world; `zone` and `language`: those of its public."""

    world: SimulatedWorld
    seed: str
    began_at: datetime
    zone: str = "Europe/Zurich"
    language: str = "fr"

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


def _watched(post: SimPost, impressions: int) -> dict[str, int]:
    """Of a film: how often it was begun, and for how many seconds by all together."""
    if not any(str(file.get("mime", "")).startswith("video/") for file in post.media):
        return {}
    facts = audience_facts()["films"]
    views = int(impressions * facts["views"])
    return {"video_views": views, "watch_time": int(views * facts["seconds"])}


class Audience:
    """The hook of a `SimulatedNetwork`; keeps what it worked out, since that never changes."""

    def __init__(self, slug: str, company: SimulatedCompany) -> None:
        self.slug = slug
        self.company = company
        self._draws = Draws(company.seed)
        self._truths: dict[int, ChannelTruth] = {}
        self._paths: dict[int, list[int]] = {}
        self._said: dict[tuple[str, str, Composition], list[SimPost]] = {}
        self._fates: dict[tuple[str, str, datetime], Fate] = {}
        self._written: dict[tuple[int, int], tuple[Written, ...]] = {}

    def __call__(self, post: SimPost, now: datetime) -> Reaction:
        if post.draft or post.removed or post.parent_id or post.to:
            return Reaction()
        fate, truth = self.fate(post), self.truth(_channel(post))
        age_h = (now - post.visible_at).total_seconds() / 3600
        seen = truth.attention.seen_after(age_h)
        reach = int(fate.reach * seen)
        figures = {"reach": reach, "impressions": int(audience_facts()["impressions"] * fate.reach * seen)}
        for kind, count in fate.of_kind.items():
            figures[kind] = truth.count_at(count, f"{fate.key} {kind}", age_h)
        figures |= _watched(post, figures["impressions"])
        return Reaction(figures, partial(self._comments, post, fate, truth, figures["comments"]))

    def account(self, account_id: str) -> SimAccount | None:
        number = account_id.removeprefix("audience")
        if number == account_id or not number.isdecimal() or int(number) >= len(AUTHORS):
            return None
        return SimAccount(account_id, account_id, AUTHORS[int(number)])

    def followers(self, account: SimAccount, now: datetime) -> int:
        return round(self._followers(account.order, now))

    def messages(self, account: SimAccount, now: datetime) -> tuple[SimPost, ...]:
        return tuple(
            SimPost(
                id=f"{MESSAGE}{account.id}~{written.number}",
                account_id=f"audience{written.said.author}",
                text=written.said.text,
                created_at=written.at,
                visible_at=written.at,
                data={"author": AUTHORS[written.said.author], "language": written.language},
                to=(account.id,),
            )
            for written in self.written(account.order, now)
        )

    # the truth

    def written(self, channel: int, now: datetime) -> Iterator[Written]:
        """The messages to that account so far, oldest first, with what each really is."""
        for week in range(self.company.week(now) + 1):
            if (channel, week) not in self._written:
                self._written[channel, week] = self._week_of_messages(channel, week)
            yield from (one for one in self._written[channel, week] if one.at <= now)

    def _week_of_messages(self, channel: int, week: int) -> tuple[Written, ...]:
        truth, company = self.truth(channel), self.company
        begins = company.began_at + week * WEEK
        goes_round = self._goes_round(begins)
        return messages_of_week(
            truth.draws,
            week,
            begins=begins,
            slot=company.slot(begins),
            activity=truth.rhythm.activity(),
            followers=self._followers(channel, begins),
            language=company.language,
            goes_round=goes_round,
        )

    def truth(self, channel: int) -> ChannelTruth:
        if channel not in self._truths:
            self._truths[channel] = channel_truth(
                self._draws, self.company.world, f"{self.slug} {channel}", self.slug, themes()
            )
        return self._truths[channel]

    def fate(self, post: SimPost) -> Fate:
        """Worked out once for each wording: who edits a post changes what it is."""
        known = (post.id, post.text, post.visible_at)
        if known not in self._fates:
            self._fates[known] = self._fate_of(post)
        return self._fates[known]

    def remarks(self, post: SimPost, count: int) -> Iterator[Remark]:
        """The first so many comments beneath a post, with what each really is."""
        fate, truth = self.fate(post), self.truth(_channel(post))
        for number in range(1, count + 1):
            draws = truth.draws.under("comment", fate.key, number)
            yield remark(
                draws, fate.post.pillar, self.company.language, goes_round=self._goes_round(post.visible_at)
            )

    def _goes_round(self, instant: datetime) -> bool:
        """Whether a complaint does, below what was posted then."""
        return self.company.world.complaints_week == self.company.week(instant)

    def log_mean(self, channel: int, made: Composition, at: datetime, earlier: int) -> float:
        """What can be expected of interactions in the end, drift and followers counted, luck apart."""
        truth, company = self.truth(channel), self.company
        grown = truth.base_of(self._followers(channel, at)) / truth.base
        return (
            truth.log_mean(made, company.slot(at), earlier)
            + truth.drift(company.week(at))
            + math.log(max(grown, 1e-6))
        )

    def _fate_of(self, post: SimPost) -> Fate:
        truth, made = self.truth(_channel(post)), composition_of(post, self.slug)
        # The place in the publishing record, not the network's id: the same plan has the same luck.
        key = str(post.record.get("number", post.id))
        log_mean = self.log_mean(_channel(post), made, post.visible_at, post.record.get("earlier", 0))
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
        made = self._said.setdefault((post.id, fate.key, fate.post), [])
        if len(made) < count:
            made += itertools.islice(self._made(post, fate, truth, count), len(made), None)
        return tuple(made[:count])

    def _made(self, post: SimPost, fate: Fate, truth: ChannelTruth, count: int) -> Iterator[SimPost]:
        ever, start = fate.of_kind["comments"], truth.draws.uniform("rounding", f"{fate.key} comments")
        for number, said in enumerate(self.remarks(post, count), 1):
            share = min(max((number - start) / ever, 0.0), 0.9999)
            at = post.visible_at + timedelta(hours=truth.attention.hours_until(share))
            yield SimPost(
                id=f"{post.id}~{number}",
                account_id=f"audience{said.author}",
                text=said.text,
                created_at=at,
                visible_at=at,
                parent_id=post.id,
                data={"author": AUTHORS[said.author]},
            )

    def _followers(self, channel: int, at: datetime) -> float:
        """Between the ends of two weeks, in proportion."""
        weeks = max((at - self.company.began_at) / WEEK, 0.0)
        path = self._path(channel, int(weeks) + 1)
        before, after = path[int(weeks)], path[int(weeks) + 1]
        return before + (after - before) * (weeks - int(weeks))

    def _path(self, channel: int, weeks: int) -> list[int]:
        path = self._paths.get(channel, [])
        if len(path) <= weeks:
            truth = self.truth(channel)
            draws = truth.draws.under("followers")
            path = weekly_followers(draws, attention_of(self.slug), weeks + WEEKS_AT_ONCE, truth.followers)
            self._paths[channel] = path
        return path


def _channel(post: SimPost) -> int:
    return post.record.get("channel", 0)
