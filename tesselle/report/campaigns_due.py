"""Which campaigns' reports an address is to get now."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet

from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.selectors import OUT
from tesselle.report.campaign import AFTERMATH
from tesselle.report.models import MailedCampaign, ReportMailing
from tesselle.strategy.models import Campaign

DAYS_AFTER = 9
"""Its last posts have their figures at seven days then."""


def due_campaigns(mailing: ReportMailing) -> QuerySet[Campaign]:
    """The one that ended first comes first. Not those that were due before the mailing was set up, nor
    what lies longer back than a report takes along, nor one of which nothing went out."""
    workspace = mailing.workspace
    ended = workspace.today() - timedelta(days=DAYS_AFTER)
    begun = mailing.made_at.astimezone(workspace.tz).date() - timedelta(days=DAYS_AFTER)
    out = Delivery.objects.filter(post__campaign=OuterRef("pk"), purpose=Purpose.POST, state__in=OUT)
    mailed = MailedCampaign.objects.filter(campaign=OuterRef("pk"), mailing=mailing)
    return (
        Campaign.objects.filter(
            Exists(out),
            ~Exists(mailed),
            workspace=workspace,
            retired_at=None,
            last_day__lte=ended,
            last_day__gte=max(begun, ended - AFTERMATH),
        )
        .select_related("workspace", "objective__channel")
        .order_by("last_day", "pk")
    )
