"""The dictionary of indicators: what each is called, its formula in words, its unit, its variants."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tesselle.domain.indicators import INTERACTIONS, Base, Formula
from tesselle.domain.metrics import Metric

NAMES: Mapping[Metric, Promise] = {
    Metric.IMPRESSIONS: pgettext_lazy("metric", "Impressions"),
    Metric.REACH: pgettext_lazy("metric", "Reach"),
    Metric.REACTIONS: pgettext_lazy("metric", "Reactions"),
    Metric.COMMENTS: pgettext_lazy("metric", "Comments"),
    Metric.SHARES: pgettext_lazy("metric", "Shares"),
    Metric.SAVES: pgettext_lazy("metric", "Saves"),
    Metric.CLICKS: pgettext_lazy("metric", "Clicks"),
    Metric.VIDEO_VIEWS: pgettext_lazy("metric", "Film views"),
    Metric.WATCH_TIME: pgettext_lazy("metric", "Watch time"),
}

PART_NAMES: Mapping[Metric, Promise] = {
    **NAMES,
    Metric.FOLLOWERS: pgettext_lazy("metric", "Followers on the day of publication"),
}

Unit = Literal["count", "share", "seconds"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """`worded`: the formula for people. `variants`: how others compute it, so that nobody compares two
    different things. `note`: what it says and does not say."""

    slug: str
    name: str | Promise
    formula: Formula
    unit: Unit
    worded: str | Promise
    note: str | Promise = ""
    variants: str | Promise = ""


def _count(metric: Metric, note: str | Promise, variants: str | Promise = "") -> Indicator:
    return Indicator(
        metric.value, NAMES[metric], Formula((metric,)), "count", _("counted by the network"), note, variants
    )


_ALL = (
    _count(
        Metric.IMPRESSIONS,
        _("How often the post was shown, repeats included."),
        _("Networks also say “views”. Meta replaced its impressions by views in 2025."),
    ),
    _count(
        Metric.REACH,
        _("How many different people saw the post. It cannot be added up over posts or days."),
        _("Organic, paid or both; with or without people who do not follow you."),
    ),
    _count(Metric.REACTIONS, _("Likes, favourites, emoji."), _("Some networks count each kind apart.")),
    _count(Metric.COMMENTS, _("Answers below the post."), _("With or without your own.")),
    _count(Metric.SHARES, _("Reposts, boosts, quotes."), _("With or without quotes.")),
    _count(Metric.SAVES, _("Kept for later by those who saw it."), _("Also called bookmarks.")),
    _count(
        Metric.CLICKS,
        _("What was opened from the post."),
        _("Links only, or every click on the post: networks differ."),
    ),
    _count(
        Metric.VIDEO_VIEWS, _("How often a film was begun."), _("From the first instant, or after 3 seconds.")
    ),
    Indicator(
        Metric.WATCH_TIME.value,
        NAMES[Metric.WATCH_TIME],
        Formula((Metric.WATCH_TIME,)),
        "seconds",
        _("counted by the network"),
        _("How long a film was watched, by all viewers together."),
        _("Per view: the average watch time. In minutes, hours or milliseconds."),
    ),
    Indicator(
        "interactions",
        pgettext_lazy("metric", "Interactions"),
        Formula(INTERACTIONS),
        "count",
        _("reactions + comments + shares + saves"),
        _("What people did with the post. Clicks are not in it: not every network tells them."),
        _("With clicks (LinkedIn counts so), with film views, without saves."),
    ),
    Indicator(
        "rate_by_followers",
        _("Engagement rate by followers"),
        Formula(INTERACTIONS, Metric.FOLLOWERS),
        "share",
        _("interactions ÷ followers on the day of publication"),
        _(
            "The only one that can be worked out for others too. It says nothing of people who do not follow you."
        ),
        _("By reach or by views; followers of today instead of that day."),
    ),
    Indicator(
        "rate_by_reach",
        _("Engagement rate by reach"),
        Formula(INTERACTIONS, Metric.REACH),
        "share",
        _("interactions ÷ reach"),
        _("Of the people who saw it, how many did something. Only where a network tells the reach."),
        _("Per post, then the median; or the sum of all interactions ÷ the sum of reach."),
    ),
    Indicator(
        "rate_by_views",
        _("Engagement rate by views"),
        Formula(INTERACTIONS, Metric.IMPRESSIONS),
        "share",
        _("interactions ÷ impressions"),
        _("Best for films. Only where a network tells impressions."),
        _("By reach or by followers."),
    ),
    Indicator(
        "click_rate",
        _("Click rate"),
        Formula((Metric.CLICKS,), Metric.IMPRESSIONS),
        "share",
        _("clicks ÷ impressions"),
        _("Of the times it was shown, how often something was opened."),
        _("÷ reach."),
    ),
    Indicator(
        "save_rate",
        _("Save rate"),
        Formula((Metric.SAVES,), Metric.REACH),
        "share",
        _("saves ÷ reach"),
        _("A sign of intention: somebody wants to come back to it."),
        _("÷ followers."),
    ),
    Indicator(
        "applause_rate",
        _("Approval rate"),
        Formula((Metric.REACTIONS,), Metric.REACH),
        "share",
        _("reactions ÷ reach"),
        _("Whether it pleases. A click costs little: it says nothing of requests."),
        _("÷ followers."),
    ),
    Indicator(
        "share_rate",
        _("Share rate"),
        Formula((Metric.SHARES,), Metric.REACH),
        "share",
        _("shares ÷ reach"),
        _("How far others carry it on."),
        _("÷ followers."),
    ),
    Indicator(
        "comment_rate",
        _("Comment rate"),
        Formula((Metric.COMMENTS,), Metric.REACH),
        "share",
        _("comments ÷ reach"),
        _("Whether it opens a conversation."),
        _("÷ followers; without your own answers."),
    ),
)

DICTIONARY: Mapping[str, Indicator] = {one.slug: one for one in _ALL}

OF_ACTIONS = tuple(
    DICTIONARY[slug] for slug in ("save_rate", "share_rate", "comment_rate", "applause_rate", "click_rate")
)
"""Each kind of what people do by itself: of one post, where its network tells both sides."""

RATE: Mapping[Base, Indicator] = {
    Base.FOLLOWERS: DICTIONARY["rate_by_followers"],
    Base.REACH: DICTIONARY["rate_by_reach"],
    Base.VIEWS: DICTIONARY["rate_by_views"],
}
"""The engagement rate of a workspace, by what it chose."""
