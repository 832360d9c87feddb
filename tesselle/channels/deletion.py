"""Nothing leaves from a deleted workspace; what its deletion paused, its return resumes."""

from datetime import datetime
from typing import Any

from django.db.models import F

from tesselle.channels.models import Channel
from tesselle.channels.signals import channel_changed
from tesselle.workspaces.models import Workspace
from tesselle.workspaces.signals import workspace_deleted, workspace_restored


def listen() -> None:
    workspace_deleted.connect(_pause_all, dispatch_uid="channels.workspace_deleted")
    workspace_restored.connect(_resume_those, dispatch_uid="channels.workspace_restored")


def _pause_all(workspace: Workspace, **_: Any) -> None:
    """Paused at the very instant of the deletion: by that they are known again."""
    running = list(Channel.objects.filter(workspace=workspace, paused_at=None, removed_at=None))
    _set(running, workspace.deleted_at, "channel.paused")


def _resume_those(workspace: Workspace, deleted_at: datetime, **_: Any) -> None:
    _set(list(Channel.objects.filter(workspace=workspace, paused_at=deleted_at)), None, "channel.resumed")


def _set(channels: list[Channel], paused_at: datetime | None, verb: str) -> None:
    ids = [channel.pk for channel in channels]
    Channel.objects.filter(pk__in=ids).update(paused_at=paused_at, version=F("version") + 1)
    for channel in channels:
        channel_changed.send(sender=Channel, channel=channel, verb=verb)
