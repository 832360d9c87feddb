"""One statement for many: what is asked while one runs goes along with the next.

Nobody waits for a timer: a lone caller's statement runs at once, and the busier the worker, the
more callers share one transaction. One whose question the database refuses spoils nobody's answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from tesselle.ledger.hot.pool import DATABASE_GONE

Asked = TypeVar("Asked")
Told = TypeVar("Told")
Pair: TypeAlias = tuple[Asked, asyncio.Future[Told]]

MOST_AT_ONCE = 200


class Together(Generic[Asked, Told]):
    """`do` gives one answer for each question, in their order."""

    def __init__(self, do: Callable[[Sequence[Asked]], Awaitable[Sequence[Told]]]) -> None:
        self._do = do
        self._waiting: list[Pair[Asked, Told]] = []
        self._working: asyncio.Task[None] | None = None

    async def ask(self, question: Asked) -> Told:
        """Raises whatever `do` raises."""
        answer: asyncio.Future[Told] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._working is None:
            self._working = asyncio.create_task(self._work())
        return await answer

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                await self._answer(batch)
        except BaseException as ending:
            # Nobody comes for those who wait behind it.
            _fail(self._waiting, ending)
            self._waiting = []
            raise
        finally:
            self._working = None

    async def _answer(self, batch: Sequence[Pair[Asked, Told]]) -> None:
        try:
            told = await self._do([question for question, _ in batch])
            pairs = list(zip(batch, told, strict=True))
        except DATABASE_GONE as gone:
            _fail(batch, gone)
        except Exception as refused:  # noqa: BLE001 - raised again where it was asked
            # Undone for all of them: then each for itself.
            if len(batch) == 1:
                _fail(batch, refused)
            else:
                for pair in batch:
                    await self._answer([pair])
        except BaseException as ending:
            _fail(batch, ending)
            raise
        else:
            for (_, answer), one in pairs:
                if not answer.done():
                    answer.set_result(one)


def _fail(batch: Sequence[Pair[Any, Any]], error: BaseException) -> None:
    for _, answer in batch:
        if not answer.done():
            answer.set_exception(error)
