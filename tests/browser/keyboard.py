"""A walk with the Tab key."""

from playwright.sync_api import Page

# What a mouse can use, by name: one of a group of radio buttons stands for all, as for the keyboard.
USABLE = """(within) => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = new Set();
  window.tabbed = [...document.querySelector(within).querySelectorAll(wanted)].filter((one) => {
    if (one.disabled || one.type === "hidden" || one.tabIndex < 0) return false;
    if (!one.checkVisibility({visibilityProperty: true})) return false;
    if (one.type !== "radio") return true;
    const group = (one.form?.id ?? "") + one.name;
    return !seen.has(group) && seen.add(group);
  });
  return window.tabbed.length;
}"""

# Where the keyboard is now: which of them, and whether that is to be seen.
HERE = """() => {
  const one = document.activeElement;
  const shown = (what) => {
    const style = getComputedStyle(what);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  const anew = (other) => one.id !== "" && other.id === one.id;
  const sameGroup = (other) => other.type === "radio" && one.type === "radio" && other.name === one.name;
  const box = one.getBoundingClientRect();
  return {
    place: window.tabbed.findIndex((other) => other === one || anew(other) || sameGroup(other)),
    html: one.outerHTML.slice(0, 140),
    marked: shown(one) || (one.closest("label") !== null && shown(one.closest("label"))),
    inside: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def faults(page: Page, *, within: str = "body") -> list[str]:
    """What the Tab key does not reach, and where nothing shows that it is there."""
    count: int = page.evaluate(USABLE, within)
    reached: set[int] = set()
    wrong = []
    for _ in range(count * 2 + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here["place"] < 0 or here["place"] in reached:
            # Round once, since a page may begin in one of its fields.
            if len(reached) == count:
                break
            continue
        reached.add(here["place"])
        if not here["marked"]:
            wrong.append(f"nothing shows the focus: {here['html']}")
        if not here["inside"]:
            wrong.append(f"the focus is out of sight: {here['html']}")
    missing = sorted(set(range(count)) - reached)
    # What was drawn anew meanwhile, since something happened, is not there any more to be reached.
    missing = page.evaluate("(all) => all.filter((one) => window.tabbed[one].isConnected)", missing)
    names = page.evaluate("(all) => all.map((one) => window.tabbed[one].outerHTML.slice(0, 140))", missing)
    return wrong + [f"not reached: {name}" for name in names]
