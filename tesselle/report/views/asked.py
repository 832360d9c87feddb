"""Which report and which file an address asks for."""

import re
from datetime import date

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from tesselle.documents.formats import Ending, ending_of
from tesselle.report.campaign import OfCampaign
from tesselle.report.month import Month
from tesselle.report.scope import Scope
from tesselle.report.selectors import months_with_posts
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import Workspace

_MONTH = re.compile(r"(?P<year>20\d\d)-(?P<month>0[1-9]|1[0-2])")
_NUMBER = re.compile(r"[0-9]{1,15}")


def this_month(workspace: Workspace) -> Month:
    return Month.of(workspace.today(), workspace.tz)


def scope_asked(request: HttpRequest, workspace: Workspace) -> Scope:
    """What the address asks for; otherwise the last whole month.

    Raises:
        Http404: this workspace has no such campaign.
    """
    campaign = request.GET.get("campaign", "")
    if not campaign:
        return _month_asked(request, workspace)
    mine = Campaign.objects.filter(workspace=workspace).select_related("workspace", "objective__channel")
    return OfCampaign(get_object_or_404(mine, pk=int(campaign) if _NUMBER.fullmatch(campaign) else 0))


def _month_asked(request: HttpRequest, workspace: Workspace) -> Month:
    """The last whole month, or this one where nothing went out before, unless another is asked for."""
    asked = _MONTH.fullmatch(request.GET.get("month", ""))
    if asked is None:
        return months_with_posts(workspace, this_month(workspace), most=2)[-1]
    return Month.of(date(int(asked["year"]), int(asked["month"]), 1), workspace.tz)


def ending_asked(ending: str) -> Ending:
    """Raises Http404: there is no such file."""
    known = ending_of(ending)
    if known is None:
        raise Http404
    return known
