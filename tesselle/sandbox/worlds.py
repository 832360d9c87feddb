"""Which world a practice workspace lives in, and from which seed: made when it is first asked for."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from tesselle.sandbox.shelf import fetch
from tesselle.simulation.company import SimulatedCompany
from tesselle.simulation.worlds import WORLDS

_FACTS = """
SELECT s.world, s.seed, s.began_at, w.zone, w.language, s.minds_from, w.clock_shift, s.shelf_version,
  ARRAY(SELECT b.network || ' ' || b.kind FROM sandbox_badday b WHERE b.workspace_id = w.id
    AND b.begins_at <= now() + w.clock_shift AND (b.ends_at IS NULL OR b.ends_at > now() + w.clock_shift))
FROM workspaces_workspace w LEFT JOIN sandbox_seededworld s ON s.workspace_id = w.id
WHERE w.id = %s AND w.world_kind = 'practice'
"""
_BEGIN = """
INSERT INTO sandbox_seededworld (workspace_id, world, seed, began_at, remembered_until)
SELECT id, 'ordinary', %s, now() + clock_shift, now() FROM workspaces_workspace
WHERE id = %s AND world_kind = 'practice'
ON CONFLICT (workspace_id) DO NOTHING RETURNING workspace_id
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """A practice workspace's company, how far its clock is ahead, and the version of its shelf: none in a
    transaction, which may be undone. `bad_days`: networks with what goes wrong there now."""

    company: SimulatedCompany
    shift: timedelta
    shelf_version: int | None
    bad_days: frozenset[tuple[str, str]] = frozenset()


def look(workspace_id: int) -> Seen:
    """What holds now.

    Raises:
        LookupError: no practice workspace has that number.
    """
    row = _row(workspace_id)
    if row[0] is None:
        fetch(_BEGIN, new_seed(), workspace_id)
        row = _row(workspace_id)
    world, seed, began_at, zone, language, minds_from, shift, version, bad_days = row
    return Seen(
        SimulatedCompany(WORLDS[world], seed, began_at, zone, language, minds_from),
        shift,
        None if connection.in_atomic_block else version,
        frozenset((network, kind) for network, kind in map(str.split, bad_days)),
    )


def _row(workspace_id: int) -> tuple[Any, ...]:
    rows = fetch(_FACTS, workspace_id)
    if not rows:
        raise LookupError(f"Workspace {workspace_id} is no practice workspace.")
    return rows[0]


def new_seed() -> str:
    return secrets.token_hex(6)
