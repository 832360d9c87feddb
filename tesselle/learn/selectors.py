"""What the page of findings reads: plain rows, no statistics."""

from tesselle.channels.models import Channel
from tesselle.learn.models import Run
from tesselle.workspaces.models import Workspace


def latest_done(workspace: Workspace) -> Run | None:
    return (
        Run.objects.filter(workspace=workspace, state=Run.State.DONE)
        .prefetch_related("findings__channel")
        .order_by("-pk")
        .first()
    )


def latest(workspace: Workspace) -> Run | None:
    return Run.objects.filter(workspace=workspace).order_by("-pk").first()


def open_channels(workspace: Workspace) -> list[Channel]:
    return list(Channel.objects.filter(workspace=workspace, removed_at=None))
