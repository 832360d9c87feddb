"""Whether those who wrote had their answer within a day: comments, reviews and messages, each kind for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.engage.places import kinds_of
from tesselle.networks import plugin
from tesselle.sandbox.practice import PracticeWorld
from tesselle.simulation.network import MESSAGE, SimPost

IN_TIME = timedelta(hours=24)


@dataclass(slots=True)
class Answered:
    """Of one kind. `wanting`: those that want an answer, their day over or answered; `in_time` of them within
    their day. `silent`: how many have no answer yet, wanted or not, by the id of what they stand below, "" for
    what is of the whole account."""

    wanting: int = 0
    in_time: int = 0
    silent: dict[str, int] = field(default_factory=dict)

    def count(
        self, written: SimPost, below: str, answer: datetime | None, now: datetime, *, wants: bool
    ) -> None:
        if answer is None:
            self.silent[below] = self.silent.get(below, 0) + 1
        if wants:
            is_in_time = answer is not None and answer - written.created_at <= IN_TIME
            self.in_time += is_in_time
            self.wanting += is_in_time or now - written.created_at > IN_TIME


async def answered_on(
    practice: PracticeWorld, channel: Channel, posts: Sequence[SimPost], since: datetime, now: datetime
) -> Mapping[Discussed, Answered]:
    """`posts`: the channel's own ones, which people wrote below. Where a network lets nobody answer, nothing is
    counted. Of a simulated network's reviews each is what somebody says below a post elsewhere."""
    found: dict[Discussed, Answered] = {}
    answers = await _answers(practice, channel)
    for kind in kinds_of(channel):
        counted = found[kind] = Answered()
        if kind is Discussed.MESSAGES:
            await _messages(counted, practice, channel, answers, since, now)
        else:
            await _below(counted, kind, practice, channel, posts, answers, now)
    return found


async def _answers(practice: PracticeWorld, channel: Channel) -> Mapping[str, datetime]:
    """When each comment and message was first answered, by its id."""
    found: dict[str, datetime] = {}
    for post in await practice.network(channel.network).truth():
        if post.parent_id and post.account_id == channel.remote_id and not post.removed:
            found.setdefault(post.parent_id, post.created_at)
    return found


async def _below(
    counted: Answered,
    kind: Discussed,
    practice: PracticeWorld,
    channel: Channel,
    posts: Sequence[SimPost],
    answers: Mapping[str, datetime],
    now: datetime,
) -> None:
    audience, network = practice.audience(channel.network), practice.network(channel.network)
    answered_at = plugin(channel.network).sandbox.answered_at
    for post in posts:
        comments = audience(post, now).comments
        for comment, truth in zip(comments, audience.remarks(post, len(comments)), strict=True):
            answer = answers.get(comment.id)
            if answer is None and answered_at is not None:
                answer = await answered_at(network, channel.remote_id, comment.id)
            below = post.id if kind is Discussed.COMMENTS else ""
            counted.count(comment, below, answer, now, wants=truth.needs_answer)


async def _messages(
    counted: Answered,
    practice: PracticeWorld,
    channel: Channel,
    answers: Mapping[str, datetime],
    since: datetime,
    now: datetime,
) -> None:
    audience, account = (
        practice.audience(channel.network),
        await practice.network(channel.network).account(channel.remote_id),
    )
    if account is None:
        return
    wants = {written.number: written.said.needs_answer for written in audience.written(account.order, now)}
    for message in audience.messages(account, now):
        if message.created_at >= since:
            number = message.id.removeprefix(f"{MESSAGE}{account.id}~")
            counted.count(message, "", answers.get(message.id), now, wants=wants[number])
