"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.report.models import ReportLink, ReportMailing

VERBS = {
    "report.link_made": N_("Made a link to the report of %(month)s for %(name)s"),
    "report.campaign_link_made": N_("Made a link to the report of the campaign %(campaign)s for %(name)s"),
    "report.link_withdrawn": N_("Withdrew the link to the report of %(month)s for %(name)s"),
    "report.campaign_link_withdrawn": N_(
        "Withdrew the link to the report of the campaign %(campaign)s for %(name)s"
    ),
    "report.colour": N_("Gave the reports the colour %(colour)s"),
    "report.part_written": N_("Wrote a part of the report of %(month)s"),
    "report.campaign_part_written": N_("Wrote a part of the report of the campaign %(campaign)s"),
    "report.part_back": N_("Went back to the draft in a part of the report of %(month)s"),
    "report.campaign_part_back": N_(
        "Went back to the draft in a part of the report of the campaign %(campaign)s"
    ),
    "report.mailing_set": N_("Has the report mailed to %(address)s each month, on day %(day)s"),
    "report.campaign_mailing_set": N_(
        "Has the report of each campaign mailed to %(address)s once it is over"
    ),
    "report.campaign_mailing_stopped": N_("Stopped mailing the reports of campaigns to %(address)s"),
    "report.campaign_mailed": N_("The report of the campaign %(campaign)s went to %(address)s by mail"),
    "report.mailing_stopped": N_("Stopped mailing the report to %(address)s"),
    "report.mailed": N_("The report of %(month)s went to %(address)s by mail"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("report_link", N_("Link to a report"), "", _names))
    tell_subject(Subject("report_mailing", N_("Report by mail"), "", _addresses))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(ReportLink.objects.filter(pk__in=ids).values_list("pk", "name"))


def _addresses(ids: Collection[int]) -> Mapping[int, str]:
    return dict(ReportMailing.objects.filter(pk__in=ids).values_list("pk", "address"))
