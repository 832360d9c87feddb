"""The public of a practice company on one network: what it does with each post, and when.

A pure function of the world's seed, of what was published and answered, and of the instant: nothing has to run,
and neither polling, nor restarts, nor jumps of the clock change a number. What is really so stands in
`truth`; figures of one post grow along its network's curve of attention and agree with one another.
"""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial

from tesselle.domain.attention import attention_of
from tesselle.simulation.answered import Talk, facts
from tesselle.simulation.comments import Comments
from tesselle.simulation.company import Fate, SimulatedCompany
from tesselle.simulation.composition import composition_of, themes
from tesselle.simulation.draws import Draws
from tesselle.simulation.followers import Growth
from tesselle.simulation.messages import Written, messages_of_week
from tesselle.simulation.network import MESSAGE, Reaction, SimAccount, SimPost
from tesselle.simulation.record import Record
from tesselle.simulation.remarks import AUTHORS, Remark, audience_facts
from tesselle.simulation.standing import Standing
from tesselle.simulation.truth import ChannelTruth, Composition, channel_truth

KINDS = ("comments", "shares", "saves", "clicks")
LARGEST_LOG = 14.0
MORE_SAID = 2.5
"""So many times as many comments while a complaint goes round."""


def _watched(post: SimPost, impressions: int) -> dict[str, int]:
    """Of a film: how often it was begun, and for how many seconds by all together."""
    if not any(str(file.get("mime", "")).startswith("video/") for file in post.media):
        return {}
    facts = audience_facts()["films"]
    views = int(impressions * facts["views"])
    return {"video_views": views, "watch_time": int(views * facts["seconds"])}


class Audience:
    """The hook of a `SimulatedNetwork`; keeps what it worked out, since that never changes. `record`: what its
    account published and answered; without one nobody answers, and nobody minds."""

    def __init__(self, slug: str, company: SimulatedCompany) -> None:
        self.slug = slug
        self.company = company
        self.comments = Comments(slug, company, self.truth)
        self._draws = Draws(company.seed)
        self._truths: dict[int, ChannelTruth] = {}
        self._growths: dict[int, Growth] = {}
        self._fates: dict[tuple[str, str, datetime, int], Fate] = {}
        self._written: dict[tuple[int, int, int], tuple[Written, ...]] = {}
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
        figures |= _watched(post, figures["impressions"])
        count = figures["comments"]
        talk = self.talk(post, fate, record)
        if not talk.exchanges:
            return Reaction(figures, partial(self.comments.first, post, fate, count))
        more, followed = self.comments.because_answered(post, talk, now)
        figures["comments"] += len(more) + (len(followed) if self.slug in facts()["counted"] else 0)
        return Reaction(figures, partial(self.comments.all, post, fate, count, talk, now), followed)

    def said_anyway(self, post: SimPost, now: datetime, record: Record | None = None) -> int:
        """The comments that are no matter of answers."""
        fate, age_h = self.fate(post, record), (now - post.visible_at).total_seconds() / 3600
        truth = self.truth(_channel(post))
        return truth.count_at(fate.of_kind["comments"], f"{fate.key} comments", age_h)

    def account(self, account_id: str) -> SimAccount | None:
        number = account_id.removeprefix("audience")
        if number == account_id or not number.isdecimal() or int(number) >= len(AUTHORS):
            return None
        return SimAccount(account_id, account_id, AUTHORS[int(number)])

    def followers(self, account: SimAccount, now: datetime, record: Record | None = None) -> int:
        return round(self._followers(account.order, now, self.resentment(account.order, now, record)))

    def left(self, channel: int, now: datetime, record: Record | None) -> int:
        """How many left until then because a complaint had no answer."""
        stay = self._followers(channel, now, self.resentment(channel, now, record))
        return round(self.followers_anyway(channel, now)) - round(stay)

    def resentment(self, channel: int, now: datetime, record: Record | None) -> int:
        """How many would have left, could anybody leave twice."""
        standing = self._standing(channel, record)
        return 0 if standing is None else standing.resentment(now)

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
            replace(
                one,
                number=one.number + (f"-{line.step}" if line.step else ""),
                at=line.at,
                said=line.said,
                answer=line.answer,
            )
            for week in standing.weeks(now)
            for one in week
            for line in standing.told_after(one)
            if line.at <= now
        ]
        yield from sorted(found, key=lambda one: one.at)

    def week_after(self, channel: int, week: int, resentment: int) -> tuple[Written, ...]:
        """The messages of that week, with what had been resented before it."""
        if (channel, week, resentment) not in self._written:
            self._written[channel, week, resentment] = self._week_of_messages(channel, week, resentment)
        return self._written[channel, week, resentment]

    def _week_of_messages(self, channel: int, week: int, resentment: int) -> tuple[Written, ...]:
        truth, company = self.truth(channel), self.company
        begins = company.begins(week)
        goes_round = self.company.goes_round(begins)
        return messages_of_week(
            truth.draws,
            week,
            begins=begins,
            slot=company.slot(begins),
            activity=truth.rhythm.activity(),
            followers=self._followers(channel, begins, resentment),
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
        return self.fate_after(post, self.resentment(_channel(post), post.visible_at, record))

    def fate_after(self, post: SimPost, resentment: int) -> Fate:
        """The same with what had been resented before it."""
        known = (post.id, post.text, post.visible_at, resentment)
        if known not in self._fates:
            self._fates[known] = self._fate_of(post, resentment)
        return self._fates[known]

    def remarks(self, post: SimPost, count: int) -> Iterator[Remark]:
        """The first so many comments beneath a post, with what each really is."""
        fate = self.fate(post)
        for number in range(1, count + 1):
            yield self.comments.line(post, fate, number).said

    def _standing(self, channel: int, record: Record | None) -> Standing | None:
        if record is None:
            return None
        known = self._standings.get(channel)
        if known is None or known.record is not record:
            known = self._standings[channel] = Standing(self, channel, record)
        return known

    def talk(self, post: SimPost, fate: Fate, record: Record | None) -> Talk:
        standing = self._standing(_channel(post), record)
        return Talk() if standing is None else standing.talk(post, fate)

    def log_mean(
        self, channel: int, made: Composition, at: datetime, earlier: int, resentment: int = 0
    ) -> float:
        """What can be expected of interactions in the end, drift and followers counted, luck apart. `resentment`: how
        many followers would have left over complaints."""
        truth, company = self.truth(channel), self.company
        grown = truth.base_of(self._followers(channel, at, resentment)) / truth.base
        return (
            truth.log_mean(made, company.slot(at), earlier)
            + truth.drift(company.week(at))
            + math.log(max(grown, 1e-6))
        )

    def _fate_of(self, post: SimPost, resentment: int) -> Fate:
        truth, made = self.truth(_channel(post)), composition_of(post, self.slug)
        # The place in the publishing record, not the network's id: the same plan has the same luck.
        key = str(post.record.get("number", post.id))
        log_mean = self.log_mean(
            _channel(post), made, post.visible_at, post.record.get("earlier", 0), resentment
        )
        luck = truth.luck(key)
        mean = math.exp(min(log_mean + luck, LARGEST_LOG))
        total = truth.draws.poisson(mean, "interactions", key)
        # Of what the post is, only its format decides how many it is shown to.
        shown = truth.content(made) - truth.formats.get(made.format, 0.0)
        reach = max(mean * math.exp(-shown) / truth.attention.acts_rate, float(total))
        more = MORE_SAID if self.company.goes_round(post.visible_at) else 1.0
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

    def followers_anyway(self, channel: int, at: datetime) -> float:
        """Had nobody left over a complaint."""
        if channel not in self._growths:
            truth = self.truth(channel)
            draws, began = truth.draws.under("followers"), self.company.began_at
            self._growths[channel] = Growth(draws, attention_of(self.slug), truth.followers, began)
        return self._growths[channel].at(at)

    def _followers(self, channel: int, at: datetime, resentment: int = 0) -> float:
        """Who has left cannot leave again, so that of many complaints each costs less."""
        anyway = self.followers_anyway(channel, at)
        return anyway * math.exp(-resentment / anyway) if resentment and anyway else anyway


def _channel(post: SimPost) -> int:
    return post.record.get("channel", 0)
