"""Take the pictures of the chapters anew, from a demo started for it: `make pictures`.

Needs Debian's Chromium. Which there are is said by academy/catalogue/chapters.toml; a test holds that the files are
exactly these. Small on purpose: they are shipped (docs/decisions/0018).
"""

import base64
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from tests.browser.demo import Demo
    from tests.browser.looks import Language

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "tesselle/academy/static/academy/pictures"
SIZE: ViewportSize = {"width": 960, "height": 600}
QUALITY = 45
LANGUAGES: tuple["Language", ...] = ("fr", "en")


def main() -> None:
    from tests.browser.conftest import CHROMIUM
    from tests.browser.demo import running_demo

    for old in FOLDER.glob("*/*.webp"):
        old.unlink()
    with running_demo() as demo, sync_playwright() as playwright:
        know_the_addresses()
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        for language in LANGUAGES:
            _taken(browser, demo, language)
        browser.close()
    size = sum(path.stat().st_size for path in FOLDER.glob("*/*.webp"))
    print(f"{FOLDER.relative_to(ROOT)}: {size // 1024} KiB; look at them before they are committed.")


def know_the_addresses() -> None:
    """Only after the demo was started: it must not take these for its own."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tesselle.config.settings",
        "DATABASE_URL": "postgresql://nobody@localhost/nothing",
        "TESSELLE_SECRET_KEY": "only-for-pictures",
        "TESSELLE_ENCRYPTION_KEYS": base64.b64encode(bytes(32)).decode(),
    }
    import django

    django.setup()


def _taken(browser: Browser, demo: "Demo", language: "Language") -> None:
    from django.urls import reverse
    from PIL import Image

    from tesselle.academy.catalogue.lessons import chapters
    from tests.browser.conftest import new_context, sign_in
    from tests.browser.visit import new_visit

    visit = new_visit(new_context(browser, language), demo.address, "pictures")
    sign_in(visit, *demo.owner(language))
    visit.page.set_viewport_size(SIZE)
    (FOLDER / language).mkdir(parents=True, exist_ok=True)
    for chapter in chapters():
        if chapter.picture is not None:
            visit.open(reverse(chapter.page))
            visit.page.wait_for_load_state("networkidle")
            taken = Image.open(io.BytesIO(visit.page.screenshot()))
            taken.save(FOLDER / language / f"{chapter.slug}.webp", quality=QUALITY, method=6)


if __name__ == "__main__":
    main()
