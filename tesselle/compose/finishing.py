"""What a higher folder makes of the words that one channel gets.

A higher app registers in its `AppConfig.ready`: `finishing.register(for_channel)`.
"""

from collections.abc import Callable

from tesselle.channels.models import Channel
from tesselle.domain.content import Content

# Done twice, it changes nothing more.
Finisher = Callable[[Content, Channel], Content]

_finishers: dict[str, Finisher] = {}


def register(finisher: Finisher) -> None:
    """Registering the same callable again replaces it, so a reload does no harm."""
    _finishers[f"{finisher.__module__}.{finisher.__qualname__}"] = finisher


def for_channel(content: Content, channel: Channel) -> Content:
    for finisher in _finishers.values():
        content = finisher(content, channel)
    return content
