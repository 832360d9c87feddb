"""What the preview shows of a post in the feed."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.tiktok import options
from tesselle.networks.tiktok.limits import PHOTOS


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    chosen = content.options
    level = next((one for one in options.LEVELS if one.value == chosen.get(options.PRIVACY, "")), None)
    return {
        "name": f"@{handle.lstrip('@')}",
        "are_photos": content.format == PHOTOS,
        "level": level.label if level is not None and level.value != options.EVERYONE else "",
        "is_paid": options.is_on(chosen, options.PAID),
        "is_own": options.is_on(chosen, options.OWN_BUSINESS),
        "is_ai": options.is_on(chosen, options.MADE_WITH_AI),
        "has_comments": options.is_on(chosen, options.COMMENTS),
    }
