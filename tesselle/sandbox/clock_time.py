"""An instant of a practice workspace's clock, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import pgettext

from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace


def clock_time(workspace: Workspace, instant: datetime) -> str:
    return written(_local(workspace, instant), pgettext("date format", "l j F Y, H:i"))


def clock_time_in_short(workspace: Workspace, instant: datetime) -> str:
    return written(_local(workspace, instant), pgettext("date format", "D j M Y, H:i"))


def _local(workspace: Workspace, instant: datetime) -> datetime:
    return timezone.localtime(instant, workspace.tz)
