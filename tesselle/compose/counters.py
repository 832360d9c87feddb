"""How long each text is against the limit of each channel, as the server counts and for the browser to count too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from tesselle.compose.desk import Desk, Place
from tesselle.domain.checks import counted
from tesselle.domain.limits import Limits

_ROOMY = 10_000


@dataclass(frozen=True, slots=True)
class Counter:
    """One part's text against one channel's limit. `id` names what the browser needs to count it too."""

    field_id: str
    part: int
    channel_id: int
    name: str
    network: str
    counted: int
    limit: int
    is_caption: bool
    link_id: str

    @property
    def state(self) -> str:
        if self.counted > self.limit:
            return "over"
        return "near" if self.counted >= self.limit * 0.9 else "ok"

    @property
    def is_roomy(self) -> bool:
        """As in counters.js: says nothing before half of a very wide limit is used."""
        return self.limit >= _ROOMY and self.counted * 2 < self.limit


def counters_of(place: Place, desk: Desk, owner: str) -> tuple[Counter, ...]:
    channel, content = place.channel, desk.content(place.channel.pk)
    limits = desk.limits(channel.pk)
    has_caption = limits.caption is not None and bool(content.media)
    return tuple(
        Counter(
            field_id=f"{owner}-text-{index}",
            part=index,
            channel_id=channel.pk,
            name=channel.display_name or channel.handle,
            network=channel.network,
            counted=entry.counted,
            limit=entry.limit,
            is_caption=has_caption and index == 0,
            link_id=f"{owner}-link",
        )
        for index, entry in enumerate(counted(content, limits))
    )


@lru_cache(maxsize=256)
def limits_told(limits: Limits) -> Mapping[str, Any]:
    """For the browser, which counts too. Taken apart once: the limits of an account seldom change."""
    return replace(limits, formats=()).to_json()
