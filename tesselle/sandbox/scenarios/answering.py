"""Whether those who wrote had their answer within a day: comments, reviews and messages, each kind for itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tesselle.channels.models import Channel
from tesselle.connectors.card import Discussed
from tesselle.engage.places import kinds_of
from tesselle.sandbox.practice import PracticeWorld
from tesselle.simulation.answered import GRIEVANCES
from tesselle.simulation.hearing import Heard, heard_alone, heard_below
from tesselle.simulation.network import SimPost

IN_TIME = timedelta(hours=24)


@dataclass(slots=True)
class Answered:
    """Of one kind. `wanting`: those that want an answer, their day over or answered; `in_time` of them within
    their day. `silent`: how many have no answer yet, wanted or not, by the id of what they stand below, "" for
    what is of the whole account. `complaints`: those of them that are some, and whose day is over."""

    wanting: int = 0
    in_time: int = 0
    complaints: int = 0
    silent: dict[str, int] = field(default_factory=dict)

    def count(self, heard: Heard, below: str, now: datetime) -> None:
        answer, written_at = heard.answered_at, heard.post.created_at
        if answer is None:
            self.silent[below] = self.silent.get(below, 0) + 1
            self.complaints += heard.said.kind in GRIEVANCES and now - written_at > IN_TIME
        if heard.said.needs_answer:
            is_in_time = answer is not None and answer - written_at <= IN_TIME
            self.in_time += is_in_time
            self.wanting += is_in_time or now - written_at > IN_TIME


async def answered_on(
    practice: PracticeWorld, channel: Channel, posts: Sequence[SimPost], since: datetime, now: datetime
) -> Mapping[Discussed, Answered]:
    """`posts`: the channel's own ones, which people wrote below. Where a network lets nobody answer, nothing is
    counted. Of a simulated network's reviews each is what somebody says below a post elsewhere."""
    found: dict[Discussed, Answered] = {}
    audience, network = practice.audience(channel.network), practice.network(channel.network)
    account, record = await network.account(channel.remote_id), await network.record_of(channel.remote_id)
    for kind in kinds_of(channel):
        counted = found[kind] = Answered()
        if kind is Discussed.MESSAGES:
            heard = heard_alone(audience, account, now, record) if account is not None else []
            for one in heard:
                if one.post.created_at >= since:
                    counted.count(one, "", now)
        else:
            for post in posts:
                for one in heard_below(audience, post, now, record):
                    counted.count(one, post.id if kind is Discussed.COMMENTS else "", now)
    return found
