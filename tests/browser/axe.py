"""What axe finds on the page as it stands."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The page's shape is the same in both themes: in the dark only the colours are judged anew.
# Without `preload`: it would fetch the style sheets again, by names that are wrong below another folder.
EVERYTHING: dict[str, Any] = {"resultTypes": ["violations"], "preload": False}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

_SCRIPT = Axe().axe_script


def findings(page: Page, *, only_colours: bool = False) -> list[str]:
    """One line for each place that is wrong."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_SCRIPT)
    results = page.evaluate("(options) => axe.run(options)", COLOURS if only_colours else EVERYTHING)
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(map(str, node['target']))}: "
        f"{' '.join(node['failureSummary'].split())}"
        for violation in results["violations"]
        for node in violation["nodes"]
    ]
