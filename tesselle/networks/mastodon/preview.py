"""What the preview shows of a post in a timeline."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.mastodon.options import CONTENT_WARNING, FOCUS, SENSITIVE, VISIBILITY

_OFF = {"", "0", "off", "no", "false"}


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    return {
        "warning": content.options.get(CONTENT_WARNING, "").strip(),
        "is_hidden": content.options.get(SENSITIVE, "").lower() not in _OFF,
        "focus": content.options.get(FOCUS, "") or "middle",
        "visibility": content.options.get(VISIBILITY, "") or "public",
        "answers": content.poll.answers if content.poll and not content.media else (),
        "handle": f"@{handle.lstrip('@')}",
    }
