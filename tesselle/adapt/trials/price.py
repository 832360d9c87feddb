"""What an experiment costs and what it would leave invisible, said before it begins."""

import math
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from tesselle.adapt.models import Experiment
from tesselle.channels.models import Channel
from tesselle.domain.lifecycle import DeliveryState
from tesselle.insights.power import RATIOS, USUAL_LUCK, chance_of_verdict, smallest_seen
from tesselle.ledger.models import Delivery, Purpose
from tesselle.measure.models import Mark

AGE_DAYS = 7
FEWEST_MARKS = 12
MOST_MARKS = 60
LOOKED_BACK = timedelta(weeks=8)
MAD_TO_SD = 1.4826
USUAL_LUCK_SHARE = 0.8
LAST_WEEKS = 26


@dataclass(frozen=True, slots=True)
class Chance:
    ratio: float
    of_verdict: float


@dataclass(frozen=True, slots=True)
class Price:
    """`luck`: standard deviation of luck of one post on the log scale; `is_own`: from own figures.
    `weeks` None: nothing was posted lately. `reachable`: pairs that fit into half a year."""

    posts: int
    a_week: float
    weeks: int | None
    reachable: int
    luck: float
    is_own: bool
    chances: tuple[Chance, ...]
    smallest: float | None


def price_of(experiment: Experiment) -> Price:
    channel, pairs = experiment.channel, experiment.planned_pairs
    own = luck_of(channel, experiment.outcome)
    luck = own if own is not None else USUAL_LUCK
    rate = posts_a_week(channel)
    posts = 2 * pairs
    reachable = min(pairs, int(rate * LAST_WEEKS / 2)) if rate else pairs
    return Price(
        posts=posts,
        a_week=rate,
        weeks=math.ceil(posts / rate) if rate else None,
        reachable=reachable,
        luck=luck,
        is_own=own is not None,
        chances=tuple(Chance(ratio, chance_of_verdict(luck, ratio, reachable)) for ratio in RATIOS),
        smallest=smallest_seen(luck, reachable),
    )


def luck_of(channel: Channel, outcome: str) -> float | None:
    """From how much the channel's posts differ, less what format and the like usually explain."""
    counts = list(
        Mark.objects.filter(channel=channel, age_days=AGE_DAYS, **{f"{outcome}__isnull": False})
        .order_by("-published_at")
        .values_list(outcome, flat=True)[:MOST_MARKS]
    )
    if len(counts) < FEWEST_MARKS:
        return None
    logs = [math.log(count + 0.5) for count in counts]
    middle = median(logs)
    spread = MAD_TO_SD * median(abs(one - middle) for one in logs)
    return max(spread * math.sqrt(USUAL_LUCK_SHARE), 0.3)


def posts_a_week(channel: Channel) -> float:
    now = channel.workspace.now()
    out = Delivery.objects.filter(
        channel=channel,
        purpose=Purpose.POST,
        state__in=(DeliveryState.LIVE, DeliveryState.SENT),
        due_at__gt=now - LOOKED_BACK,
        due_at__lte=now,
    )
    first = out.order_by("due_at").values_list("due_at", flat=True).first()
    if first is None:
        return 0.0
    weeks = max((now - first) / timedelta(weeks=1), 2.0)
    return out.count() / weeks
