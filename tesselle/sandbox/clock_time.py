"""An instant of a practice workspace's clock, in words."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import pgettext

from tesselle.web.dates import written
from tesselle.workspaces.models import Workspace


def clock_time(workspace: Workspace, instant: datetime) -> str:
    local = timezone.localtime(instant, workspace.tz)
    return written(local, pgettext("date format", "l j F Y, H:i"))
