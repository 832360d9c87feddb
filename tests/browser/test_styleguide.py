"""The page of all components, which is there only while developing."""

from collections.abc import Iterator

import pytest

from tests.browser import faults, keyboard
from tests.browser.conftest import OpenVisit
from tests.browser.house import House, data_folder, living
from tests.browser.journey import begin


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    with data_folder() as data, living("up", data, {"TESSELLE_DEBUG": "1"}) as house:
        yield house


def test_every_component_can_be_used_by_anyone(house: House, visit: OpenVisit) -> None:
    alice = visit(house.address, "fr")
    alice.statuses = {404}
    begin(alice, house)
    alice.open("/styleguide")
    alice.statuses = set()

    assert keyboard.faults(alice.page) == []
    assert faults.in_every_look(alice) == []
