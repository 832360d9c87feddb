"""The stretch that is shown, as it was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tesselle.plan import layers
from tesselle.plan.calendar import reading
from tesselle.plan.calendar.asked import GRIDS, Asked, Colour, View
from tesselle.plan.calendar.drawing import Clock, Palette
from tesselle.plan.calendar.outings import Outing, Stretch
from tesselle.plan.calendar.setting import Setting, setting_of
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
    setting: Setting
    clock: Clock
    now: datetime
    channels: Mapping[int, ChannelRow]
    pillars: Mapping[int, Pillar]
    campaigns: Mapping[int, Campaign]
    palette: Palette
    stretch: Stretch
    marks: Mapping[date, layers.DayMarks]
    may_plan: bool
    may_write: bool

    @property
    def outings(self) -> tuple[Outing, ...]:
        return self.stretch.outings


def read_shown(member: Member, asked: Asked, channels: Mapping[int, ChannelRow]) -> Shown:
    workspace = member.workspace
    setting = setting_of(workspace, asked.first, asked.last)
    pillars = reading.pillars(workspace) if setting.has_pillars else {}
    start = midnight(asked.first, workspace.tz)
    end = midnight(asked.last + timedelta(days=1), workspace.tz)
    around = layers.Stretch(workspace, start, end, PER_DAY[asked.view])
    shows_pillars = bool(pillars) and (asked.colour is Colour.PILLAR or asked.view not in GRIDS)
    return Shown(
        workspace=workspace,
        asked=asked,
        setting=setting,
        clock=Clock(workspace.tz, member.user.tz),
        now=workspace.now(),
        channels=channels,
        pillars=pillars,
        campaigns=reading.campaigns(workspace) if setting.has_campaigns else {},
        palette=Palette.of(asked.colour, channels, pillars),
        stretch=reading.stretch(workspace, asked, pillars=shows_pillars),
        marks={} if asked.is_narrowed or asked.view is View.BOARD else layers.marks(around),
        may_plan=may(member, Right.PLAN),
        may_write=may(member, Right.WRITE),
    )
