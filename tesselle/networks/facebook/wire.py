"""Where the Graph API is, and how its answers name things."""

import re
from collections.abc import Mapping
from typing import Any

from tesselle.connectors.dialects.graph.wire import Graph

VERSION = "v26.0"
VIDEO_HOST = "https://graph-video.facebook.com"
UPLOAD_HOST = "https://rupload.facebook.com"
SITE = "https://www.facebook.com"

GRAPH = Graph("https://graph.facebook.com", VERSION)


def words_of(text: str) -> str:
    """The same for a text as sent and as shown: white space is left out."""
    return re.sub(r"\s+", "", text)


def link_to(item: Mapping[str, Any]) -> str:
    """Films name their page without the host."""
    told = str(item.get("permalink_url") or "")
    return f"{SITE}{told}" if told.startswith("/") else told
