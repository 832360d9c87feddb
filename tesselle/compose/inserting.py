"""What can be inserted into a text: snippets, groups of hashtags with what they come to on each network, emojis,
and people, looked up where a network can be asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from tesselle.channels.people import LEAST_LETTERS, can_be_asked, people_at
from tesselle.compose.desk import Desk, Place
from tesselle.compose.draft import Words
from tesselle.compose.emoji import EmojiGroup, emoji_groups
from tesselle.compose.models import Snippet
from tesselle.compose.snippets import snippets_of
from tesselle.connectors.protocols import Person
from tesselle.domain.errors import NetworkError
from tesselle.domain.text.entities import find_hashtags
from tesselle.web.sentences import say

AT_MOST = 30


@dataclass(frozen=True, slots=True)
class TagCount:
    """How many hashtags a channel's text would have with the group in it."""

    channel: str
    network: str
    counted: int
    limit: int

    @property
    def is_over(self) -> bool:
        return self.counted > self.limit


@dataclass(frozen=True, slots=True)
class Insertable:
    """A snippet or a group, and what it comes to."""

    name: str
    text: str
    hashtags: int
    is_group: bool
    counts: tuple[TagCount, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The people of one channel's network; `trouble`: why it did not answer. `is_only`: no other channel of
    this network was asked."""

    channel: str
    network: str
    network_name: str
    is_only: bool
    people: tuple[Person, ...]
    trouble: str


@dataclass(frozen=True, slots=True)
class InsertPage:
    """`asks_people`: the query begins with @. `too_short`: a letter more is needed to ask."""

    query: str
    asks_people: bool
    too_short: bool
    can_ask: bool
    snippets: tuple[Insertable, ...]
    emojis: tuple[EmojiGroup, ...]
    found: tuple[Found, ...]

    @property
    def is_empty(self) -> bool:
        return (
            not self.snippets and not self.emojis and not any(one.people or one.trouble for one in self.found)
        )


def insert_page(desk: Desk, query: str, owner: str, part: int) -> InsertPage:
    """For the text of `owner`: `shared`, or `c7` for channel 7."""
    query = query.strip()
    places = _places(desk, owner)
    asks, name = query.startswith("@"), query.removeprefix("@")
    able = [place for place in places if can_be_asked(place.channel)]
    found = tuple(_found(place, name, able) for place in able) if asks and len(name) >= LEAST_LETTERS else ()
    rows = [] if asks else snippets_of(desk.workspace, query.removeprefix("#"))[:AT_MOST]
    return InsertPage(
        query=query,
        asks_people=asks,
        too_short=len(name) < LEAST_LETTERS,
        can_ask=bool(able),
        snippets=tuple(_insertable(row, desk, places, part) for row in rows),
        emojis=() if asks or query.startswith("#") else emoji_groups(query),
        found=found,
    )


def _places(desk: Desk, owner: str) -> list[Place]:
    """The chosen channels that the text goes to."""
    if owner.startswith("c") and owner[1:].isdecimal():
        return [place for place in desk.chosen if place.channel.pk == int(owner[1:])]
    return [place for place in desk.chosen if place.channel.pk not in desk.draft.tailored]


def _found(place: Place, name: str, asked: Sequence[Place]) -> Found:
    channel = place.channel
    is_only = sum(other.channel.network == channel.network for other in asked) == 1
    people: tuple[Person, ...] = ()
    trouble = ""
    try:
        people = people_at(channel, name)
    except NetworkError as error:
        trouble = say(error.message)
    return Found(
        channel.display_name or channel.handle, channel.network, place.card.name, is_only, people, trouble
    )


def _insertable(row: Snippet, desk: Desk, places: Sequence[Place], part: int) -> Insertable:
    added = row.hashtags
    return Insertable(
        name=row.name,
        text=row.body,
        hashtags=added,
        is_group=row.kind == Snippet.Kind.HASHTAGS,
        counts=tuple(_counts(added, desk, places, part)) if added else (),
    )


def _counts(added: int, desk: Desk, places: Sequence[Place], part: int) -> "list[TagCount]":
    told = []
    for place in places:
        limit = desk.limits(place.channel.pk).max_hashtags
        if limit is not None:
            there = _tags(desk.draft.words(place.channel.pk), part)
            name = place.channel.display_name or place.channel.handle
            told.append(TagCount(name, place.channel.network, there + added, limit))
    return told


def _tags(words: Words, part: int) -> int:
    text = words.texts[part] if part < len(words.texts) else ""
    return sum(1 for _ in find_hashtags(text))
