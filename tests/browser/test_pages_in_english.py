"""Every page of the demo in English. A file of its own, so that another process takes it beside the French one."""

from collections.abc import Callable

import pytest

from tests.browser import faults
from tests.browser.demo import Demo
from tests.browser.looks import Language
from tests.browser.places import SIGNED_IN, arrive
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]


@pytest.mark.parametrize("place", SIGNED_IN)
def test_anyone_can_use_it_in_english(place: str, demo: Demo, as_owner: AsOwner) -> None:
    """Other words, but the order of the keyboard is that of the French page."""
    visit = as_owner("en")
    arrive(visit, place, demo)

    assert faults.in_looks_of_its_language(visit) == []
