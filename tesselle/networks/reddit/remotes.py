"""How a thing on Reddit is named here. Full names: `t1_` a comment, `t3_` a post."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tesselle.domain.verdicts import Remote
from tesselle.networks.reddit.wire import SITE

PENDING = "pending:"
"""A post whose number is not known yet, named by its file."""


def is_pending(thing: Remote) -> bool:
    return thing.id.startswith(PENDING)


def remote(data: Mapping[str, Any]) -> Remote:
    """From a post or comment as lists show it. Raises KeyError."""
    path = str(data.get("permalink") or "")
    return Remote(str(data["name"]), f"{SITE}{path}" if path.startswith("/") else "")


def instant(data: Mapping[str, Any]) -> datetime:
    """Raises KeyError, ValueError or TypeError."""
    return datetime.fromtimestamp(float(data["created_utc"]), UTC)


def words(text: Any) -> str:
    """Compared without regard to white space."""
    return " ".join(str(text or "").split())


def is_gone(data: Mapping[str, Any]) -> bool:
    """Who deletes a post leaves its shell. What moderators removed is still there, though hidden."""
    return data.get("author") in {None, "[deleted]"}
