"""The best that could be made of a span of time, worked out from what is really so: for a debrief, never
for advice. Luck is counted at its mean, so that plans are compared and not fortunes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from tesselle.simulation.audience import LARGEST_LOG, Audience
from tesselle.simulation.composition import themes
from tesselle.simulation.draws import Draws
from tesselle.simulation.truth import LUCK_OF_T, MOST_LUCK, VIRAL_MEAN, ChannelTruth, Composition

DAY = timedelta(days=1)
DRAWN = 2000

MINUTES: Mapping[str, int] = {"text": 10, "link": 10, "image": 15, "carousel": 25}
"""What a post of that form takes to write and prepare for one channel. Assumption of ours; forms that are
not here are not in the reach of somebody who has photos and words."""

OTHER_MINUTES = 40
"""A film, a document: whatever is not in `MINUTES`."""


def minutes_of(form: str) -> int:
    return MINUTES.get(form, OTHER_MINUTES)


@dataclass(frozen=True, slots=True)
class Place:
    """One channel, and the forms it takes; `order`: the how-manieth account of its network."""

    audience: Audience
    order: int
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BestPost:
    place: Place
    at: datetime
    made: Composition
    expected: float
    minutes: int


def best_plan(
    places: Sequence[Place], begins: datetime, ends: datetime, minutes_a_week: int
) -> list[BestPost]:
    """At most one post a day on each channel, all of a channel at its best hour so that none tires the
    next; each week's minutes go where they bring most. Greedy: the last post of a week may be
    bettered by others of the same price."""
    found: list[BestPost] = []
    week = begins
    while week < ends:
        until = min(week + 7 * DAY, ends)
        allowed = minutes_a_week * ((until - week) / (7 * DAY))
        found += _week(places, week, until, ends, allowed)
        week = until
    return sorted(found, key=lambda post: post.at)


def _week(
    places: Sequence[Place], begins: datetime, until: datetime, ends: datetime, minutes: float
) -> list[BestPost]:
    offers = [offer for place in places for offer in _offers(place, begins, until, ends)]
    chosen: dict[tuple[int, datetime], BestPost] = {}
    for offer in sorted(offers, key=lambda one: one.expected / one.minutes, reverse=True):
        day = (id(offer.place), offer.at)
        if day not in chosen and sum(post.minutes for post in chosen.values()) + offer.minutes <= minutes:
            chosen[day] = offer
    return list(chosen.values())


def _offers(place: Place, begins: datetime, until: datetime, ends: datetime) -> list[BestPost]:
    """Each day at the channel's hour, in each of its forms with all the rest at its best."""
    truth = place.audience.truth(place.order)
    instants = _daily(begins, until, best_hour(truth), ZoneInfo(place.audience.company.zone))
    return [
        BestPost(place, at, made, expected_by(place, made, at, 0, ends), minutes_of(form))
        for at in instants
        for form in place.forms
        for made in [best_made(truth, form)]
    ]


def best_hour(truth: ChannelTruth) -> int:
    """Local, over all weekdays."""
    return max(range(24), key=lambda hour: sum(truth.timing[day * 24 + hour] for day in range(7)))


def best_made(truth: ChannelTruth, form: str) -> Composition:
    """That form, with theme, length, hashtags and question as its public likes them best."""
    return Composition(
        format=form,
        pillar=max(themes(), key=lambda theme: truth.pillars.get(theme, 0.0)),
        length=max(range(len(truth.lengths)), key=lambda level: truth.lengths[level]),
        hashtags=max(range(len(truth.hashtags)), key=lambda level: truth.hashtags[level]),
        flags=frozenset(flag for flag, effect in truth.flags.items() if effect > 0 and flag != "link"),
    )


def expected_by(
    place: Place, made: Composition, at: datetime, earlier: int, seen_at: datetime, resentment: int = 0
) -> float:
    """Interactions that such a post has at that instant, luck at its mean, answers apart. `resentment`: over
    complaints, of which the best plan leaves none without an answer."""
    truth = place.audience.truth(place.order)
    log_mean = place.audience.log_mean(place.order, made, at, earlier, resentment)
    age_h = (seen_at - at).total_seconds() / 3600
    return math.exp(min(log_mean, LARGEST_LOG)) * luck_mean(truth) * truth.attention.seen_after(age_h)


def luck_mean(truth: ChannelTruth) -> float:
    """How much more than a middling post the mean of many has: luck has heavy tails."""
    return _luck_mean(truth.attention.luck, truth.world.viral_rate)


@lru_cache(maxsize=64)
def _luck_mean(spread: float, viral_rate: float) -> float:
    draws, total = Draws("mean luck"), 0.0
    for number in range(DRAWN):
        value = LUCK_OF_T * spread * draws.t5("luck", number)
        if draws.uniform("viral", number) < viral_rate:
            value -= VIRAL_MEAN * math.log(draws.uniform("viral size", number))
        total += math.exp(min(value, MOST_LUCK))
    return total / DRAWN


def _daily(begins: datetime, until: datetime, hour: int, zone: ZoneInfo) -> list[datetime]:
    found: list[datetime] = []
    day = begins.astimezone(zone).date()
    while True:
        at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=zone)
        if at >= until:
            return found
        if at >= begins:
            found.append(at)
        day += DAY
