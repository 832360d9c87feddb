"""Every page of the demo in French, in both themes, on a desk and on a telephone; and its menu."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import axe, faults, keyboard
from tests.browser.demo import Demo
from tests.browser.looks import NARROW, WIDE, Language, Look
from tests.browser.places import NAVIGATION, SIGNED_IN, arrive
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]


@pytest.mark.parametrize("place", SIGNED_IN)
def test_anyone_can_use_it(place: str, demo: Demo, as_owner: AsOwner) -> None:
    """First the keyboard, from the top of a fresh page."""
    visit = as_owner("fr")
    arrive(visit, place, demo)

    assert keyboard.faults(visit.page) == []
    assert faults.in_looks_of_its_language(visit) == []


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(demo: Demo, as_owner: AsOwner) -> None:
    visit = as_owner("fr")
    visit.wear(Look(NARROW, "dark"))
    visit.open("/")
    visit.page.locator(".nav-open").focus()
    visit.page.keyboard.press("Enter")

    expect(visit.page.locator("#site-nav nav a").first).to_be_visible()
    assert axe.findings(visit.page) == []
    assert keyboard.faults(visit.page, within="#site-nav") == []

    visit.page.keyboard.press("Escape")
    expect(visit.page.locator("#site-nav")).not_to_be_visible()


def test_whoever_adds_a_page_to_the_navigation_adds_it_here(demo: Demo, as_owner: AsOwner) -> None:
    visit = as_owner("fr")
    visit.wear(Look(WIDE))
    visit.open("/")

    rail = _paths(visit.page.locator("#site-nav nav a[href]"))
    tabs = set[str]()
    for path in rail:
        visit.open(path)
        tabs |= _paths(visit.page.locator(".tabs a"))

    assert rail
    assert tabs
    assert rail | tabs <= {place(demo) for place in NAVIGATION.values()}


def _paths(links: Locator) -> set[str]:
    return set(links.evaluate_all("all => all.map((one) => one.pathname)"))
