"""What axe finds on the page as it stands."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# The page's shape is the same in both themes: in the dark only the colours are judged anew.
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
COLOURS = {**EVERYTHING, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

_axe = Axe()


def findings(page: Page, *, only_colours: bool = False) -> list[str]:
    """One line for each place that is wrong."""
    results = _axe.run(page, options=COLOURS if only_colours else EVERYTHING)
    return [
        f"{violation['id']} ({violation['impact']}): {' '.join(map(str, node['target']))}: "
        f"{' '.join(node['failureSummary'].split())}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
