import asyncio
from collections.abc import Sequence

import pytest

from tesselle.ledger.hot.together import MOST_AT_ONCE, Together


class Doubling:
    """Answers with twice the number; notes who was asked together, and waits when told to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.batches.append(list(numbers))
        await self.open.wait()
        if 13 in numbers:
            raise ConnectionResetError("the database is gone")
        if 66 in numbers:
            raise ValueError("no such number")
        return [number * 2 for number in numbers]


async def test_a_lone_question_is_answered_at_once():
    together = Together(Doubling())

    assert await together.ask(4) == 8


async def test_what_is_asked_while_one_runs_goes_along_with_the_next():
    doubling = Doubling()
    together = Together(doubling)
    doubling.open.clear()
    first = asyncio.create_task(together.ask(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    later = [asyncio.create_task(together.ask(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    doubling.open.set()

    assert await asyncio.gather(first, *later) == [2, 4, 6, 8]
    assert doubling.batches == [[1], [2, 3, 4]]


async def test_a_database_that_is_gone_is_gone_for_everybody_and_the_next_question_starts_anew():
    together = Together(Doubling())

    told = await asyncio.gather(*(together.ask(number) for number in (12, 13)), return_exceptions=True)

    assert [type(one) for one in told] == [ConnectionResetError, ConnectionResetError]
    assert await together.ask(5) == 10


async def test_a_question_that_is_refused_spoils_nobody_elses_answer():
    together = Together(Doubling())

    told = await asyncio.gather(*(together.ask(n) for n in (1, 66, 2)), return_exceptions=True)

    assert (told[0], type(told[1]), told[2]) == (2, ValueError, 4)


async def test_a_caller_that_left_does_not_hinder_the_others():
    doubling = Doubling()
    together = Together(doubling)
    doubling.open.clear()
    leaving, staying = (asyncio.create_task(together.ask(number)) for number in (1, 2))
    await asyncio.sleep(0)
    leaving.cancel()
    await asyncio.sleep(0)
    doubling.open.set()

    assert await staying == 4


async def test_a_crowd_is_cut_into_batches():
    doubling = Doubling()
    together = Together(doubling)

    await asyncio.gather(*(together.ask(0) for _ in range(MOST_AT_ONCE + 1)))

    assert [len(batch) for batch in doubling.batches] == [MOST_AT_ONCE, 1]


@pytest.mark.parametrize("number", [0, 7])
async def test_answers_come_back_to_who_asked(number: int):
    together = Together(Doubling())

    told = await asyncio.gather(together.ask(number), together.ask(number + 1))

    assert list(told) == [number * 2, number * 2 + 2]


async def test_who_waits_behind_a_statement_that_is_broken_off_is_told():
    doubling = Doubling()
    together = Together(doubling)
    doubling.open.clear()
    first = asyncio.create_task(together.ask(1))
    while not doubling.batches:
        await asyncio.sleep(0)
    behind = asyncio.create_task(together.ask(2))
    await asyncio.sleep(0)
    assert together._working is not None
    together._working.cancel()

    told = await asyncio.wait_for(asyncio.gather(first, behind, return_exceptions=True), timeout=10)

    assert [type(one) for one in told] == [asyncio.CancelledError, asyncio.CancelledError]


async def test_too_few_answers_leave_nobody_waiting():
    async def forgetful(numbers: Sequence[int]) -> list[int]:
        return []

    with pytest.raises(ValueError, match="zip"):
        await asyncio.wait_for(Together(forgetful).ask(1), timeout=10)
