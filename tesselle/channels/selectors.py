"""Reads, always given the workspace."""

from tesselle.channels.models import Channel
from tesselle.workspaces.models import Workspace


def channels_of(workspace: Workspace) -> list[Channel]:
    """Connected ones: those that need somebody first, then by network and handle."""
    found = Channel.objects.filter(workspace=workspace, removed_at=None).defer(
        "sealed_credentials", "sealed_session"
    )
    return sorted(found, key=lambda channel: not channel.blocked_reason)
