"""How many more posts it would take to know."""

import math

from tesselle.learn.models import Finding

PRACTICAL = math.log(1.05)
LIKELY_Z = 1.2816
"""Nine chances in ten; also the half width of an 80 % interval, in standard deviations."""

LUCK = 0.85
"""Standard deviation of luck on the log scale (decision 9)."""

POWER_Z = 0.8416
MOST = 2000


def more_posts(finding: Finding) -> int | None:
    """About how many more posts of this kind make it likely, if it is as large as it looks; None when
    more posts than anyone writes would not.

    The deviation shrinks with the root of the number of posts.
    """
    low, middle, high = (math.log1p(max(gain, -0.99)) for gain in (finding.low, finding.middle, finding.high))
    size = abs(middle) - PRACTICAL
    deviation = (high - low) / (2 * LIKELY_Z)
    if size <= 0 or deviation <= 0 or finding.posts == 0:
        return None
    total = finding.posts * (deviation * LIKELY_Z / size) ** 2
    more = math.ceil(max(total - finding.posts, 1))
    return more if more <= MOST else None


def posts_to_see(gain: float) -> int:
    """About how many posts, half of each kind, show a difference of that size four times in five."""
    per_kind = 2 * ((1.6449 + POWER_Z) * LUCK / math.log1p(gain)) ** 2
    return 2 * math.ceil(per_kind)
