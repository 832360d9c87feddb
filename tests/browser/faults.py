"""What is wrong with a page for somebody who sees little, types instead of clicking, or holds a telephone."""

from collections.abc import Sequence

from playwright.sync_api import Page, expect

from tests.browser import axe
from tests.browser.looks import LOOKS, NARROW, WIDE, Look
from tests.browser.visit import Visit

# What lies beyond the window or is cut off, whether the page scrolls for it or hides it. Raw answers of
# a network, tables of figures and rows of pages scroll in their own frame; what only screen readers see has no room.
_CUT_OFF = """() => {
  const room = document.documentElement.clientWidth;
  const frames = "pre, .table-scroll:not(:has(.table--cards)), .bare-mosaic, .tab-list, nav.segments";
  const framed = (one) => one.closest(frames);
  const unseen = (one) =>
    one.closest(".visually-hidden, .skip-link") || !one.checkVisibility({visibilityProperty: true});
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > room + 1 && !framed(one) && !unseen(one))
    .map((one) => one.outerHTML.slice(0, 120));
}"""

# Words that their own box cuts without a sign of it: no ellipsis, no bar to scroll, no button below. What is
# taken from sight on purpose is clipped to nothing.
_SWALLOWED = """() => {
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  const marked = (style) => style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  const unseen = (one) =>
    !one.checkVisibility({visibilityProperty: true}) ||
    (one.clientWidth <= 1 && one.clientHeight <= 1) ||
    one.closest(".visually-hidden, .skip-link, .is-folded, [data-mosaic], svg");
  const swallows = (one) => {
    const style = getComputedStyle(one);
    if (!cuts(style.overflowX) && !cuts(style.overflowY)) return false;
    if (unseen(one) || style.clipPath !== "none" || marked(style)) return false;
    const box = one.getBoundingClientRect();
    // Where spaces are kept, the one that ends a line hangs over the edge.
    const hanging = style.whiteSpaceCollapse === "preserve" ? parseFloat(style.fontSize) / 2 : 1;
    const words = document.createRange();
    const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      if (!walk.currentNode.textContent.trim() || unseen(walk.currentNode.parentElement)) continue;
      words.selectNodeContents(walk.currentNode);
      for (const line of words.getClientRects()) {
        if (cuts(style.overflowX) && (line.right > box.right + hanging || line.left < box.left - 1)) return true;
        if (cuts(style.overflowY) && (line.bottom > box.bottom + 2 || line.top < box.top - 2)) return true;
      }
    }
    return false;
  };
  return [...document.querySelectorAll("body *")].filter(swallows).map((one) => one.outerHTML.slice(0, 120));
}"""

# Words of a chart that reach beyond it: nothing outside its drawing is shown.
_BEYOND_ITS_CHART = """() =>
  [...document.querySelectorAll("[data-chart] svg text")]
    .filter((one) => one.checkVisibility({opacityProperty: true}) && one.textContent.trim())
    .filter((one) => {
      const [words, room] = [one.getBoundingClientRect(), one.ownerSVGElement.getBoundingClientRect()];
      return words.left < room.left - 1 || words.right > room.right + 1 || words.bottom > room.bottom + 1;
    })
    .map((one) => one.textContent)
"""


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
        wrong += [f"swallowed: {one}" for one in swallowed(visit.page)]
        found += [f"{look.name}: {one}" for one in wrong]
    return found


def cut_off(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_CUT_OFF)
    return found


def swallowed(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_SWALLOWED)
    expect(page.locator("[data-chart]:not(:has(svg))")).to_have_count(0)
    return found + [f"beyond its chart: {one}" for one in page.evaluate(_BEYOND_ITS_CHART)]
