"""The two doors to an account: through its Facebook Page, or directly."""

from tesselle.connectors.dialects.graph.wire import Graph
from tesselle.connectors.protocols import Account

LINKED, DIRECT = "linked", "direct"
FACEBOOK_WAY, INSTAGRAM_WAY = "facebook", "instagram"

FACEBOOK_VERSION = "v26.0"
INSTAGRAM_VERSION = "v25.0"
"""The newest that Meta's pages name for graph.instagram.com."""

BY_FACEBOOK = Graph("https://graph.facebook.com", FACEBOOK_VERSION)
BY_INSTAGRAM = Graph("https://graph.instagram.com", INSTAGRAM_VERSION, proves=False)


def graph_of(account: Account) -> Graph:
    return graph_by(account.credentials.get("way", ""))


def graph_by(way: str) -> Graph:
    return BY_INSTAGRAM if way == INSTAGRAM_WAY else BY_FACEBOOK
