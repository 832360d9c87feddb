"""Statements that many deliveries share: each gets its own answer, and workers share the work."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TypeVar
from uuid import uuid4

import asyncpg

from tesselle.ledger.hot import dispatch
from tesselle.ledger.hot.dispatch import Claim
from tesselle.ledger.hot.pool import open_pool
from tesselle.ledger.hot.sending import (
    Advance,
    Beginning,
    LetGo,
    OpenStep,
    StepToOpen,
    advance,
    begin,
    open_steps,
)
from tesselle.ledger.models import Attempt, Delivery, Installation
from tesselle.publish.tests.stage import PublishStage, database_url

Told = TypeVar("Told")


def with_pool(act: Callable[[asyncpg.Pool], Awaitable[Told]], size: int = 2) -> Told:
    async def main() -> Told:
        pool = await open_pool(database_url(), size=size)
        try:
            return await act(pool)
        finally:
            await pool.close()

    return asyncio.run(main())


def queued(stage: PublishStage, count: int) -> list[Delivery]:
    """One on each of so many channels."""
    rows = [stage.planned(f"Rang {n}", stage.channel("bluesky", f"rang{n}")) for n in range(count)]
    Delivery.objects.update(state="queued")
    return rows


async def claimed(pool: asyncpg.Pool, *, company: int = 1, free: int = 100) -> list[Claim]:
    return await dispatch.claim(pool, worker_id=1, lanes={"bluesky": free}, budgets={}, company=company)


async def opened(pool: asyncpg.Pool, claims: list[Claim]) -> list[OpenStep]:
    steps = await open_steps(pool, [StepToOpen(claim, 0, "post") for claim in claims])
    assert None not in steps
    return [step for step in steps if step is not None]


def test_a_worker_in_company_takes_its_share_and_leaves_the_rest(stage: PublishStage):
    queued(stage, 4)

    async def two_workers(pool: asyncpg.Pool) -> list[int]:
        return [len(await claimed(pool, company=2)) for _ in range(3)]

    assert with_pool(two_workers) == [2, 1, 1]


def test_no_more_is_claimed_than_there_are_free_lanes(stage: PublishStage):
    queued(stage, 3)

    assert len(with_pool(lambda pool: claimed(pool, free=2))) == 2


def test_what_was_due_first_is_claimed_first(stage: PublishStage):
    late, early = queued(stage, 2)
    Delivery.objects.filter(pk=early.pk).update(due_at=late.due_at.replace(year=late.due_at.year - 1))

    [first] = with_pool(lambda pool: claimed(pool, free=1))

    assert first.delivery_id == early.pk


def test_a_delivery_taken_away_is_not_begun_and_its_neighbour_is(stage: PublishStage):
    queued(stage, 2)

    async def begun(pool: asyncpg.Pool) -> list[bool]:
        claims = await claimed(pool)
        steps = await opened(pool, claims)
        stranger = replace(claims[0], token=uuid4())
        return await begin(
            pool, [Beginning(stranger, steps[0], {}, 30.0), Beginning(claims[1], steps[1], {"a": 1}, 30.0)]
        )

    assert with_pool(begun) == [False, True]
    assert sorted(Attempt.objects.values_list("state", flat=True)) == ["prepared", "sending"]


def test_nothing_begins_while_sending_is_held(stage: PublishStage):
    queued(stage, 1)

    async def begun(pool: asyncpg.Pool) -> list[bool]:
        claims = await claimed(pool)
        steps = await opened(pool, claims)
        await pool.execute("UPDATE ledger_installation SET held = true")
        return await begin(pool, [Beginning(claims[0], steps[0], {}, 30.0)])

    assert with_pool(begun) == [False]
    assert Installation.objects.get().held


def test_a_step_is_not_opened_twice_at_once(stage: PublishStage):
    queued(stage, 2)

    async def again(pool: asyncpg.Pool) -> list[OpenStep | None]:
        claims = await claimed(pool)
        await opened(pool, claims[:1])
        return await open_steps(pool, [StepToOpen(claim, 0, "post") for claim in claims])

    first, second = with_pool(again)

    assert first is None
    assert second is not None


def test_letting_go_moves_only_what_is_still_ours(stage: PublishStage):
    queued(stage, 2)

    async def let_go(pool: asyncpg.Pool) -> list[int]:
        claims = await claimed(pool)
        done = [LetGo(claim.delivery_id, claim.token, Advance("sent")) for claim in claims]
        await advance(pool, [replace(done[0], token=uuid4()), done[1]])
        return [claim.delivery_id for claim in claims]

    ids = with_pool(let_go)

    assert [Delivery.objects.get(pk=pk).state for pk in ids] == ["sending", "sent"]
