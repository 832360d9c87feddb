"""Outcomes that the database could not be told: kept in memory, and in one fsynced line each.

Read again at start. Until all are written, nothing new is sent.
"""

import json
import os
from dataclasses import replace
from pathlib import Path

import asyncpg

from tesselle.domain.lifecycle import AttemptState
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.late import keep_late_answer, written_at_last
from tesselle.ledger.hot.sending import Outcome, write_outcome


class Spool:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "outcomes.jsonl"
        self._waiting: list[Outcome] = self._read()

    @property
    def is_empty(self) -> bool:
        return not self._waiting

    def _read(self) -> list[Outcome]:
        """What an earlier process could not write. A last line cut by a crash is left out: its
        attempt still stands as `sending` and will be looked up."""
        if not self._file.exists():
            return []
        outcomes = []
        for line in self._file.read_text("utf-8").splitlines():
            try:
                outcomes.append(Outcome.from_json(json.loads(line)))
            except (ValueError, KeyError):
                continue
        return outcomes

    def keep(self, outcome: Outcome) -> None:
        """Durable when this returns."""
        self._waiting.append(outcome)
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(outcome.to_json()) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    async def flush(self, db: Database) -> int:
        """Write what waits; returns how many. Raises what the database raises: try again later."""
        written = 0
        while self._waiting:
            outcome = self._waiting[0]
            await _write(db, outcome)
            # Another lane may have written it meanwhile.
            if self._waiting and self._waiting[0] is outcome:
                self._waiting.pop(0)
                written += 1
        self._file.unlink(missing_ok=True)
        return written


async def _write(db: Database, outcome: Outcome) -> None:
    try:
        done = await write_outcome(db, outcome)
    except asyncpg.UniqueViolationError:
        # The network named something that is another delivery's: this answer proves nothing.
        done = await write_outcome(
            db, replace(outcome, state=AttemptState.AMBIGUOUS, verdict="not_ours", remote=None)
        )
    except asyncpg.DataError:
        # Something in it can never be written, and nothing new is sent before it is: leave that out.
        outcome = replace(
            outcome, state=AttemptState.AMBIGUOUS, verdict="unwritable", evidence={}, remote=None
        )
        done = await write_outcome(db, outcome)
    if not done:
        await keep_late_answer(db, outcome)
    elif outcome.state is AttemptState.ACCEPTED:
        await written_at_last(db, outcome.attempt_id)
