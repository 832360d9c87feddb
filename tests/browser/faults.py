"""What is wrong with a page for somebody who sees little, types instead of clicking, or holds a telephone."""

from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.looks import LOOKS, NARROW, Look
from tests.browser.visit import Visit

# Wider than the window, although nothing scrolls by itself (a table in its own frame does).
_OVERFLOW = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1)
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def in_every_look(visit: Visit) -> list[str]:
    """Both themes, on a desk and on a telephone."""
    found = []
    for look in LOOKS:
        visit.wear(look)
        visit.step(look.name)
        wrong = axe.findings(visit.page, only_colours=look.theme == "dark")
        if look == Look(NARROW):
            wrong += [f"too wide: {one}" for one in overflowing(visit.page)]
        found += [f"{look.name}: {one}" for one in wrong]
    return found


def overflowing(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_OVERFLOW)
    return found
