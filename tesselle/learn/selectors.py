"""What the page of findings reads: plain rows, no statistics."""

from django.db.models import prefetch_related_objects

from tesselle.channels.models import Channel
from tesselle.learn.models import Run
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


def latest_done(workspace: Workspace) -> Run | None:
    found = _latest_done.records({SOME_ID: workspace.pk})
    if found:
        prefetch_related_objects(found, "findings__channel")
    return found[0] if found else None


_latest_done = KeptQuery(
    lambda: Run.objects.filter(workspace=SOME_ID, state=Run.State.DONE).order_by("-pk")[:1],
    is_planned_once=True,
)


def latest(workspace: Workspace) -> Run | None:
    return Run.objects.filter(workspace=workspace).order_by("-pk").first()


def open_channels(workspace: Workspace) -> list[Channel]:
    return list(Channel.objects.filter(workspace=workspace, removed_at=None))
