"""Reading aims, always within a workspace."""

from dataclasses import dataclass

from tesselle.strategy.aim import Aim
from tesselle.strategy.models import Campaign, Objective, Pillar
from tesselle.web.kept_query import SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace


def pillars(workspace: Workspace) -> list[Pillar]:
    return list(Pillar.objects.filter(workspace=workspace, retired_at=None))


def campaigns(workspace: Workspace) -> list[Campaign]:
    return list(Campaign.objects.filter(workspace=workspace, retired_at=None).select_related("objective"))


def objectives(workspace: Workspace) -> list[Objective]:
    return list(Objective.objects.filter(workspace=workspace, retired_at=None).select_related("channel"))


@dataclass(frozen=True, slots=True)
class Offered:
    """What a post can be given: what is in use, and what it already has."""

    pillars: list[Pillar]
    campaigns: list[Campaign]
    objectives: list[Objective]

    @property
    def is_empty(self) -> bool:
        return not (self.pillars or self.campaigns or self.objectives)


_pillars = KeptQuery(lambda: Pillar.objects.filter(workspace=SOME_ID), is_planned_once=True)
_campaigns = KeptQuery(lambda: Campaign.objects.filter(workspace=SOME_ID), is_planned_once=True)
_objectives = KeptQuery(
    lambda: Objective.objects.filter(workspace=SOME_ID).select_related("channel"), is_planned_once=True
)


def offered(workspace: Workspace, aim: Aim) -> Offered:
    """A campaign that is over is offered only where it is already chosen."""
    today, here = workspace.now().astimezone(workspace.tz).date(), {SOME_ID: workspace.pk}
    return Offered(
        [row for row in _pillars.records(here) if row.retired_at is None or row.pk == aim.pillar],
        [
            row
            for row in _campaigns.records(here)
            if (row.retired_at is None and not row.has_ended(today)) or row.pk == aim.campaign
        ],
        [row for row in _objectives.records(here) if row.retired_at is None or row.pk == aim.objective],
    )
