"""One seed, lived through both ways; who decides is the product, and both do it."""

import os
import time
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tesselle.ops.bench.insights.companies import FEED_NETWORKS
from tesselle.ops.bench.insights.table import Row, percent
from tesselle.ops.bench.loop.lived.comparing import alike, are_alike
from tesselle.ops.bench.loop.lived.direct import DirectLife
from tesselle.ops.bench.loop.lived.habits import Change, first_habits
from tesselle.ops.scratch import scratch_installation
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.draws import Draws
from tesselle.simulation.worlds import WORLDS

if TYPE_CHECKING:
    from tesselle.ops.bench.loop.lived.product import Hands, ProductLife
    from tesselle.sandbox.models import ClockRun

ZONE = "Europe/Zurich"
BEGINS = datetime(2026, 1, 5, tzinfo=ZoneInfo(ZONE))
"""A Monday, always the same one: what comes of it depends on nothing but the seed."""

SEVEN_DAYS = timedelta(days=7)
UNTIL_ALL_IS_READ = timedelta(days=9)
PATIENCE_S = 3600.0


@dataclass(frozen=True, slots=True)
class Story:
    """What is lived. `first_review`: before which week suggestions are looked at first, then every `review_weeks`."""

    seed: int = 1
    weeks: int = 52
    world: str = "ordinary"
    networks: Sequence[str] = FEED_NETWORKS
    posts_a_week: int = 4
    first_review: int = 8
    review_weeks: int = 4

    def is_review(self, week: int) -> bool:
        return week >= self.first_review and (week - self.first_review) % self.review_weeks == 0

    @property
    def company(self) -> SimulatedCompany:
        return SimulatedCompany(WORLDS[self.world], f"loop {self.seed}", BEGINS, ZONE)

    @property
    def draws(self) -> Draws:
        return Draws(f"loop {self.seed}").under("lived")


@dataclass
class Reviews:
    """`product`, `direct`: what each suggested, with the week."""

    product: list[tuple[int, Change]] = field(default_factory=list)
    direct: list[tuple[int, Change]] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        ours, theirs = Counter(self.product), Counter(self.direct)
        return {
            "suggested_and_accepted": len(self.product),
            "directly_suggested_too": (ours & theirs).total(),
            "by_factor": dict(Counter(change.factor for _, change in self.product)),
            "product_alone": [str(one) for one in (ours - theirs).elements()],
            "direct_alone": [str(one) for one in (theirs - ours).elements()],
        }


def run(*, seed: int, weeks: int, world: str) -> dict[str, Any]:
    """In an installation of its own, with an ordinary worker."""
    before = time.monotonic()
    with scratch_installation() as scratch:
        from tesselle.ops.bench.loop.lived.product import Hands

        worker = scratch.start("tesselle.ops.bench.work", str(scratch.folder / "spools"))
        scratch.first_line(worker)
        found = lived(Story(seed, weeks, world), Hands(_carried, _learned))
    return {**found, "seconds": round(time.monotonic() - before, 1)}


def lived(story: Story, hands: "Hands") -> dict[str, Any]:
    from tesselle.ops.bench.loop.lived.product import ProductLife

    habits = first_habits(story.draws, story.networks, story.posts_a_week)
    product = ProductLife(story.company, deepcopy(habits), hands)
    direct, stays = (DirectLife(story.company, deepcopy(habits), BEGINS) for _ in range(2))
    reviews = Reviews()
    for week in range(story.weeks):
        if story.is_review(week):
            _review(product, direct, reviews, week)
        intended = product.habits.week(story.draws, week)
        texts = product.plan(intended, week)
        direct.live(direct.habits.week(story.draws, week), texts, week)
        first = stays.habits.week(story.draws, week)
        stays.live(first, _texts(first), week)
        product.live_until(direct.instant(week + 1, 0))
    product.live_until(direct.instant(story.weeks, 0) + UNTIL_ALL_IS_READ)
    return _compared(story, product, direct, stays, reviews)


def _review(product: "ProductLife", direct: DirectLife, reviews: Reviews, week: int) -> None:
    suggestions = product.suggested()
    read = product.read(product.rows())
    reviews.direct += [(week, one) for one in direct.suggested(read, week, product.kept_of_hour)]
    reviews.product += [(week, one) for one in suggestions]
    product.accept(suggestions)
    direct.follow(suggestions, week)


def _texts(intended: Sequence[Any]) -> dict[int, str]:
    from tesselle.ops.bench.loop.lived.wording import content_of

    return {one.number: content_of(one, ()).text for one in intended}


def _compared(
    story: Story, product: "ProductLife", direct: DirectLife, stays: DirectLife, reviews: Reviews
) -> dict[str, Any]:
    rows = product.rows()
    read = product.read(rows)
    same = alike(product.posts(rows), direct.posts(read), direct.bounds(read))
    of_product = sum(row.interactions for row in rows)
    followed, stayed = direct.total(SEVEN_DAYS), stays.total(SEVEN_DAYS)
    said = reviews.told()
    every = len(direct.lived)
    return {
        "seed": story.seed,
        "weeks": story.weeks,
        "world": story.world,
        "networks": list(story.networks),
        "posts": {"planned": every, "went_out": product.went_out(), "measured": len(rows)},
        "same": same,
        "engagement": {
            "product": of_product,
            "direct_at_seven_days": followed,
            "first_plan_at_seven_days": stayed,
            "against_first_plan": percent(followed / stayed - 1),
        },
        "suggestions": said,
        "decisions_judged": product.verdicts(),
        "rows": [
            Row(
                1, "every post went out at its hour and has the figures it has directly", "all",
                {"posts": every, **same}, len(rows) == every and are_alike(same),
            ).to_json(),
            Row(
                2, "the product suggests what the statistics alone suggest", "all",
                {"suggested": len(reviews.product), "the_same": said["directly_suggested_too"]},
                not said["product_alone"] and not said["direct_alone"],
            ).to_json(),
        ],
    }  # fmt: skip


def _carried(run: "ClockRun") -> None:
    end = time.monotonic() + PATIENCE_S
    while run.is_going and time.monotonic() < end:
        time.sleep(0.1)
        run.refresh_from_db()


def _learned() -> None:
    """The worker sees a run that waits, and starts the command for it."""
    from tesselle.learn.models import Run

    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        if not Run.objects.filter(state__in=[Run.State.ASKED, Run.State.RUNNING]).exists():
            return
        time.sleep(0.2)
