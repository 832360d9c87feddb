from collections.abc import Iterator
from pathlib import Path

import pytest

from tesselle.ops.tests.people import EVERYBODY, Person


@pytest.fixture(params=EVERYBODY, ids=lambda person: person.name.replace(" ", "-"))
def person(request: pytest.FixtureRequest) -> Person:
    found: Person = request.param
    return found


@pytest.fixture
def place(person: Person) -> Iterator[Path]:
    with person.place() as path:
        yield path
