"""What the preview shows beside the words: where it is posted, and its marks."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.domain.content import Content
from tesselle.networks.reddit.options import ADULTS, COMMUNITY, FLAIR, SPOILER


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    community = content.options.get(COMMUNITY, "")
    is_profile = not community or community.lower() == f"u_{handle}".lower()
    try:
        host = urlsplit(content.link).hostname or ""
    except ValueError:
        host = ""
    return {
        "place": f"u/{handle}" if is_profile else f"r/{community}",
        "has_flair": bool(content.options.get(FLAIR)),
        "is_spoiler": bool(content.options.get(SPOILER)),
        "is_adults": bool(content.options.get(ADULTS)),
        "host": host.removeprefix("www."),
    }
