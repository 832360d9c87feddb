"""Rows 15 to 18: how long a fit takes, what a page needs, that nothing depends on order, and that the
simulated audience is like the published one."""

import math
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace

import numpy as np

from tesselle.domain.attention import attention_of
from tesselle.insights.fit import fit
from tesselle.insights.posts import HASHTAG_LEVELS, LENGTH_LEVELS, Factor, Posts, cadence_of
from tesselle.insights.stored import read
from tesselle.insights.summary import summarise
from tesselle.ops.bench.insights.companies import FEED_NETWORKS, company, composition
from tesselle.ops.bench.insights.table import Row, percent

FITS = ((500, 1, 0.5), (500, 4, 2.0), (5000, 4, 3.0), (100_000, 6, 15.0))
MOST_MEMORY_MB = 400
PAGE_MS = 20.0
SIX = ("facebook", "instagram", "linkedin", "x", "tiktok", "telegram")
SANITY_SEEDS = 50
SANITY_POSTS = 200


def rows(*, large: bool) -> list[Row]:
    """`large` False leaves out the two largest fits: then row 15 is not measured and does not hold."""
    return [_fits(large=large), _reading(), _order(), _sanity()]


def many_posts(count: int, channels: int) -> Posts:
    """A large account, made at once: for measuring time, not truth."""
    random = np.random.Generator(np.random.Philox(15))
    day = np.sort(random.uniform(0, max(60.0, count / channels / 2), count))
    channel = random.integers(0, channels, count)
    return Posts(
        counts=random.poisson(np.exp(2 + 0.65 * random.standard_t(5, count).clip(-6, 6))).astype(float),
        exposure=np.zeros(count),
        channel=channel,
        channels=tuple(f"channel {number}" for number in range(channels)),
        networks=SIX[:channels],
        slot=random.integers(0, 168, count),
        day=day,
        format=Factor(random.integers(0, 4, count), ("image", "link", "text", "video")),
        pillar=Factor(random.integers(0, 4, count), ("a", "b", "c", "d")),
        length=Factor(random.integers(0, 6, count), LENGTH_LEVELS),
        hashtags=Factor(random.integers(0, 5, count), HASHTAG_LEVELS),
        cadence=cadence_of(day, channel),
        flags={"link": random.random(count) < 0.3},
    )


def _fits(*, large: bool) -> Row:
    value, held = {}, large
    for count, channels, most in FITS if large else FITS[:2]:
        posts = many_posts(count, channels)
        before = time.process_time()
        fit(posts)
        seconds = time.process_time() - before
        value[f"{count} posts, {channels} channels"] = round(seconds, 2)
        held &= seconds <= most
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    value["peak_mb"] = round(peak)
    return Row(
        15, "CPU seconds of a fit; peak memory", "<= 0.5; 2; 3; 15 s; <= 400 MB",
        value, held and peak <= MOST_MEMORY_MB,
    )  # fmt: skip


def _reading() -> Row:
    text = summarise(company(1, "facebook", 250).posts).to_json()
    times = []
    for _ in range(20):
        before = time.process_time()
        read(text)
        times.append(time.process_time() - before)
    asked = "import sys, tesselle.insights.stored; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    light = subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0  # noqa: S603
    milliseconds = 1000 * statistics.median(times)
    return Row(
        16, "reading stored results for a page", "< 20 ms, without SciPy",
        {"ms": round(milliseconds, 3), "without_scipy": light}, light and milliseconds < PAGE_MS,
    )  # fmt: skip


def _order() -> Row:
    """Shuffled rows give the same bytes; what came of a post depends on no other reading."""
    made = company(2, "instagram", 120)
    shuffled = np.random.Generator(np.random.Philox(17)).permutation(len(made.posts))
    same_fit = summarise(made.posts).to_json() == summarise(made.posts.chosen(shuffled)).to_json()
    again = company(2, "instagram", 120).truth
    same_world = all(
        again.interactions(
            str(row), composition(made.posts, row), int(made.posts.slot[row]), int(made.weeks[row]),
            int(made.earlier[row]),
        ) == made.posts.counts[row]
        for row in reversed(range(len(made.posts)))
    )  # fmt: skip
    value = {"shuffled_rows": same_fit, "read_backwards_after_a_restart": same_world}
    return Row(17, "same data, same world: same results", "identical", value, same_fit and same_world)


def _sanity() -> Row:
    residual, hours, rates = [], [], {}
    for number in range(SANITY_SEEDS):
        made = company(f"sanity {number}", "facebook", SANITY_POSTS)
        truth = made.truth
        residual.append(statistics.pstdev(truth.luck(str(n)) for n in range(SANITY_POSTS)))
        by_hour = np.array(truth.timing).reshape(7, 24).mean(axis=0)
        hours.append(float(by_hour.std()))
    for network in FEED_NETWORKS:
        attention = attention_of(network)
        published = attention.reach_rate * attention.acts_rate
        found = []
        for number in range(SANITY_SEEDS):
            made = company(f"sanity {number}", network, 40)
            # As published rates are: of larger pages, where the size of the audience changes nothing.
            large = replace(made.truth, followers=10_000.0)
            found.append(
                math.exp(large.log_mean(composition(made.posts, 0), int(made.posts.slot[0]), 0)) / 10_000
            )
        rates[network] = statistics.median(found) / published
    speed = _speed()
    value = {
        "residual_sd": percent(statistics.median(residual)),
        "facebook_hour_sd": percent(statistics.median(hours)),
        "rate_against_published": {name: percent(ratio) for name, ratio in rates.items()},
        "four_weeks_cpu_s": round(speed, 3),
    }
    held = (
        0.7 <= statistics.median(residual) <= 1.1
        and 0.1 <= statistics.median(hours) <= 0.2
        and all(0.5 <= ratio <= 2 for ratio in rates.values())
        and speed < 2.0
    )
    return Row(18, "the simulated audience is like the published one, and quick", "sd 0.7-1.1; 0.1-0.2; x 2; < 2 s",
               value, held)  # fmt: skip


def _speed() -> float:
    """Four weeks of five channels and sixty posts, figures read hourly for two days, then daily."""
    made = [company(f"speed {n}", network, 12) for n, network in enumerate((*FEED_NETWORKS, "telegram"))]
    ages = [*range(1, 49), *range(72, 24 * 28, 24)]
    before = time.process_time()
    for one in made:
        for row in range(len(one.posts)):
            total = one.truth.interactions(
                str(row), composition(one.posts, row), int(one.posts.slot[row]), int(one.weeks[row]), 0
            )
            for age in ages:
                one.truth.count_at(total, str(row), age)
    return time.process_time() - before
