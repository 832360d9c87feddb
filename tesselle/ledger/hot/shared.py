"""The hot path's statements that many deliveries share, each a transaction of its own.

Never the outcome of an attempt: it is written alone, so that nothing else can make it fail.
"""

from functools import partial

from tesselle.ledger.hot import checking, sending
from tesselle.ledger.hot.checking import DoneStep, Leased, Move, Moved
from tesselle.ledger.hot.dispatch import Database
from tesselle.ledger.hot.sending import Beginning, LetGo, OpenStep, StepToOpen
from tesselle.ledger.hot.together import Together


class Shared:
    def __init__(self, db: Database) -> None:
        self._db = db
        self.opening: Together[StepToOpen, OpenStep | None] = Together(partial(sending.open_steps, db))
        self.beginning: Together[Beginning, bool] = Together(partial(sending.begin, db))
        self.letting_go: Together[LetGo, bool] = Together(partial(sending.advance, db))
        self.moving: Together[Moved, None] = Together(partial(checking.move, db))
        self.reading_steps: Together[int, list[DoneStep]] = Together(partial(checking.steps_of, db))

    async def open_step(self, wanted: StepToOpen) -> OpenStep | None:
        """See `sending.open_steps` and `sending.adopt_late`."""
        step = await self.opening.ask(wanted)
        return None if step is None else await sending.adopt_late(self._db, step)

    async def move(self, leased: Leased, to: Move) -> None:
        await self.moving.ask(Moved(leased, to))
