"""Every page, in both languages, both themes, on a desk and on a telephone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser import axe, keyboard
from tests.browser.demo import Demo
from tests.browser.looks import LANGUAGES, LOOKS, NARROW, WIDE, Language, Look
from tests.browser.places import NAVIGATION, SIGNED_IN
from tests.browser.visit import Visit

every_language = pytest.mark.parametrize("language", LANGUAGES)
every_place = pytest.mark.parametrize("place", SIGNED_IN)

# Wider than the window, although nothing scrolls by itself (a table in its own frame does).
OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1)
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def overflowing(page: Page) -> list[str]:
    found: list[str] = page.evaluate(OVERFLOW)
    return found


def faults(visit: Visit) -> list[str]:
    """What is wrong with the page, in every look, each named once."""
    found = []
    for look in LOOKS:
        visit.wear(look)
        visit.step(look.name)
        wrong = axe.findings(visit.page, only_colours=look.theme == "dark")
        if look == Look(NARROW):
            wrong += [f"too wide: {one}" for one in overflowing(visit.page)]
        found += [f"{look.name}: {one}" for one in wrong]
    return found


@every_language
@every_place
def test_anyone_can_use_it(
    place: str, language: Language, demo: Demo, as_owner: Callable[[Language], Visit]
) -> None:
    visit = as_owner(language)
    visit.open(SIGNED_IN[place](demo))

    assert visit.page.locator("html").get_attribute("lang") == language
    assert faults(visit) == []


@every_place
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    place: str, demo: Demo, as_owner: Callable[[Language], Visit]
) -> None:
    visit = as_owner("fr")
    visit.open(SIGNED_IN[place](demo))

    assert keyboard.faults(visit.page) == []


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(
    demo: Demo, as_owner: Callable[[Language], Visit]
) -> None:
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


def test_the_list_of_pages_is_complete(demo: Demo, as_owner: Callable[[Language], Visit]) -> None:
    """Whoever adds a page to the navigation adds it to `places`."""
    visit = as_owner("fr")
    visit.wear(Look(WIDE))
    visit.open("/")

    links = visit.page.locator("#site-nav nav a[href]").evaluate_all("all => all.map((one) => one.pathname)")

    assert set(links) <= {place(demo) for place in NAVIGATION.values()}
