"""What a workspace's rates are divided by."""

from django.db import transaction

from tesselle.domain.indicators import Base
from tesselle.journal.services import record
from tesselle.measure.models import FigureChoice
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import User, Workspace


def base_of(workspace: Workspace) -> Base:
    chosen = _base.rows({SOME_ID: workspace.pk})
    return Base(chosen[0][0]) if chosen else Base.FOLLOWERS


_base = KeptQuery(
    lambda: FigureChoice.objects.filter(workspace=SOME_ID).values_list("base"), is_planned_once=True
)


@transaction.atomic
def choose_base(workspace: Workspace, base: Base, *, by: User) -> None:
    FigureChoice.objects.update_or_create(workspace=workspace, defaults={"base": base.value})
    record(
        "figures.base_chosen",
        workspace_id=workspace.pk,
        actor_id=by.pk,
        actor_name=str(by),
        subject_kind="workspace",
        subject_id=workspace.pk,
        base=base.value,
    )
