"""What the preview shows of a post in a channel."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.telegram.options import is_on


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    """A link that the text does not hold is written below it; a card is drawn only without media."""
    choice = content.options.get("preview", "")
    has_link = bool(content.link) and content.link not in content.text
    return {
        "link_below": content.link if has_link else "",
        "card_above": choice == "above",
        "card_size": "large" if choice in ("large", "above") else "small",
        "has_card": bool(content.link) and not content.media and choice != "none",
        "is_silent": is_on(content.options, "silent"),
    }
