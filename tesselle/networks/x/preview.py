"""What the preview shows of a post in a timeline."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.x.options import MADE_WITH_AI, PAID, REPLIES, is_on


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    hours, minutes = divmod(content.poll.seconds // 60, 60) if content.poll else (0, 0)
    return {
        "handle": f"@{handle.lstrip('@')}",
        "is_narrow": content.options.get(REPLIES, "everyone") not in {"", "everyone"},
        "is_ai": is_on(content.options.get(MADE_WITH_AI, "")),
        "is_paid": is_on(content.options.get(PAID, "")),
        "answers": content.poll.answers if content.poll else (),
        "days": hours // 24,
        "hours": hours if hours < 24 else 0,
        "minutes": minutes if not hours else 0,
    }
