"""The metrics we know by name, and what a network's field means in these terms."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Metric(StrEnum):
    """The trade's names. A rate is never stored: it is computed, with its denominator shown."""

    IMPRESSIONS = "impressions"  # times shown
    REACH = "reach"  # distinct people
    REACTIONS = "reactions"  # likes, favourites, emoji
    COMMENTS = "comments"
    SHARES = "shares"  # reposts, boosts, quotes
    SAVES = "saves"
    CLICKS = "clicks"
    VIDEO_VIEWS = "video_views"
    WATCH_TIME = "watch_time"  # seconds that a film was watched, all viewers together
    FOLLOWERS = "followers"
    POSTS = "posts"  # how many posts the channel has


class Scope(StrEnum):
    POST = "post"
    CHANNEL = "channel"


class Shape(StrEnum):
    RUNNING_TOTAL = "running_total"  # each reading replaces the one before
    PER_DAY = "per_day"  # readings add up


@dataclass(frozen=True, slots=True)
class MetricSource:
    """Where a network tells a metric: its own field, in its own words. `since`: the day from which
    its figures can be compared, where a field was renamed or counted anew; earlier ones are another
    series."""

    field: str
    scope: Scope
    shape: Shape = Shape.RUNNING_TOTAL
    note: str = ""
    since: date | None = None
