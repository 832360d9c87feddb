"""What the preview shows of a pin that is opened."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tesselle.domain.content import Content


def facts(content: Content, handle: str) -> Mapping[str, Any]:
    try:
        host = urlsplit(content.link).hostname or ""
    except ValueError:
        host = ""
    return {"host": host.removeprefix("www.")}
