"""One statement for many: what is asked while one runs goes along with the next.

Nobody waits for a timer: a lone caller's statement runs at once, and the busier the worker, the
more callers share one transaction. For bookkeeping only; a failure is everybody's.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Told = TypeVar("Told")

MOST_AT_ONCE = 200


class Together(Generic[Asked, Told]):
    """`do` gives one answer for each question, in their order."""

    def __init__(self, do: Callable[[Sequence[Asked]], Awaitable[Sequence[Told]]]) -> None:
        self._do = do
        self._waiting: list[tuple[Asked, asyncio.Future[Told]]] = []
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
        finally:
            self._working = None

    async def _answer(self, batch: Sequence[tuple[Asked, asyncio.Future[Told]]]) -> None:
        try:
            told = await self._do([question for question, _ in batch])
        except BaseException as error:
            for _, answer in batch:
                if not answer.done():
                    answer.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            for (_, answer), one in zip(batch, told, strict=True):
                if not answer.done():
                    answer.set_result(one)
