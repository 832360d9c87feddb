"""The worlds one can practise in, and what a learner should discover in each."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SimulatedWorld:
    """`matters` 0: nothing a person chooses has an effect. Effects are standard deviations in log
    units; `followers` is the median of a company's channels. `shift_h` moves the hours at which its
    audience is there. `change_week`, `change`: from that week on, reach is `exp(change)` times as
    large. `season`: the height of a yearly wave. `viral_rate`: the share of posts that run away.
    `resentment`: how many times as many leave over a complaint that nobody answers."""

    name: str
    matters: float = 1.0
    followers: float = 1500.0
    followers_spread: float = 0.8
    shift_h: float = 0.0
    fatigue: float = -0.12
    viral_rate: float = 0.015
    change_week: int | None = None
    change: float = 0.0
    season: float = 0.0
    videos_in_the_evening: bool = False
    second_audience_h: float | None = None
    complaints_week: int | None = None
    resentment: float = 1.0


WORLDS = {
    world.name: world
    for world in (
        SimulatedWorld("ordinary"),
        SimulatedWorld("nothing_matters", matters=0.0, fatigue=0.0),
        SimulatedWorld("night_owls", shift_h=7.0),
        SimulatedWorld("confounded", videos_in_the_evening=True),
        SimulatedWorld("tiny", followers=60.0, followers_spread=0.2),
        SimulatedWorld("algorithm_change", change_week=6, change=-0.5),
        SimulatedWorld("season", season=0.4),
        SimulatedWorld("viral", viral_rate=0.06),
        SimulatedWorld("demanding", fatigue=-0.3, resentment=2.0),
        SimulatedWorld("two_audiences", second_audience_h=6.0),
        SimulatedWorld("complaints", complaints_week=1),
    )
}
