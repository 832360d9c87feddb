"""What a campaign cost, and what that makes for each request."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tesselle.measure.spending.pages import hours
from tesselle.measure.spending.pricing import Pricing, pricing_of
from tesselle.measure.spending.selectors import Gained, Spent, accounts
from tesselle.report.document import Section
from tesselle.strategy.models import Campaign


def cost(campaign: Campaign) -> Section:
    """Noted with the campaign on whatever day: much of it comes before the first post."""
    workspace = campaign.workspace
    known = accounts(workspace, date.min, date.max)
    spent = known.spent["campaign"].get(campaign.pk, Spent())
    gained = known.gained["campaign"].get(campaign.pk, Gained())
    sentences = _sentences(spent, gained, pricing_of(workspace))
    return Section(_("What it cost"), tuple(sentences), source=reverse("measure:costs"))


def _sentences(spent: Spent, gained: Gained, pricing: Pricing) -> list[str]:
    if spent.is_nothing:
        return [
            _("No time and no money was noted for this campaign. That does not mean that it cost nothing.")
        ]
    rate, money = pricing.rate, pricing.money
    total = spent.cost(rate)
    sentences = [
        _("Noted: time %(time)s, money %(money)s.")
        % {"time": hours(spent.minutes) if spent.minutes else "–", "money": money(spent.amount)}
    ]
    if spent.minutes and rate:
        sentences.append(
            _("With an hour at %(rate)s that makes %(cost)s.") % {"rate": money(rate), "cost": money(total)}
        )
    elif spent.minutes:
        sentences.append(_("An hour has no price yet: time is not in the costs."))
    if gained.quotes and total:
        sentences.append(
            _("%(cost)s for each quote request that a post of it brought.")
            % {"cost": money(total / gained.quotes)}
        )
    return sentences
