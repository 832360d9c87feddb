"""The demo's past is made again when it is lost: its sessions wait for no disk, and those after it do."""

import asyncio

import pytest
from django.db import connection

from tesselle.ledger.hot.pool import connect
from tesselle.sandbox.rehearsal import database_url
from tesselle.sandbox.unhurried import not_waiting_for_the_disk

_WHO_SAYS_SO = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"


@pytest.mark.django_db(transaction=True)
def test_only_sessions_begun_meanwhile_do_not_wait_for_the_disk():
    usual = _ours()

    with not_waiting_for_the_disk():
        assert (_ours(), asyncio.run(_of_the_worker())) == ("client", "client")

    assert (_ours(), asyncio.run(_of_the_worker())) == (usual, usual)
    assert usual != "client"


def _ours() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_WHO_SAYS_SO)
        [(source,)] = cursor.fetchall()
    return str(source)


async def _of_the_worker() -> str:
    session = await connect(database_url())
    try:
        return str(await session.fetchval(_WHO_SAYS_SO))
    finally:
        await session.close()
