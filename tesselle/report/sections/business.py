"""Quote requests and signed jobs; of a campaign only those that a post of it brought, and visits."""

from collections.abc import Sequence

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tesselle.documents.document import Table
from tesselle.links import addresses
from tesselle.links import selectors as links
from tesselle.measure import numbers
from tesselle.measure.business import Came, came, came_of
from tesselle.measure.models import BusinessResult
from tesselle.report.document import Section
from tesselle.report.scope import Scope, campaign_of
from tesselle.strategy.models import Campaign
from tesselle.workspaces.models import Workspace


def business(workspace: Workspace, scope: Scope) -> Section:
    campaign = campaign_of(scope)
    if campaign is None:
        rows = came(workspace, scope.first, scope.last)
        nothing = _("Nothing was noted this month. That says nothing of what came.")
        more: list[str] = []
    else:
        rows = came_of(campaign)
        nothing = _(
            "No quote request and no job was noted with a post of this campaign. That says nothing of what came."
        )
        more = [*_not_counted(campaign), *_visits(campaign)]
    sentences = [_noted(rows) if rows else nothing, *more]
    return Section(_("Quotes and jobs"), tuple(sentences), _table(rows), source=reverse("measure:results"))


def _noted(rows: Sequence[Came]) -> str:
    quotes, jobs = sum(one.quotes for one in rows), sum(one.jobs for one in rows)
    asked = ngettext("%(n)s quote request", "%(n)s quote requests", quotes) % {"n": numbers.count(quotes)}
    signed = ngettext("%(n)s signed job", "%(n)s signed jobs", jobs) % {"n": numbers.count(jobs)}
    if not quotes:
        asked = _("no quote request")
    if not jobs:
        signed = _("no signed job")
    return _("Noted: %(asked)s and %(signed)s.") % {"asked": asked, "signed": signed}


def _table(rows: Sequence[Came]) -> Table | None:
    head = (_("Where from"), _("Quote requests"), _("Signed jobs"), pgettext("column", "Value"))
    lines = tuple((one.name, str(one.quotes), str(one.jobs), one.value or "–") for one in rows)
    return Table(head, lines, figures=True) if lines else None


def _not_counted(campaign: Campaign) -> list[str]:
    """What came in its days and may be of it: told, so that nobody adds it silently."""
    count = BusinessResult.objects.filter(
        workspace=campaign.workspace, day__gte=campaign.first_day, day__lte=campaign.last_day, post=None
    ).aggregate(n=Sum("count"))["n"]
    if not count:
        return []
    return [
        ngettext(
            "%(n)s more was noted in these days without a post: it may be of the campaign and is not counted.",
            "%(n)s more were noted in these days without a post: they may be of the campaign and are not counted.",
            count,
        )
        % {"n": numbers.count(count)}
    ]


def _visits(campaign: Campaign) -> list[str]:
    """Through short links of its posts, and those made by hand whose mark is the campaign's."""
    visits = links.of_campaign(campaign)
    if visits is None:
        return [_("Its posts carry no short link: visits were not counted.")]
    sentence = ngettext(
        "%(n)s visit to the website came through its short links.",
        "%(n)s visits to the website came through its short links.",
        visits,
    ) % {"n": numbers.count(visits)}
    mark = addresses.mark_of(campaign.name)
    if not mark:
        return [sentence]
    return [
        f"{sentence} {_('In the website’s statistics they stand under utm_campaign=%(mark)s.') % {'mark': mark}}"
    ]
