"""The database's shelf behaves as the one in memory does, for several processes at once."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connection, transaction

from tesselle.connectors.http.asgi_transport import AsgiTransport
from tesselle.connectors.http.exchange import Request
from tesselle.connectors.registry import World
from tesselle.publish.tests.stage import database_url
from tesselle.sandbox.practice import practice_world
from tesselle.sandbox.shelf import _PUT, PostgresShelf, changed, in_django
from tesselle.sandbox.worlds import look
from tesselle.simulation.shelf import MemoryShelf, Shelf
from tesselle.workspaces.models import Workspace

SCRIPT = """
import asyncio, json, sys
import django
django.setup()
from tesselle.sandbox.shelf import PostgresShelf, in_django
from tesselle.sandbox.worlds import look

async def main():
    shelf = PostgresShelf(int(sys.argv[1]))
    print("ready", flush=True)
    sys.stdin.readline()
    won = [key for key in range(200) if await shelf.add("posts", str(key), {"by": sys.argv[2]})]
    numbers = [await shelf.number("posts") for _ in range(200)]
    print(json.dumps([won, numbers]))

asyncio.run(main())
"""


@pytest.fixture(params=["memory", "postgres"])
def shelf(request: pytest.FixtureRequest) -> Shelf:
    if request.param == "memory":
        return MemoryShelf()
    return PostgresShelf(request.getfixturevalue("workspace").pk)


def test_things_come_back_in_the_order_they_came(shelf: Shelf):
    async def story() -> None:
        await shelf.put("posts", "b", {"text": "deux"})
        await shelf.put("posts", "a", {"text": "un"})
        await shelf.put("posts", "b", {"text": "deux, corrigé"})
        assert [row["text"] for row in await shelf.all("posts")] == ["deux, corrigé", "un"]
        assert await shelf.get("posts", "c") is None
        assert await shelf.all("others") == []

    async_to_sync(story)()


def test_a_group_is_read_without_the_rest_and_kept_when_its_thing_changes(shelf: Shelf):
    async def story() -> None:
        await shelf.put("posts", "1", {"n": 1}, "alice")
        await shelf.add("posts", "2", {"n": 2}, "bob")
        await shelf.put("posts", "3", {"n": 3})
        await shelf.put("posts", "1", {"n": 10})
        assert await shelf.all("posts", "alice") == [{"n": 10}]
        assert await shelf.all("posts", "nobody") == []
        assert await shelf.all("posts", "") == []

    async_to_sync(story)()


def test_what_is_there_is_not_added_again_and_what_was_dropped_is(shelf: Shelf):
    async def story() -> None:
        assert await shelf.add("posts", "1", {"n": 1})
        assert not await shelf.add("posts", "1", {"n": 2})
        assert await shelf.get("posts", "1") == {"n": 1}
        assert await shelf.drop("posts", "1")
        assert not await shelf.drop("posts", "1")
        assert await shelf.add("posts", "1", {"n": 3})
        assert [await shelf.number("posts"), await shelf.number("posts"), await shelf.number("files")] == [
            1,
            2,
            1,
        ]

    async_to_sync(story)()


def test_workspaces_share_nothing(workspace: Workspace):
    other = Workspace.objects.create(name="Ailleurs", world_kind="practice")

    async def story() -> None:
        await PostgresShelf(workspace.pk).put("posts", "1", {"n": 1}, "alice")
        elsewhere = PostgresShelf(other.pk)
        assert await elsewhere.get("posts", "1") is None
        assert await elsewhere.all("posts") == []
        assert await elsewhere.all("posts", "alice") == []
        assert not await elsewhere.drop("posts", "1")
        assert await elsewhere.add("posts", "1", {"n": 2})

    async_to_sync(story)()


def test_two_processes_never_both_add_a_thing_or_draw_a_number(transactional_db: None):
    workspace = Workspace.objects.create(name="Partagé", world_kind="practice")
    environment = {**os.environ, "DATABASE_URL": database_url()}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", SCRIPT, str(workspace.pk), name],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in ("one", "two")
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    answers = []
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in processes:
        answers.append(json.loads(process.communicate(timeout=180)[0]))

    (won_one, numbers_one), (won_two, numbers_two) = answers
    assert sorted(won_one + won_two) == list(range(200))
    assert sorted(numbers_one + numbers_two) == list(range(1, 401))


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_in_memory_is_what_the_database_holds(transactional_db: None):
    """Two processes with one shelf: each sees what the other did once it has looked at the version."""
    workspace = Workspace.objects.create(name="Partagé", world_kind="practice")
    look(workspace.pk)
    here, there = PostgresShelf(workspace.pk), PostgresShelf(workspace.pk)

    async def looked(shelf: PostgresShelf) -> None:
        shelf.trust((await in_django(lambda: look(workspace.pk))).shelf_version)

    async def story() -> None:
        await looked(here)
        await here.put("posts", "1", {"n": 1}, "alice")
        assert await here.all("posts", "alice") == [{"n": 1}]
        await looked(there)
        assert await there.all("posts") == [{"n": 1}]
        await there.put("posts", "1", {"n": 2})
        assert await there.add("posts", "2", {"n": 3}, "alice")
        assert await here.get("posts", "1") == {"n": 1}  # it has not looked yet
        assert not await here.add("posts", "2", {"n": 4})
        assert await here.get("posts", "1") == {"n": 2}  # refused: so it asks again
        await looked(here)
        assert await here.all("posts", "alice") == [{"n": 2}, {"n": 3}]
        assert await here.drop("posts", "1")
        assert await here.get("posts", "1") is None
        await looked(there)
        assert await there.all("posts", "alice") == [{"n": 3}]
        (await there.all("posts"))[0]["n"] = 9
        assert await there.get("posts", "2") == {"n": 3}

    async_to_sync(story)()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_what_may_be_undone(transactional_db: None):
    workspace = Workspace.objects.create(name="Partagé", world_kind="practice")
    look(workspace.pk)

    with transaction.atomic():
        assert look(workspace.pk).shelf_version is None
    assert look(workspace.pk).shelf_version == 0


_WAITS = "SELECT current_setting('synchronous_commit')"


@pytest.mark.django_db(transaction=True)
def test_a_change_that_need_not_wait_says_so_for_itself_alone(transactional_db: None):
    workspace = Workspace.objects.create(name="Seul", world_kind="practice")
    look(workspace.pk)
    values: dict[str, Any] = {
        "workspace": workspace.pk,
        "table": "posts",
        "key": "1",
        "value": "{}",
        "group": "",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
        for later, said in ((False, "on"), (True, "off")):
            with transaction.atomic():
                cursor.execute(_PUT, {**values, "later": later})
                cursor.execute(_WAITS)
                assert cursor.fetchone() == (said,)
            cursor.execute(_WAITS)
            assert cursor.fetchone() == ("on",)
        # Beside rows that are not the shelf's, nothing is said.
        with transaction.atomic():
            changed(_PUT, waits=False, **values)
            cursor.execute(_WAITS)
            assert cursor.fetchone() == ("on",)
        cursor.execute("RESET synchronous_commit")


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_undone_waits_for_the_disk_and_nothing_else_does(transactional_db: None):
    workspace = Workspace.objects.create(name="Seul", world_kind="practice")
    look(workspace.pk)
    seen: list[bool] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if isinstance(params, dict) and "later" in params:
            seen.append(params["later"])
        return execute(sql, params, many, context)

    async def story() -> None:
        world = practice_world(World("practice", str(workspace.pk)))
        world._app_for = _putting(PostgresShelf(workspace.pk))  # type: ignore[method-assign]
        world._inner = AsgiTransport(world._app_for)
        await in_django(lambda: connection.execute_wrappers.append(note))
        for gate in (None, lambda: None):
            await world.exchange(Request("POST", "https://network.example/"), gate)
        await in_django(lambda: connection.execute_wrappers.remove(note))

    async_to_sync(story)()
    assert seen == [True, False]


def _putting(shelf: PostgresShelf) -> Any:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await shelf.put("posts", "1", {})
        await send({"type": "http.response.start", "status": 204, "headers": []})

    return lambda host: app
