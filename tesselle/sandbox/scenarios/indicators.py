"""What a scenario asks for, beside what was reached."""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, npgettext

from tesselle.connectors.card import Discussed
from tesselle.domain.messages import N_
from tesselle.measure.numbers import whole
from tesselle.sandbox.models import ScenarioRun
from tesselle.sandbox.scenarios.catalogue import Scenario
from tesselle.sandbox.scenarios.measuring import Facts

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`reached` "": nothing to judge by yet."""

    name: str
    aim: str
    reached: str
    is_met: bool


def indicators(run: ScenarioRun, scenario: Scenario, facts: Facts, now: datetime) -> list[Indicator]:
    return [_INDICATORS[name](asked, run, facts, now) for name, asked in scenario.asks.items()]


def _published(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    count = len(facts.posts)
    aim = ngettext("at least %(n)s", "at least %(n)s", int(asked)) % {"n": int(asked)}
    return Indicator(gettext("Posts that went out, on all channels"), aim, str(count), count >= asked)


def _longest_pause(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    """From the beginning to the first, between two, and from the last to now."""
    instants = [run.begins_at, *sorted(post.at for post in facts.posts), min(now, run.ends_at)]
    longest = max(later - earlier for earlier, later in itertools.pairwise(instants))
    days = round(longest / DAY, 1)  # as it is written, so that 4.0 is never more than 4
    return Indicator(
        gettext("Longest pause without a post"),
        ngettext("at most %(n)s day", "at most %(n)s days", int(asked)) % {"n": int(asked)},
        _days(days) if facts.posts or now >= run.ends_at else "",
        days <= asked and bool(facts.posts),
    )


def _days(days: float) -> str:
    """With its tenth only where there is one."""
    words = npgettext("pause", "%(n)s day", "%(n)s days", math.ceil(days))
    return words % {"n": number_format(days, 1 if days % 1 else 0)}


def _share(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    aim = max(1, round(asked * run.best))
    return Indicator(
        gettext("Interactions, all posts together"),
        gettext("at least %(n)s") % {"n": number_format(aim, 0, force_grouping=True, use_l10n=True)},
        number_format(facts.interactions, 0, force_grouping=True, use_l10n=True),
        facts.interactions >= aim,
    )


def _answered(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    share = facts.answered / facts.wanting if facts.wanting else 0.0
    counts = {"done": facts.answered, "all": facts.wanting, "share": whole(share)}
    return Indicator(
        gettext("What wants an answer, answered within 24 hours"),
        gettext("at least %(share)s") % {"share": whole(asked)},
        gettext("%(done)s of %(all)s (%(share)s)") % counts if facts.wanting else "",
        facts.wanting > 0 and share >= asked,
    )


def answers_by_kind(facts: Facts) -> list[str]:
    """What the indicator of answers counted, kind by kind."""
    found: list[str] = []
    for kind in Discussed:
        counted = [one for (_, heard), one in facts.heard.items() if heard is kind]
        if wanting := sum(one.wanting for one in counted):
            counts = {"done": sum(one.in_time for one in counted), "n": wanting}
            found.append(gettext(_KINDS[kind]) % counts)
    return found


_KINDS = {
    Discussed.COMMENTS: N_("comments: %(done)s of %(n)s"),
    Discussed.REVIEWS: N_("reviews: %(done)s of %(n)s"),
    Discussed.MESSAGES: N_("messages: %(done)s of %(n)s"),
}


def _minutes(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    by_week: dict[int, int] = {}
    for post in facts.posts:
        week = int((post.at - run.begins_at) / (7 * DAY))
        by_week[week] = by_week.get(week, 0) + post.minutes
    most = max(by_week.values(), default=0)
    return Indicator(
        gettext("Working time in the fullest week"),
        gettext("at most %(n)s minutes") % {"n": int(asked)},
        gettext("%(n)s minutes") % {"n": most},
        most <= asked,
    )


def _left_behind(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    return Indicator(
        gettext("Posts left lying: missed, refused, or waiting for you"),
        gettext("none"),
        str(facts.left_behind),
        facts.left_behind <= asked,
    )


def _twice(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    return Indicator(
        gettext("Posts that are out twice"), gettext("none"), str(facts.twice), facts.twice <= asked
    )


def _rival(asked: float, run: ScenarioRun, facts: Facts, now: datetime) -> Indicator:
    theirs = facts.rival_rate
    return Indicator(
        gettext("Interactions for each post and 1,000 followers"),
        gettext("more than the competitor’s %(n)s") % {"n": number_format(theirs, 1)}
        if theirs is not None
        else gettext("more than the competitor’s"),
        number_format(facts.rate, 1) if facts.rate is not None else "",
        facts.rate is not None and theirs is not None and facts.rate > asked * theirs,
    )


_INDICATORS: dict[str, Callable[[float, ScenarioRun, Facts, datetime], Indicator]] = {
    "published": _published,
    "longest_pause": _longest_pause,
    "share": _share,
    "answered": _answered,
    "minutes": _minutes,
    "left_behind": _left_behind,
    "twice": _twice,
    "rival": _rival,
}
