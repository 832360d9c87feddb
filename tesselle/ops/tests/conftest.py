import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tesselle.ops.tests.people import EVERYBODY, Person
from tesselle.ops.tests.sessions import embedded


@pytest.fixture(params=EVERYBODY, ids=lambda person: person.name.replace(" ", "-"))
def person(request: pytest.FixtureRequest) -> Person:
    found: Person = request.param
    return found


@pytest.fixture(scope="session")
def prepared() -> Iterator[Callable[[Person], Path]]:
    """For each person the data folder of a first start, made once: initdb is the slow part of a test."""
    with ExitStack() as places:

        @cache
        def made(person: Person) -> Path:
            path = places.enter_context(person.place()) / "data"

            def start_once() -> None:
                server = embedded(path)
                server.start()
                server.stop()

            person.do(start_once)
            return path

        yield made


@pytest.fixture
def data(person: Person, place: Path, prepared: Callable[[Person], Path]) -> Path:
    """A data folder that was started once, and stopped."""
    subprocess.run(["cp", "-a", prepared(person), place / "data"], check=True)
    return place / "data"


@pytest.fixture
def place(person: Person) -> Iterator[Path]:
    with person.place() as path:
        yield path
