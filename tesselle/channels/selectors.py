"""Reads, always given the workspace."""

from collections.abc import Iterable

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace


def channels_of(workspace: Workspace) -> list[Channel]:
    """Connected ones: those that need somebody first, then by network and handle."""
    found = workspace.channels.filter(removed_at=None).defer("sealed_credentials", "sealed_session")
    return sorted(found, key=lambda channel: not channel.blocked_reason)


def connected_just_now(workspace: Workspace, numbers: Iterable[str]) -> list[Channel]:
    """The channels of these numbers, as they come in an address; what makes no sense is left out."""
    ids = [int(number) for number in numbers if number.isdecimal() and len(number) < 18]
    return [channel for channel in channels_of(workspace) if channel.pk in ids]
