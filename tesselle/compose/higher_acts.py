"""Buttons of the composer that a higher folder answers, and what it does before a post is saved.

A higher app registers in its `AppConfig.ready`: `higher_acts.register(HigherAct("verb", act, before_saving))`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tesselle.compose.desk import Desk
from tesselle.compose.draft import Draft
from tesselle.workspaces.models import User


@dataclass(frozen=True, slots=True)
class HigherAct:
    """`verb`: the button's, whose `act` makes another draft and says what it did. `before_saving`: the
    draft that is kept."""

    verb: str
    act: Callable[[Desk, User], tuple[Draft, str]]
    before_saving: Callable[[Desk, User], Draft]


_acts: dict[str, HigherAct] = {}


def register(act: HigherAct) -> None:
    """Registering the same verb again replaces it, so a reload does no harm."""
    _acts[act.verb] = act


def act_of(verb: str) -> HigherAct | None:
    return _acts.get(verb)


def before_saving(desk: Desk, by: User) -> Desk:
    for act in _acts.values():
        desk = desk.with_draft(act.before_saving(desk, by))
    return desk
