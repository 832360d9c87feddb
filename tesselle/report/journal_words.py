"""What this folder's verbs are called in the journal."""

from collections.abc import Collection, Mapping

from tesselle.domain.messages import N_
from tesselle.journal.words import Subject, tell_subject, tell_verbs
from tesselle.report.models import ReportLink

VERBS = {
    "report.link_made": N_("Made a link to the report of %(month)s for %(name)s"),
    "report.link_withdrawn": N_("Withdrew the link to the report of %(month)s for %(name)s"),
}


def tell() -> None:
    tell_verbs(VERBS)
    tell_subject(Subject("report_link", N_("Link to a report"), "", _names))


def _names(ids: Collection[int]) -> Mapping[int, str]:
    return dict(ReportLink.objects.filter(pk__in=ids).values_list("pk", "name"))
