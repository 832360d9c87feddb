"""What is small on a telephone: rows of pages that scroll sideways, and fields that say which files are chosen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tesselle.library.tests.pictures import picture
from tests.browser import axe
from tests.browser.conftest import sign_in
from tests.browser.demo import Demo
from tests.browser.looks import NARROW, Language, Look
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
IS_ONE_ROW = """(row) => {
  const tops = new Set([...row.querySelectorAll("a")].map((one) => Math.round(one.getBoundingClientRect().top)));
  return tops.size === 1 && document.documentElement.scrollWidth <= innerWidth;
}"""
IS_WHOLLY_SHOWN = """(one, row) => {
  const [mine, around] = [one, one.closest(row)].map((each) => each.getBoundingClientRect());
  return mine.left >= around.left - 1 && mine.right <= around.right + 1;
}"""


@pytest.mark.parametrize("path", ["/figures/import", "/path/choosing/decision/", "/figures/findings/score"])
def test_pages_to_choose_from_are_one_row_with_the_open_one_in_sight(path: str, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.wear(Look(NARROW))
    owner.open(path)

    for kind in ("nav.segments", ".tab-list"):
        for row in owner.page.locator(kind).all():
            assert row.evaluate(IS_ONE_ROW)
            assert row.locator("[aria-current]").evaluate(IS_WHOLLY_SHOWN, kind)
    last = owner.page.locator("nav.segments").first.locator("a").last
    last.focus()
    assert last.evaluate(IS_WHOLLY_SHOWN, "nav.segments")
    assert axe.findings(owner.page) == []


def test_what_is_ticked_in_a_long_list_stays_so_with_its_button_in_reach(as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.wear(Look(NARROW))
    owner.open("/list?state=planned")
    row = owner.page.locator(".lines-table tbody tr", has=owner.page.locator("[name=delivery]")).first
    tick, button = row.locator("[name=delivery]"), owner.page.locator(".many-foot button")
    expect(button).not_to_be_in_viewport()

    tick.check()
    expect(button).to_be_in_viewport()
    # Somebody else plans something: the list is drawn anew.
    owner.page.locator("#lines").evaluate(
        "(lines) => { lines.dataset.old = ''; htmx.trigger(lines, 'tesselle:live'); }"
    )
    expect(owner.page.locator("#lines[data-old]")).to_have_count(0)
    expect(tick).to_be_checked()
    expect(button).to_be_in_viewport()


@pytest.mark.parametrize("place", ["/ideas #idea-files", "/share #share-files", "/calendar/import #table"])
def test_a_field_for_files_says_what_was_chosen(place: str, as_owner: AsOwner, tmp_path: Path) -> None:
    path, field = place.split()
    owner = as_owner("fr")
    owner.wear(Look(NARROW, "dark"))
    owner.open(path)
    said = zone(owner, field).locator(".file-drop-hint")
    expect(said).to_have_text("ou déposez-le ici" if field == "#table" else "ou déposez-les ici")

    owner.page.locator(field).set_input_files(one_file(tmp_path))
    expect(said).to_have_text("chantier.jpg")
    assert axe.findings(owner.page, only_colours=True) == []

    owner.page.locator(field).evaluate("(one) => one.form.reset()")
    expect(said).to_contain_text("ou déposez")


def test_without_a_script_the_browsers_own_field_is_there(
    chromium: Browser, demo: Demo, tmp_path: Path
) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 800})
    page = context.new_page()
    try:
        visit = Visit(page, demo.address, "without-script")
        sign_in(visit, *demo.owner("fr"))
        visit.open("/ideas")
        expect(zone(visit, "#idea-files").locator(".button")).to_be_hidden()
        page.locator("#idea-files").set_input_files(one_file(tmp_path))
        with page.expect_navigation():
            page.get_by_role("button", name="Mettre dans la boîte").click()
        expect(page.locator(".idea-pictures img").first).to_be_visible()
    finally:
        context.close()


def zone(visit: Visit, field: str) -> Locator:
    return visit.page.locator(".file-drop").filter(has=visit.page.locator(field))


def one_file(folder: Path) -> Path:
    file = folder / "chantier.jpg"
    file.write_bytes(picture(90, 60))
    return file
