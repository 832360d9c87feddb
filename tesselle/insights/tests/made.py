"""Posts made for tests: a truth that is known, luck that repeats."""

import numpy as np

from tesselle.insights.posts import HASHTAG_LEVELS, LENGTH_LEVELS, Factor, Posts, cadence_of


def posts(
    count: int = 80, *, channels: int = 1, video: float = 0.0, seed: int = 1, usual: float = 12.0
) -> Posts:
    """`video`: the log effect of that format; the other formats and factors have none."""
    random = np.random.Generator(np.random.Philox(seed))
    day = np.sort(random.uniform(0, count * 1.5, count))
    channel = random.integers(0, channels, count)
    formats = random.integers(0, 3, count)
    luck = 0.6 * random.standard_t(5, count)
    return Posts(
        counts=random.poisson(usual * np.exp(video * (formats == 2) + luck)).astype(float),
        exposure=np.zeros(count),
        channel=channel,
        channels=tuple(f"channel {number}" for number in range(channels)),
        networks=("others",) * channels,
        slot=random.integers(0, 168, count),
        day=day,
        format=Factor(formats, ("image", "text", "video")),
        pillar=Factor(random.integers(0, 3, count), ("advice", "offer", "work")),
        length=Factor(random.integers(0, 6, count), LENGTH_LEVELS),
        hashtags=Factor(random.integers(0, 5, count), HASHTAG_LEVELS),
        cadence=cadence_of(day, channel),
        flags={"link": random.random(count) < 0.3},
    )
