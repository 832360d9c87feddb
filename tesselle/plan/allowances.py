"""Where more is planned for a day than a network takes, with what it was sent on that day already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from tesselle.connectors.card import Budget
from tesselle.domain.steps import StepKind
from tesselle.networks import card
from tesselle.plan.selectors import ChannelRow

_DAY = 86_400

Calls = Mapping[tuple[date, int], int]
"""By day and channel: how many calls of its network it makes, or units they take."""


@dataclass(frozen=True, slots=True)
class Beyond:
    """`channels`: those that share what is passed; `text`: a sentence that tells it."""

    day: date
    channels: frozenset[int]
    text: str


def beyond(channels: Mapping[int, ChannelRow], calls: Calls, spent: Calls) -> list[Beyond]:
    """On one channel, or through one application for all of its channels together. `calls` are still to come:
    a day with nothing but what was `spent` is nobody's to plan any more."""
    limits = {slug: daily_limit(slug) for slug in {channel.network for channel in channels.values()}}
    found: list[Beyond] = []
    of_app: Counter[tuple[date, str, str]] = Counter()
    to_come: set[tuple[date, str, str]] = set()
    for day, channel_id in calls.keys() | spent.keys():
        channel = channels[channel_id]
        most = limits[channel.network]
        if most is None:
            continue
        ahead = calls.get((day, channel_id), 0)
        count = ahead + spent.get((day, channel_id), 0)
        if most.scope == "app" and channel.app:
            shared = day, channel.network, channel.app
            of_app[shared] += count
            to_come |= {shared} if ahead else set()
        elif ahead and count > most.calls:
            found.append(Beyond(day, frozenset({channel_id}), _alone(channel, count, most)))
    for day, slug, app in sorted(to_come):
        most, count = limits[slug], of_app[day, slug, app]
        if most is not None and count > most.calls:
            sharing = frozenset(pk for pk, one in channels.items() if (one.network, one.app) == (slug, app))
            found.append(Beyond(day, sharing, _shared(slug, count, most)))
    return found


def _alone(channel: ChannelRow, count: int, most: Budget) -> str:
    if most.units:
        words = gettext(
            "%(channel)s: %(count)s units planned or spent, where its network takes %(most)s a day"
        )
    else:
        words = gettext(
            "%(channel)s: %(count)s calls planned or made, where its network takes %(most)s a day; each part of "
            "a thread is one, and each first comment"
        )
    name = f"{channel.name} ({card(channel.network).name})"
    return words % {"count": count, "channel": name, "most": most.calls}


def _shared(slug: str, count: int, most: Budget) -> str:
    if most.units:
        words = gettext(
            "%(network)s: %(count)s units planned or spent, where it takes %(most)s a day from one application, for "
            "all channels together; a post takes up to %(post)s"
        )
    else:
        words = gettext(
            "%(network)s: %(count)s calls planned or made, where it takes %(most)s a day from one application, for all "
            "channels together; each part of a thread is one, and each first comment"
        )
    return words % {
        "count": count,
        "network": card(slug).name,
        "most": most.calls,
        "post": most.taken_by((StepKind.POST.value,)),
    }


def daily_limit(slug: str) -> Budget | None:
    """What the network's card allows a day; None where it counts by shorter times, or is no longer there."""
    try:
        budgets = card(slug).budgets
    except LookupError:
        return None
    return min((one for one in budgets if one.seconds >= _DAY), key=lambda one: one.calls, default=None)
