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
        "jobs",
        _("Signed jobs and their value"),
        _("counted by whoever notes them"),
        _("What is left in the end. A job often comes weeks after the post that it came from."),
        _("All jobs, or only those of people who came from a social network."),
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
        "cost_per_job",
        _("Cost of a signed job"),
        _("costs of the period ÷ those noted in the period"),
        _("Money and hours at their price, over all that came."),
        _("Without the hours; only what came from social networks."),
        own=_("From what you noted as spent and as received."),
    ),
    Entry(
        "followers_gained",
        _("Followers gained"),
        _("followers on the last day − followers on the first day; as a share: ÷ those of the first day"),
        _("Who left is in it: it may be below zero. Each channel by itself, since people follow several."),
        _("Only who came, without who left; new followers for a thousand people reached."),
        own=_("From each channel’s followers, kept by day."),
    ),
    Entry(
        "pillar_balance",
        _("Distance to the meant mix"),
        _("sum of |share of posts − meant share| over all pillars ÷ 2"),
        _("0: as meant. It counts posts, not what came of them."),
        _("By time spent instead of by post."),
        own=_("From the pillars of your posts and of your strategy."),
    ),
    Entry(
        "time_per_post",
        _("Time for a post"),
        _("time noted ÷ posts that left on time, one for each channel"),
        _("Only as good as what is noted. A post on three channels counts three times."),
        _("By step: writing, pictures, answering."),
        own=_("From what you noted as spent."),
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


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What others work out and Tesselle does not. `why`: what is missing for it, or what speaks against it."""

    slug: str
    name: str | Promise
    formula: str | Promise
    why: str | Promise


ELSEWHERE = (
    Elsewhere(
        "weighted_rate",
        _("Weighted engagement rate"),
        _("sum of weight × action ÷ reach"),
        _("What a comment is worth against a like is an opinion: here each action has a rate of its own."),
    ),
    Elsewhere(
        "cost_per_interaction",
        _("Cost of an interaction"),
        _("costs ÷ interactions"),
        _("An interaction is not what you pay for: Tesselle shows the cost of a request and of a job."),
    ),
    Elsewhere(
        "roi",
        _("Return on investment"),
        _("(margin of what came from networks − costs) ÷ costs"),
        _("Tesselle knows the value of jobs, not your margin."),
    ),
    Elsewhere(
        "follow_conversion",
        _("Followers won by a post"),
        _("new followers who came from the post ÷ reach"),
        _("Told by few networks, and not of every kind of post."),
    ),
    Elsewhere(
        "retention",
        _("Retention of a film"),
        _("mean time watched ÷ length"),
        _("Told by few networks, each in its own way."),
    ),
    Elsewhere(
        "story_completion",
        _("Stories seen to the end"),
        _("views of the last picture ÷ views of the first"),
        _("Networks tell figures of stories for 24 hours only."),
    ),
    Elsewhere(
        "response_rate",
        _("Response rate"),
        _("answered ÷ what called for an answer"),
        _("What is answered on the network itself is not always told. “What needs you” shows who waits."),
    ),
    Elsewhere(
        "sentiment",
        _("Tone of comments"),
        _("(friendly − unfriendly) ÷ those that were sorted"),
        _("Sorting by machine goes wrong with irony, and yours are few: read them."),
    ),
    Elsewhere(
        "share_of_voice",
        _("Share of voice"),
        _("mentions of you ÷ mentions of you and your peers"),
        _("Tesselle does not listen to what others say elsewhere."),
    ),
    Elsewhere(
        "reviews",
        _("Review score"),
        _("mean of the stars; reviews in a month; share answered"),
        _("Your Google profile shows it. Reviews that wait for an answer are in “What needs you”."),
    ),
    Elsewhere(
        "profile_actions",
        _("Actions on the profile"),
        _("calls + directions + visits of the website"),
        _("Told by Google of the whole profile, not of a post. Note the requests that come of it."),
    ),
    Elsewhere(
        "accessibility",
        _("Pictures with a description"),
        _("posts with a description or captions ÷ posts with media"),
        _("The checks of each post say it before it goes out."),
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
