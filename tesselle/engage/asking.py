"""The one question that all kinds have in common: what was written there?"""

from collections.abc import Mapping
from typing import Any

from tesselle.connectors.card import Discussed
from tesselle.connectors.protocols import Api, Connector, Discusses, Receives, Reply
from tesselle.domain.verdicts import Remote


async def written(
    connector: Connector, kind: Discussed, below: Mapping[str, Any] | None, api: Api
) -> tuple[Reply, ...]:
    """`below`: what the post became there, for comments.

    Raises:
        NetworkError: the network could not be asked.
    """
    if kind is Discussed.COMMENTS:
        if below is None or not isinstance(connector, Discusses):
            return ()
        return await connector.replies(Remote.from_json(below), api)
    return await connector.received(kind, api) if isinstance(connector, Receives) else ()
