"""Scenarios, drawn from the matrix fault x step x network x moment of kill."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

from tesselle.ops.chaos.expected import (
    BEST,
    DONE_IN_DOUBT,
    DONE_MOMENTS,
    DOUBTFUL_MOMENTS,
    FORMATS,
    IN_DOUBT,
    LOOKED_FOR_BY,
    LOOKS_FOR_COMMENTS,
    PUBLISHED_BY,
    REFUSES,
    best_kind,
)

CREATE = (
    *("cut_unread", "accept_cut", "accept_5xx", "fail_5xx", "accept_late"),
    *("hang", "garbage", "throttle", "expired", "refuse_media"),
)
REVERSIBLE = ("cut_unread", "accept_cut", "accept_5xx", "fail_5xx", "hang", "throttle", "garbage")
WEBHOOKS = frozenset({"slack", "mattermost", "webhook", "newsletter"})
"""Text alone, one way."""
NO_UPLOAD = WEBHOOKS | {
    "telegram",
    "discord",
    "instagram",
    "pinterest",
    "threads",
    "google_business",
    "tiktok",
}
"""Whose pictures travel within the publishing call, or are fetched by the network."""
NO_READ = WEBHOOKS | {"telegram", "linkedin/member"}
DRAFTS_FIRST = frozenset({"wordpress", "ghost", "instagram", "threads", "tiktok", "youtube"})
SENDING_MOMENTS = (
    *("before_prepare", "before_begin", "after_begin", "after_exchange", "after_outcome", "before_advance"),
)
SETTLING_MOMENTS = {
    "before_repeat": {"key"},
    "after_repeat": {"key"},
    "after_look": {"lookup", "witness", "unsure"},
    "after_found": {"key", "lookup", "witness"},
}
SECOND = frozenset({"part", "comment"})
"""Steps that follow a post's first in the same delivery: one more part, our own first comment."""
BELOW = frozenset({"answer", "comment"})
"""Looked for below a post, and not among the account's own posts."""
HELD = ("held_before", "held_dropped", "held_after")
CUTS = ("sessions_ended", "database_killed")
ACTS = {"edit": "edit", "delete": "delete"}
"""Steps about something that is out already, and what the sandboxes call their request."""
JUMPS = {
    "forward": ("accept_late", 3.0),  # a doubt that must not be called absent too early
    "back": ("throttle", 3.0),  # a pause that must not last as long as the jump
    "back_in_doubt": ("accept_cut", 1.0),
}
"""Where the clock jumps while a fault of that kind is being lived through."""

LASTING = 4
"""So many looks at a doubt are cut, one after the other later: it must not be over before the clock jumps."""

JUDGES_OUR_CLOCK = frozenset({"ghost", "webhook"})
"""Who refuses a call whose signature, or signed token, is minutes old or early: while our clock is wrong nothing
can go out there, and nothing can be settled."""


@dataclass(frozen=True, slots=True)
class Met:
    """A fault that the sandbox plays for one scenario. `skip`: requests let pass before."""

    operation: str
    effect: str
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    any_account: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """`event`: what happens to the processes ("" in a round where only the network misbehaves).
    `final`: states in which it may end. `copies`: how many live things its last text may have."""

    number: int
    network: str
    profile: str
    step: str
    fault: str
    faults: tuple[Met, ...] = ()
    event: str = ""
    image: bool = False
    final: frozenset[str] = frozenset({"live", "sent"})
    allowed: bool = True

    @property
    def name(self) -> str:
        return f"{self.number:04d} {self.network}{'/' + self.profile if self.profile else ''} {self.step} {self.fault}"

    @property
    def marker(self) -> str:
        return f"chantier {self.number:04d}"

    @property
    def expects_unknown(self) -> bool:
        return "unknown" in self.final


def _asks(scenario: Scenario, *, doubt: bool, done: bool) -> Scenario:
    """Whether a person is asked in the end. `doubt`: only the network knows; `done`: it has it."""
    kind = best_kind(scenario.network, scenario.profile, scenario.step)
    asked = (kind == "none" and doubt) or (kind == "unsure" and done)
    return replace(scenario, final=frozenset({"unknown"})) if asked else scenario


def _looked_for(network: str, profile: str, step: str) -> str:
    """What the request is called by which a step is looked for after doubt; "": there is none to be met."""
    if step in BELOW:
        return LOOKS_FOR_COMMENTS.get(network, "")
    return LOOKED_FOR_BY.get((network, profile), "list")


def irreversible_call(network: str, profile: str, step: str) -> tuple[str, int]:
    """What the request is called that a step sends, and how many of that name pass before it."""
    if step in ACTS:
        return ACTS[step], 0
    if step == "post":
        return PUBLISHED_BY.get((network, profile), ("create", 0))
    return "create", 1 if step in SECOND else 0


def _irreversible(network: str, profile: str, step: str) -> Iterator[Scenario]:
    operation, skip = irreversible_call(network, profile, step)
    called = ACTS.get(step, "create")
    for effect in CREATE:
        if effect == "refuse_media" and step in {*ACTS, "comment"}:
            continue
        seconds = {"hang": 60.0, "accept_late": 1.5, "throttle": 3.0}.get(effect, 1.0)
        met = Met(operation, effect, skip=skip, seconds=seconds)
        one = Scenario(0, network, profile, step, f"{called}:{effect}", (met,))
        if effect == "refuse_media" and network in REFUSES:
            state = "partial" if step == "part" else "refused"
            yield replace(one, final=frozenset({state}), allowed=False)
            continue
        yield _asks(one, doubt=effect in IN_DOUBT, done=effect in DONE_IN_DOUBT)
    storm = Met(operation, "throttle", times=4, skip=skip, seconds=2.0)
    yield Scenario(0, network, profile, step, "storm:throttle", (storm,))
    twice = Met(operation, "accept_cut", times=2, skip=skip)
    if best_kind(network, profile, step) == "key":
        yield Scenario(0, network, profile, step, f"{called}:accept_cut_twice", (twice,))
    looked_for = _looked_for(network, profile, step)
    if best_kind(network, profile, step) in {"lookup", "witness", "unsure"} and looked_for:
        for effect in REVERSIBLE:
            lost = Met(operation, "accept_cut", skip=skip)
            blind = Met(looked_for, effect, times=2, seconds=2.0)
            yield _asks(
                Scenario(0, network, profile, step, f"list:{effect}", (lost, blind)), doubt=True, done=True
            )


def _reversible(network: str, profile: str) -> Iterator[Scenario]:
    def one(operation: str, effect: str, *, image: bool = False, times: int = 1) -> Scenario:
        met = Met(operation, effect, times=times, seconds=2.0)
        return Scenario(0, network, profile, "post", f"{operation}:{effect}", (met,), image=image)

    if (network, profile) in FORMATS:
        return  # met already where the usual format is posted
    if not {network, f"{network}/{profile}"} & NO_READ:
        yield from (one("read", effect, times=2) for effect in REVERSIBLE)
    if network not in NO_UPLOAD:
        yield from (one("upload", effect, image=True) for effect in REVERSIBLE)
        refused = one("upload", "refuse_media", image=True)
        yield replace(refused, final=frozenset({"refused"}), allowed=False)
    if network in DRAFTS_FIRST:
        yield from (one("prepare", effect) for effect in REVERSIBLE)
    if network == "bluesky":
        for effect in ("cut_unread", "accept_cut", "accept_5xx", "fail_5xx", "hang"):
            met = Met("session", effect, seconds=2.0, any_account=True)
            yield Scenario(0, network, profile, "post", f"session:{effect}", (met,))


def _eventful(network: str, profile: str, step: str) -> Iterator[Scenario]:
    """Blind channels go out alone, where it is sure what the kill hits: see `rounds`."""
    kind = best_kind(network, profile, step)
    operation, skip = irreversible_call(network, profile, step)

    def one(event: str, *faults: Met) -> Scenario:
        return Scenario(0, network, profile, step, event, faults, event=event)

    if kind == "none":
        for moment in ("before_begin", "after_begin", "after_exchange", "after_outcome"):
            if step == "post":
                yield _asks(one(f"kill:{moment}"), doubt=moment in DOUBTFUL_MOMENTS, done=False)
        if step == "post":
            # Unknown at first; then the suspended one wakes up with its answer, and it is known.
            yield one("stop:after_exchange")
        return
    for moment in (*SENDING_MOMENTS, *HELD):
        yield _asks(one(f"kill:{moment}"), doubt=True, done=moment in DONE_MOMENTS)
    lost = Met(operation, "accept_cut", skip=skip)
    for moment, kinds in SETTLING_MOMENTS.items():
        if kind in kinds:
            yield _asks(one(f"kill:{moment}", lost), doubt=True, done=True)
    yield from (one(f"stop:{moment}") for moment in ("before_begin", "after_begin", "after_exchange"))
    yield from (one(f"cut:{cut}") for cut in CUTS)
    looked_for = _looked_for(network, profile, step)
    for jump, (effect, seconds) in ({} if network in JUDGES_OUR_CLOCK else JUMPS).items():
        met = Met(operation, effect, skip=skip, seconds=seconds)
        done = effect in DONE_IN_DOUBT
        if jump != "back_in_doubt":
            yield _asks(one(f"clock:{jump}", met), doubt=True, done=done)
        elif kind == "key":
            yield one(f"clock:{jump}", replace(met, times=LASTING))
        elif looked_for:
            unseen = Met(looked_for, "cut_unread", times=LASTING)
            yield _asks(one(f"clock:{jump}", met, unseen), doubt=True, done=done)
    yield one("race:two_workers")


def matrix(networks: Sequence[str]) -> list[Scenario]:
    """Every scenario there is."""
    every: list[Scenario] = []
    for (network, profile), kinds in BEST.items():
        if network not in networks:
            continue
        every += _reversible(network, profile)
        for step in kinds:
            every += _irreversible(network, profile, step)
            every += _eventful(network, profile, step)
    return every


def draw(
    networks: Sequence[str], count: int, seed: int, only: Sequence[str] = (), steps: Sequence[str] = ()
) -> list[Scenario]:
    """`count` of them, every fault before any comes twice; 0 takes them all. `only`: faults that
    begin so; `steps`: those that hit one of these."""
    dice = random.Random(seed)  # noqa: S311 - a draw that can be repeated
    every = [
        one
        for one in matrix(networks)
        if (not only or one.fault.startswith(tuple(only))) and (not steps or one.step in steps)
    ]
    by_fault: dict[str, list[Scenario]] = {}
    for one in every:
        by_fault.setdefault(one.fault, []).append(one)
    for some in by_fault.values():
        dice.shuffle(some)
    wanted = min(count, len(every)) if count else len(every)
    drawn: list[Scenario] = []
    for fault in cycle(sorted(by_fault)):
        if len(drawn) == wanted:
            break
        if by_fault[fault]:
            drawn.append(by_fault[fault].pop())
    return [replace(one, number=number) for number, one in enumerate(drawn, 1)]
