"""Looking people up on a channel's network, to mention them."""

from tesselle.channels.conversation import ask
from tesselle.channels.models import Channel
from tesselle.connectors.protocols import Api, Connector, FindsPeople, Person
from tesselle.networks import plugin

LEAST_LETTERS = 2


def can_be_asked(channel: Channel) -> bool:
    return isinstance(plugin(channel.network).connector, FindsPeople)


def people_at(channel: Channel, query: str) -> tuple[Person, ...]:
    """Who may be meant, asked there now; nobody before two letters.

    Raises:
        NetworkError: its sentence says what is wrong.
    """
    if len(query) < LEAST_LETTERS:
        return ()

    async def look(connector: Connector, api: Api) -> tuple[Person, ...]:
        if not isinstance(connector, FindsPeople):
            return ()
        return await connector.people(query, api)

    return ask(channel, look)
