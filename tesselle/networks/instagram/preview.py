"""What the preview shows of a reel."""

from collections.abc import Mapping
from typing import Any

from tesselle.domain.content import Content
from tesselle.networks.instagram.limits import REEL


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    """`has_cover`: the picture beside a reel's film stands for it."""
    kinds = [one.kind for one in content.media]
    return {"has_cover": content.format == REEL and kinds.count("image") == 1 and "video" in kinds}
