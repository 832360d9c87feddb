"""What the preview shows of a post in the feed."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.threads.options import EVERYONE, REPLIES, TOPIC


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    return {
        "name": handle.lstrip("@"),
        "topic": content.options.get(TOPIC, "").strip().lstrip("#"),
        "is_narrow": content.options.get(REPLIES, "") not in {"", EVERYONE},
        "answers": content.poll.answers if content.poll else (),
    }
