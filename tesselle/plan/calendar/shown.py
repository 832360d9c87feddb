"""The stretch that is shown, as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from tesselle.plan import layers
from tesselle.plan.calendar import reading
from tesselle.plan.calendar.asked import Asked, View
from tesselle.plan.calendar.drawing import Clock, Palette
from tesselle.plan.calendar.outings import Outing, outings
from tesselle.plan.selectors import ChannelRow, midnight
from tesselle.strategy.models import Campaign, Pillar
from tesselle.workspaces.access import Right, may
from tesselle.workspaces.models import Member, Workspace

PER_DAY = {View.MONTH: 4, View.WEEK: 24, View.DAY: 200, View.LIST: 200, View.BOARD: 0}


@dataclass(frozen=True, slots=True)
class Shown:
    """What every view is made of. `marks`: what was posted elsewhere; left out when narrowed."""

    workspace: Workspace
    asked: Asked
    clock: Clock
    channels: Mapping[int, ChannelRow]
    pillars: Mapping[int, Pillar]
    campaigns: Mapping[int, Campaign]
    palette: Palette
    outings: list[Outing]
    marks: Mapping[date, layers.DayMarks]
    may_plan: bool
    may_write: bool

    @property
    def by_day(self) -> dict[date, list[Outing]]:
        found: dict[date, list[Outing]] = {}
        for outing in self.outings:
            found.setdefault(outing.day, []).append(outing)
        return found


def read_shown(member: Member, asked: Asked, channels: Mapping[int, ChannelRow]) -> Shown:
    workspace = member.workspace
    pillars = reading.pillars(workspace)
    start = midnight(asked.first, workspace.tz)
    end = midnight(asked.last + timedelta(days=1), workspace.tz)
    stretch = layers.Stretch(workspace, start, end, PER_DAY[asked.view])
    return Shown(
        workspace=workspace,
        asked=asked,
        clock=Clock(workspace.tz, workspace.now(), member.user.tz),
        channels=channels,
        pillars=pillars,
        campaigns=reading.campaigns(workspace),
        palette=Palette.of(asked.colour, channels, pillars),
        outings=outings(reading.goings(workspace, asked), workspace.tz),
        marks={} if asked.is_narrowed or asked.view is View.BOARD else layers.marks(stretch),
        may_plan=may(member, Right.PLAN),
        may_write=may(member, Right.WRITE),
    )
