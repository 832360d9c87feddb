"""The scenarios, from the easiest to the hardest."""

from dataclasses import dataclass, field
from datetime import timedelta

from tesselle.domain.messages import N_
from tesselle.sandbox.badday.kinds import Kind

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Event:
    """A bad day on the scenario's first network, so long after its beginning; no end: until mended."""

    kind: Kind
    after: timedelta
    lasts: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """`asks`: what a person is to reach, by the name of its indicator. `share`: of what the best plan with
    the same hours can be expected to bring. `hours`: a week, of that plan."""

    slug: str
    title: str
    story: str
    lesson: str
    weeks: int
    networks: tuple[str, ...]
    hours: float
    asks: dict[str, float]
    world: str = "ordinary"
    events: tuple[Event, ...] = field(default=())
    has_rival: bool = False

    @property
    def lasts(self) -> timedelta:
        return self.weeks * 7 * DAY


SCENARIOS = {
    one.slug: one
    for one in (
        Scenario(
            "quiet_start",
            N_("A quiet start"),
            N_(
                "The company has a page on Facebook and has never posted. You have an hour a week, "
                "some drafts and some pictures. Show for two weeks that somebody is there."
            ),
            N_("Regular beats a lot: a few posts well spread are seen more than many at once."),
            weeks=2,
            networks=("facebook",),
            hours=1,
            asks={"published": 4, "longest_pause": 5, "share": 0.2},
        ),
        Scenario(
            "first_month",
            N_("A first month"),
            N_(
                "Three channels, four weeks, three hours a week. People begin to write below the posts: "
                "whoever asks for a price or has a problem expects an answer."
            ),
            N_("The form and the subject of a post count for more than its hour; answers count as well."),
            weeks=4,
            networks=("instagram", "facebook", "linkedin"),
            hours=3,
            asks={"published": 12, "longest_pause": 4, "answered": 0.6, "share": 0.22},
        ),
        Scenario(
            "two_hours",
            N_("Two hours a week"),
            N_(
                "The owner counts the minutes: two hours a week, not one more, for three channels. "
                "Choose what is worth the time."
            ),
            N_("With little time, fewer channels and the form that each public likes bring more."),
            weeks=4,
            networks=("instagram", "facebook", "linkedin"),
            hours=2,
            asks={"minutes": 120, "published": 8, "share": 0.3},
        ),
        Scenario(
            "lost_token",
            N_("An account that loses its connection"),
            N_(
                "Three weeks on two channels. One morning of the second week, Instagram no longer knows who "
                "you are. Nobody tells you by telephone."
            ),
            N_(
                "Look at “What needs you” every morning: a channel that is stopped loses nothing if one is quick."
            ),
            weeks=3,
            networks=("instagram", "linkedin"),
            hours=2,
            asks={"published": 8, "left_behind": 0},
            events=(Event(Kind.EXPIRED, 8 * DAY),),
        ),
        Scenario(
            "network_down",
            N_("A network that is down"),
            N_(
                "Two weeks on two channels. On the sixth day Facebook answers nothing but errors, for sixteen "
                "hours. Your posts of that day are planned."
            ),
            N_("An error proves nothing. Never send again by hand before you know: the tool looks for you."),
            weeks=2,
            networks=("facebook", "linkedin"),
            hours=2,
            asks={"published": 6, "left_behind": 0, "twice": 0},
            events=(Event(Kind.OUTAGE, 5 * DAY, 16 * HOUR),),
        ),
        Scenario(
            "complaint",
            N_("A complaint that goes round"),
            N_(
                "Two weeks on two channels. In the second week word goes round that the Slate range cracks. "
                "Below everything you post, people want to know."
            ),
            N_("An answer within a day, below each complaint, is worth more than the next fine picture."),
            weeks=2,
            networks=("facebook", "linkedin"),
            hours=3,
            asks={"published": 6, "answered": 0.8},
            world="complaints",
        ),
        Scenario(
            "rival",
            N_("A competitor that outshines"),
            N_(
                "Another firm posts on LinkedIn five times a week, well written and at good hours. In four weeks, "
                "your posts are to bring more for each follower than theirs."
            ),
            N_("Posting more is not the answer: form and subject are. Look at what works for them."),
            weeks=4,
            networks=("linkedin",),
            hours=2,
            asks={"published": 8, "rival": 1.0, "share": 0.3},
            has_rival=True,
        ),
    )
}
