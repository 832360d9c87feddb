"""Whom a visit belongs to that the website's own statistics counted: read back from the marks of our links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from urllib.parse import parse_qsl, urlsplit

from tesselle.channels.models import Channel
from tesselle.links import addresses
from tesselle.links.models import Link
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import Workspace

BY_HAND = "tesselle"
"""The source of a short link that names no channel."""
MOST_OF_A_MARK = 200


@dataclass(frozen=True, slots=True)
class Marks:
    """The `utm_` marks of a visit; "" where there was none. Anybody can write one into an address: they are
    cut to what a table holds."""

    source: str = ""
    medium: str = ""
    campaign: str = ""
    content: str = ""
    term: str = ""

    def __post_init__(self) -> None:
        for one in fields(self):
            text = getattr(self, one.name).replace("\x00", "")[:MOST_OF_A_MARK]
            object.__setattr__(self, one.name, text)

    @classmethod
    def of_address(cls, url: str) -> "Marks":
        given = {name.casefold(): value for name, value in parse_qsl(urlsplit(url).query)}
        return cls(**{one.name: given.get(f"utm_{one.name}", "") for one in fields(cls)})

    @property
    def told(self) -> dict[str, str]:
        """Those that are there."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True, slots=True)
class Origin:
    """None: the marks do not tell."""

    channel_id: int | None = None
    post_id: int | None = None
    campaign_id: int | None = None

    @property
    def is_known(self) -> bool:
        return self != NOWHERE


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Register:
    """What marks may name. `links`: by code, the post and its campaign."""

    links: Mapping[str, tuple[int | None, int | None]]
    channels: frozenset[int]
    only_channel: Mapping[str, int]
    networks: frozenset[str]
    campaigns: Mapping[str, int]

    def origin_of(self, marks: Marks) -> Origin:
        """A short link's place says all. Else a network and its medium are ours; a channel is named by that
        only where the network has one."""
        code, channel_id = addresses.read_place(marks.term.casefold())
        if code in self.links:
            post_id, campaign_id = self.links[code]
            return Origin(channel_id if channel_id in self.channels else None, post_id, campaign_id)
        source = marks.source.casefold()
        if source not in self.networks or marks.medium.casefold() != addresses.medium_of(source):
            return NOWHERE
        return Origin(
            channel_id=self.only_channel.get(source),
            campaign_id=self.campaigns.get(marks.campaign.casefold()),
        )


def register_of(workspace: Workspace, marks: Iterable[Marks]) -> Register:
    """For these marks, in three queries."""
    codes = {addresses.read_place(one.term.casefold())[0] for one in marks if one.term}
    links = Link.objects.filter(workspace=workspace, code__in=codes)
    channels = list(Channel.objects.filter(workspace=workspace).values_list("pk", "network", "removed_at"))
    here = [(pk, network) for pk, network, removed_at in channels if removed_at is None]
    counted = [network for _pk, network in here]
    return Register(
        links={
            code: (post, campaign)
            for code, post, campaign in links.values_list("code", "post_id", "post__campaign_id")
        },
        channels=frozenset(pk for pk, _network, _removed_at in channels),
        only_channel={network: pk for pk, network in here if counted.count(network) == 1},
        networks=frozenset(network for _pk, network, _removed_at in channels) | {BY_HAND},
        campaigns=_campaigns(workspace),
    )


def _campaigns(workspace: Workspace) -> dict[str, int]:
    """Two that are written alike name none."""
    rows = [
        (addresses.mark_of(name), pk)
        for pk, name in Campaign.objects.filter(workspace=workspace).values_list("pk", "name")
    ]
    written = [mark for mark, _pk in rows]
    return {mark: pk for mark, pk in rows if mark and written.count(mark) == 1}
