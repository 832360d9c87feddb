"""Take the pictures of the chapters anew, from a demo started for it: `make pictures`.

Needs Debian's Chromium. Which there are is said by academy/catalogue/chapters.toml; a test holds that the files are
exactly these. Taken wide enough for the navigation to be seen, kept small: they are shipped (docs/decisions/0018).
"""

import base64
import io
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Browser, ViewportSize, expect, sync_playwright

if TYPE_CHECKING:
    from tests.browser.demo import Demo
    from tests.browser.looks import Language
    from tests.browser.visit import Visit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FOLDER = ROOT / "tesselle/academy/static/academy/pictures"
SEEN: ViewportSize = {"width": 1280, "height": 800}
SIZE = (960, 600)
QUALITY = 45
MOST_LOOKED_AT = 100
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

    visit = new_visit(new_context(browser, language), demo.address, "pictures", language=language)
    sign_in(visit, *demo.owner(language))
    visit.page.set_viewport_size(SEEN)
    (FOLDER / language).mkdir(parents=True, exist_ok=True)
    for chapter in chapters():
        if chapter.picture is not None:
            visit.open(reverse(chapter.page))
            STAGED.get(chapter.slug, _as_it_opens)(visit, demo)
            visit.page.wait_for_load_state("networkidle")
            taken = Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")
            taken.resize(SIZE, Image.Resampling.LANCZOS).save(
                FOLDER / language / f"{chapter.slug}.webp", quality=QUALITY, method=6
            )


def _as_it_opens(visit: "Visit", demo: "Demo") -> None:
    """Nothing is done on it."""


def _scrolled_to(what: str) -> Callable[["Visit", "Demo"], None]:
    return lambda visit, demo: _to_the_top(visit, what)


def _with_words(visit: "Visit", demo: "Demo") -> None:
    """Words alone, for a network that wants a picture and for one that does not."""
    page = visit.page
    for chip in page.locator("label:has(input[name=channels])").all():
        chip.locator("input").set_checked(any(name in chip.inner_text() for name in TWO))
    page.locator("#shared-text-0").fill(TEXT[visit.language])
    variants = page.locator("article.variant")
    expect(variants).to_have_count(2)
    expect(variants.first.locator(".tag--danger")).to_be_visible()
    expect(variants.last.locator(".tag--good")).to_be_visible()


def _with_a_finding(visit: "Visit", demo: "Demo") -> None:
    _with_words(visit, demo)
    _to_the_top(visit, "article.variant")


def _with_comments(visit: "Visit", demo: "Demo") -> None:
    """Of the first post that somebody wrote below: who does so is drawn anew with each demo."""
    page = visit.page
    answer = page.locator("#replies summary").first
    for delivery in range(1, MOST_LOOKED_AT):
        visit.open(f"/deliveries/{delivery}/replies")
        if answer.count():
            break
    answer.click()


def _to_the_top(visit: "Visit", what: str) -> None:
    """A little below it: the bar of the page lies over the top."""
    visit.page.locator(what).first.evaluate("one => one.scrollIntoView()")
    visit.page.mouse.wheel(0, -90)


STAGED: Mapping[str, Callable[["Visit", "Demo"], None]] = {
    "compose": _with_words,
    "media": _scrolled_to("#media-grid"),
    "plan": _scrolled_to("#calendar"),
    "figures": _scrolled_to("section:has(> #all-title)"),
    "check": _with_a_finding,
    "answer": _with_comments,
}
TWO = ("Instagram", "Mastodon")
TEXT = {
    "fr": "La terrasse de Morges est finie : 48 m² de grès, posés en quatre jours.",
    "en": "The terrace in Morges is finished: 48 m² of stoneware, laid in four days.",
}


if __name__ == "__main__":
    main()
