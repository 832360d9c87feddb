"""What one post is for, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tesselle.strategy.models import KINDS
from tesselle.workspaces.models import Workspace

_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Aim:
    """Ids; 0 for none."""

    pillar: int = 0
    campaign: int = 0
    objective: int = 0

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "Aim":
        """From a form, or from JSON; what makes no sense is none."""
        return cls(**{kind: _number(data.get(f"aim-{kind}")) for kind in KINDS})

    def to_json(self) -> dict[str, int]:
        return {f"aim-{kind}": getattr(self, kind) for kind in KINDS}

    def within(self, workspace: Workspace) -> "Aim":
        """Only what belongs to the workspace: an id from elsewhere is none."""
        return Aim(**{kind: self._known(kind, workspace) for kind in KINDS})

    def _known(self, kind: str, workspace: Workspace) -> int:
        pk: int = getattr(self, kind)
        return pk if pk and KINDS[kind].objects.filter(workspace=workspace, pk=pk).exists() else 0


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0
