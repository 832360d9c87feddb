"""Every page of the demo, in both languages, both themes, on a desk and on a telephone."""

from collections.abc import Callable

import pytest

from tests.browser import axe, faults, keyboard
from tests.browser.demo import Demo
from tests.browser.looks import LANGUAGES, NARROW, WIDE, Language, Look
from tests.browser.places import NAVIGATION, SIGNED_IN
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_place = pytest.mark.parametrize("place", SIGNED_IN)


@every_language
@every_place
def test_anyone_can_use_it(place: str, language: Language, demo: Demo, as_owner: AsOwner) -> None:
    visit = as_owner(language)
    visit.open(SIGNED_IN[place](demo))

    assert visit.page.locator("html").get_attribute("lang") == language
    assert faults.in_every_look(visit) == []


@every_place
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    place: str, demo: Demo, as_owner: AsOwner
) -> None:
    visit = as_owner("fr")
    visit.open(SIGNED_IN[place](demo))

    assert keyboard.faults(visit.page) == []


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(demo: Demo, as_owner: AsOwner) -> None:
    visit = as_owner("fr")
    visit.wear(Look(NARROW, "dark"))
    visit.open("/")
    visit.page.locator(".nav-open").focus()
    visit.page.keyboard.press("Enter")

    assert visit.page.locator("#site-nav nav a").first.is_visible()
    assert axe.findings(visit.page) == []
    assert keyboard.faults(visit.page, within="#site-nav") == []

    visit.page.keyboard.press("Escape")
    assert not visit.page.locator("#site-nav").is_visible()


def test_whoever_adds_a_page_to_the_navigation_adds_it_here(demo: Demo, as_owner: AsOwner) -> None:
    visit = as_owner("fr")
    visit.wear(Look(WIDE))
    visit.open("/")

    links = visit.page.locator("#site-nav nav a[href]").evaluate_all("all => all.map((one) => one.pathname)")

    assert links
    assert set(links) <= {place(demo) for place in NAVIGATION.values()}
