"""What is to happen with the posts that were ticked."""

from dataclasses import dataclass
from typing import Literal

Act = Literal["move", "channels", "pillar", "campaign", "call_off", "delete"]


@dataclass(frozen=True, slots=True)
class Wish:
    """`days`: to move by; `channels`: the new set; `aim`: a pillar or a campaign, 0 for none."""

    act: Act
    days: int = 0
    channels: frozenset[int] = frozenset()
    aim: int = 0
