"""Whose yes a post needs, how many and in which order: what was said is held against what is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

ANYONE, EDITOR, MANAGER, OWNER, PERSON, OUTSIDE = (
    "anyone",
    "editor",
    "manager",
    "owner",
    "person",
    "outside",
)
_AT_LEAST = {
    EDITOR: frozenset({EDITOR, MANAGER, OWNER}),
    MANAGER: frozenset({MANAGER, OWNER}),
    OWNER: frozenset({OWNER}),
    ANYONE: frozenset({MANAGER, OWNER}),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who may say yes: a member with a role, or whoever holds a link (`link_id`)."""

    user_id: int = 0
    role: str = ""
    link_id: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """`count` different voices. A role means that role or more; `person_id` goes with `PERSON`.

    `ANYONE` is what a channel without a rule of its own asks: one who manages it, or one outside by a link.
    """

    who: str = ANYONE
    count: int = 1
    person_id: int = 0

    def fits(self, voice: Voice) -> bool:
        if self.who == PERSON:
            return voice.user_id == self.person_id
        if voice.link_id:
            return self.who in (OUTSIDE, ANYONE)
        return voice.role in _AT_LEAST.get(self.who, ())


@dataclass(frozen=True, slots=True)
class Stage:
    """One demand with the voices that count for it."""

    demand: Demand
    voices: tuple[Voice, ...]

    @property
    def is_done(self) -> bool:
        return len(self.voices) >= self.demand.count


@dataclass(frozen=True, slots=True)
class Progress:
    stages: tuple[Stage, ...]

    @property
    def open_stage(self) -> Stage | None:
        """The one whose turn it is; None when all is said."""
        return next((stage for stage in self.stages if not stage.is_done), None)

    @property
    def is_done(self) -> bool:
        return self.open_stage is None


DEFAULT = (Demand(),)


def progress(demands: Sequence[Demand], voices: Sequence[Voice]) -> Progress:
    """Each voice counts once, for the earliest demand that needs it; an early yes counts when its turn
    comes, since the words are the same. Voices are moved between demands where that lets more of them
    count (an owner makes room for an editor), the earlier demands first."""
    asked = tuple(demands) or DEFAULT
    places = [index for index, demand in enumerate(asked) for _ in range(demand.count)]
    heard = list(dict.fromkeys(voices))
    taken: dict[int, int] = {}  # voice -> place
    for place in range(len(places)):
        _seat(place, places, asked, heard, taken, set())
    held: dict[int, list[Voice]] = {}
    for voice, place in sorted(taken.items()):
        held.setdefault(places[place], []).append(heard[voice])
    return Progress(tuple(Stage(demand, tuple(held.get(index, ()))) for index, demand in enumerate(asked)))


def _seat(
    place: int,
    places: list[int],
    asked: Sequence[Demand],
    heard: list[Voice],
    taken: dict[int, int],
    tried: set[int],
) -> bool:
    """Find a voice for this place, by an augmenting path (Kuhn 1955): nobody seated loses their seat."""
    for voice in range(len(heard)):
        if voice in tried or not asked[places[place]].fits(heard[voice]):
            continue
        tried.add(voice)
        if voice not in taken or _seat(taken[voice], places, asked, heard, taken, tried):
            taken[voice] = place
            return True
    return False


def is_next(demands: Sequence[Demand], voices: Sequence[Voice], voice: Voice) -> bool:
    """Whether it is the turn of this one: their yes would bring the open demand on."""
    if any((voice.user_id, voice.link_id) == (one.user_id, one.link_id) for one in voices):
        return False
    return _reached(progress(demands, [*voices, voice])) > _reached(progress(demands, voices))


def _reached(so_far: Progress) -> tuple[int, int]:
    """How many demands are done in a row, and how many voices the one after them has."""
    done = next((at for at, stage in enumerate(so_far.stages) if not stage.is_done), len(so_far.stages))
    return done, len(so_far.stages[done].voices) if done < len(so_far.stages) else 0


def can_be_met(demands: Sequence[Demand], members: Sequence[Voice]) -> bool:
    """Whether these members, and as many people outside as are asked for, could say every yes."""
    outside = sum(demand.count for demand in demands if demand.who == OUTSIDE)
    strangers = [Voice(link_id=number + 1) for number in range(outside)]
    return progress(demands, [*members, *strangers]).is_done
