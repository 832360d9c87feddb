"""What is wrong with a page for somebody who sees little, types instead of clicking, or holds a telephone."""

from collections.abc import Sequence

from playwright.sync_api import Page

from tests.browser import axe
from tests.browser.looks import LOOKS, NARROW, WIDE, Look
from tests.browser.visit import Visit

# What lies beyond the window or is cut off, whether the page scrolls for it or hides it. Raw answers of
# a network and tables of figures scroll in their own frame; what only screen readers see has no room.
_CUT_OFF = """() => {
  const room = document.documentElement.clientWidth;
  const framed = (one) => one.closest("pre, .table-scroll:not(:has(.table--cards)), .bare-mosaic");
  const unseen = (one) =>
    one.closest(".visually-hidden, .skip-link") || !one.checkVisibility({visibilityProperty: true});
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1 && !framed(one) && !unseen(one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def in_every_look(visit: Visit) -> list[str]:
    """Both themes, on a desk and on a telephone: for a page that is looked at in one language."""
    return _in(visit, LOOKS)


def in_looks_of_its_language(visit: Visit) -> list[str]:
    """For a page that is looked at in both: in French on a desk, in English on a telephone, in both themes.

    That nothing is cut off on a telephone is seen to in both, since words differ in length.
    """
    width = WIDE if visit.language == "fr" else NARROW
    found = _in(visit, [look for look in LOOKS if look.width_px == width])
    return found + (_in(visit, [Look(NARROW)], without_axe=True) if width == WIDE else [])


def _in(visit: Visit, looks: Sequence[Look], *, without_axe: bool = False) -> list[str]:
    found = []
    for look in looks:
        visit.wear(look)
        visit.step(look.name)
        wrong = [] if without_axe else axe.findings(visit.page, only_colours=look.theme == "dark")
        if look == Look(NARROW):
            wrong += [f"cut off: {one}" for one in cut_off(visit.page)]
        found += [f"{look.name}: {one}" for one in wrong]
    return found


def cut_off(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_CUT_OFF)
    return found
