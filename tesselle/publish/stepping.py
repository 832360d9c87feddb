"""Which irreversible steps a delivery has, in order, and what each of them is about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tesselle.connectors.protocols import Account, Connector
from tesselle.domain.content import Content
from tesselle.domain.verdicts import Remote

Targets = Mapping[str, Any] | Sequence[Mapping[str, Any] | None] | None
"""As the row keeps it: what is answered; or, for an edit or a deletion, one thing for each part (in
the order of the steps, None for a part that is to stay as it is)."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    position: int
    kind: str
    target: Remote | None = None


def planned_steps(
    connector: Connector, account: Account, purpose: str, content: Content, targets: Targets
) -> Iterator[PlannedStep]:
    """An edit or a deletion of a thread has one step for each part it touches."""
    kinds = connector.steps(purpose, content, account)
    if isinstance(targets, Sequence):
        for position, target in enumerate(targets):
            if target is not None:
                yield PlannedStep(position, kinds[0], Remote.from_json(target))
        return
    for position, kind in enumerate(kinds):
        yield PlannedStep(position, kind, target_at(targets, position))


def target_at(targets: Targets, position: int) -> Remote | None:
    """What the step at that position answers, changes or takes down."""
    if targets is None:
        return None
    if isinstance(targets, Mapping):
        return Remote.from_json(targets)
    found = targets[position]
    return None if found is None else Remote.from_json(found)
