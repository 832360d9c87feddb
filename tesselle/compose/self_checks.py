"""A line of a channel's self-test: whether its network can fetch our pictures."""

from collections.abc import Iterable

from asgiref.sync import async_to_sync

from tesselle.channels.models import Channel
from tesselle.connectors.protocols import SelfCheck
from tesselle.connectors.registry import World, conversation
from tesselle.domain.messages import N_, Message
from tesselle.library.reachability import Reached, reach
from tesselle.networks import card


def pictures_reachable(channel: Channel) -> Iterable[SelfCheck]:
    """Only where the network comes for them; a practice world takes our word for it."""
    if not card(channel.network).fetches_media or channel.workspace.is_practice:
        return []
    reached = async_to_sync(_asked)()
    if reached.ok:
        return [SelfCheck("media", "good", reached.message)]
    return [SelfCheck("media", "bad", reached.message, Message(CURE))]


async def _asked() -> Reached:
    """Over the guarded way out: an address that only this building can reach must not count."""
    async with conversation(World("real")) as transport:
        return await reach(transport)


CURE = N_(
    "Whoever runs this installation sets PUBLIC_URL to the address by which the internet reaches it; until then text "
    "goes out here, and pictures and films do not."
)
