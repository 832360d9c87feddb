"""Take the README's picture of the calendar anew, from a demo started for it: `make picture`.

Needs Debian's Chromium. The demo's month is the one of today, so two runs differ in their dates.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PICTURE = ROOT / "docs/images/calendar.png"


def main() -> None:
    from tests.browser.conftest import CHROMIUM, new_context, sign_in
    from tests.browser.house import data_folder, living
    from tests.browser.visit import new_visit

    with data_folder() as data, living("demo", data) as house, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        visit = new_visit(new_context(browser, "fr"), house.address, "picture")
        sign_in(visit, house.found(r"Sign in as (\S+) with"), house.found(r"with the password (\S+)"))
        visit.open("/calendar")
        visit.page.locator("[data-calendar]").wait_for()
        visit.page.screenshot(path=PICTURE)
        browser.close()
    print(f"{PICTURE.relative_to(ROOT)} is new; look at it before it is committed.")


if __name__ == "__main__":
    main()
