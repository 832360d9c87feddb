"""What a report is about: a month or a campaign. All that tells them apart beside their words stands here."""

from typing import Any

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tesselle.report.campaign import OfCampaign
from tesselle.report.models import ReportLink
from tesselle.report.month import Month
from tesselle.strategy.models import Campaign
from tesselle.web.dates import written

Scope = Month | OfCampaign


def campaign_of(scope: Scope) -> Campaign | None:
    return scope.campaign if isinstance(scope, OfCampaign) else None


def words_of(scope: Scope) -> str:
    """As a sentence names it, after “report for”."""
    if isinstance(scope, Month):
        return written(scope.first, pgettext("date format", "F Y"))
    return _("the campaign “%(name)s”") % {"name": scope.campaign}


def query_of(scope: Scope) -> str:
    """How an address asks for it."""
    if isinstance(scope, Month):
        return f"month={scope.key}"
    return f"campaign={scope.campaign.pk}"


def file_name_of(scope: Scope) -> str:
    if isinstance(scope, Month):
        return f"tesselle-{scope.key}"
    return f"tesselle-{slugify(scope.campaign.name) or scope.campaign.pk}"


def posts_in(scope: Scope) -> Q:
    """Its deliveries: a campaign's are those of its posts, whenever they go out."""
    if isinstance(scope, Month):
        return Q(due_at__gte=scope.since, due_at__lt=scope.until)
    return Q(post__campaign=scope.campaign)


def kept_under(scope: Scope) -> dict[str, Any]:
    """The columns by which a link or a written part belongs to it."""
    if isinstance(scope, Month):
        return {"month": scope.first}
    return {"campaign": scope.campaign}


def scope_of(link: ReportLink) -> Scope:
    if link.campaign is not None:
        return OfCampaign(link.campaign)
    assert link.month is not None
    return Month.of(link.month, link.workspace.tz)


def journal_of(scope: Scope, verb: str) -> tuple[str, dict[str, str]]:
    """The verb of this kind of report, and what its sentence names."""
    if isinstance(scope, Month):
        return f"report.{verb}", {"month": scope.key}
    return f"report.campaign_{verb}", {"campaign": str(scope.campaign)}
