"""The dictionary's page: each indicator, and which connected network tells what it needs."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tesselle.channels.models import Channel
from tesselle.measure.explaining import Told, sources
from tesselle.measure.indicators import DICTIONARY, Indicator
from tesselle.networks import card, plugin
from tesselle.workspaces.models import Workspace


@dataclass(frozen=True, slots=True)
class Entry:
    """`told`: the fields of the networks that tell all of it or a part; `without`: those that do not.
    `own`: where it comes from when no network is asked."""

    slug: str
    name: str | Promise
    formula: str | Promise
    note: str | Promise
    variants: str | Promise
    told: tuple[Told, ...] = ()
    without: tuple[str, ...] = ()
    own: str | Promise = ""


OWN = (
    Entry(
        "visits",
        _("Visits"),
        _("how often a short link of ours was followed"),
        _("People who came to your website from a post. The same person twice counts twice."),
        _("Sessions of a website’s own statistics, which set a cookie or guess."),
        own=_("Counted by Tesselle, without cookie."),
    ),
    Entry(
        "site_visits",
        _("Visits by your website’s statistics"),
        _("visits by day and mark, as the source tells them"),
        _(
            "All who came to your website; those with the marks of our links are attributed to channel, campaign and "
            "post, the others to none. Each source stands by itself and is never added to visits through short links."
        ),
        _("Visitors instead of visits; with or without people who refuse to be counted."),
        own=_("From the files you bring, and from Plausible or Matomo."),
    ),
    Entry(
        "visits_per_quote",
        _("Visits per request"),
        _("visits from your channels ÷ requests for a quote that came from your channels"),
        _(
            "Of the days that the source of the visits tells of. Nobody knows which visit led to which request."
        ),
        _("Turned round, requests ÷ visits: the conversion rate."),
        own=_("From the visits and from what you noted as received."),
    ),
    Entry(
        "quotes",
        _("Quote requests"),
        _("counted by whoever notes them"),
        _("What all of it is for. Ask each one how they found you."),
        _("Forms sent, calls, messages: each company decides what it counts."),
        own=_("Noted by you."),
    ),
    Entry(
        "cost_per_quote",
        _("Cost of a request for a quote"),
        _("costs of the period ÷ those noted in the period"),
        _("Money and hours at their price, over all that came."),
        _("Without the hours; only what came from social networks."),
        own=_("From what you noted as spent and as received."),
    ),
    Entry(
        "adherence",
        _("Plan kept"),
        _("left at most 15 minutes late ÷ planned and due"),
        _("Whether the plan is one that can be kept."),
        _("By day instead of by minute."),
        own=_("From Tesselle’s own plan."),
    ),
    Entry(
        "response",
        _("Time to an answer, median"),
        _("from the comment or the message to our answer, nights and Sundays among them"),
        _(
            "Of comments, reviews and messages that were answered from Tesselle. Those nobody answered have no time."
        ),
        _("In opening hours only; the mean, which one forgotten comment spoils."),
        own=_("From the answers given from Tesselle."),
    ),
)


def dictionary_page(workspace: Workspace) -> tuple[Entry, ...]:
    slugs = sorted(
        set(Channel.objects.filter(workspace=workspace, removed_at=None).values_list("network", flat=True))
    )
    return (*(_entry(one, slugs) for one in DICTIONARY.values()), *OWN)


def _entry(indicator: Indicator, slugs: list[str]) -> Entry:
    telling = [slug for slug in slugs if _tells(slug, indicator)]
    return Entry(
        slug=indicator.slug,
        name=indicator.name,
        formula=indicator.worded,
        note=indicator.note,
        variants=indicator.variants,
        told=sources(indicator, telling),
        without=tuple(card(slug).name for slug in slugs if slug not in telling),
    )


def _tells(slug: str, indicator: Indicator) -> bool:
    told, formula = plugin(slug).metrics, indicator.formula
    return any(part in told for part in formula.parts) and (formula.per is None or formula.per in told)
