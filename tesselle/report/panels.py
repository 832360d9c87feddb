"""The way from a campaign to its report."""

from django.http import HttpRequest

from tesselle.strategy.models import Campaign
from tesselle.web.panels import Content


def report_of_campaign(_request: HttpRequest, *, campaign: Campaign) -> Content:
    return Content("report/_of_campaign.html", {"campaign": campaign})
