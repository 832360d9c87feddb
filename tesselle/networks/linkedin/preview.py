"""What the preview shows of a post in the feed."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.linkedin.options import PUBLIC, VISIBILITY
from tesselle.networks.linkedin.posts import carries_link, title_of


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    """`document`: its title, where the post carries one."""
    kinds = {one.kind for one in content.media}
    return {
        "is_public": (content.options.get(VISIBILITY) or PUBLIC) == PUBLIC,
        "has_card": carries_link(content),
        "document": title_of(content) if "document" in kinds else "",
        "title": content.link_card.title.strip() or content.link,
    }
