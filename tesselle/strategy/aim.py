"""What one post is for, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tesselle.strategy.models import KINDS
from tesselle.web.kept_query import ANOTHER_ID, SOME_ID, KeptQuery
from tesselle.workspaces.models import Workspace

_DIGITS = 18
_IN = ANOTHER_ID


def _one_of(kind: str) -> KeptQuery[Any]:
    return KeptQuery(
        lambda: KINDS[kind].objects.filter(pk=SOME_ID, workspace=_IN).values_list("pk"), is_planned_once=True
    )


_known = {kind: _one_of(kind) for kind in KINDS}


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
        return pk if pk and _known[kind].rows({SOME_ID: pk, _IN: workspace.pk}) else 0


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < _DIGITS else 0
