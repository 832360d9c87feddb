"""The checks of the other files, on a page that was spoiled on purpose."""

from collections.abc import Callable

import pytest

from tests.browser import axe, faults, keyboard
from tests.browser.looks import NARROW, Language, Look
from tests.browser.visit import Visit

SPOIL = {
    "colour": "document.querySelector('h1').style.color = 'var(--line)'",
    "width": "document.querySelector('h1').style.minInlineSize = '500px'",
    "box": """document.querySelector('h1').style.cssText =
        'overflow: clip; max-inline-size: 3rem; white-space: nowrap'""",
    "height": """document.querySelector('main form:has(select)').style.cssText =
        'overflow: hidden; max-block-size: 6rem'""",
    "focus": "document.querySelector('main select').style.outline = 'none'",
    "name": "document.querySelector('main label').remove()",
    "trap": """document.querySelector('main select').addEventListener(
        'keydown', (event) => event.preventDefault())""",
}

WIDER_CHART_WORDS = """document.querySelector('[data-chart] svg text').textContent = 'W'.repeat(99)"""


@pytest.fixture
def spoiled(as_owner: Callable[[Language], Visit]) -> Callable[[str], Visit]:
    def spoil(what: str) -> Visit:
        visit = as_owner("fr")
        visit.wear(Look(NARROW))
        visit.open("/settings/")
        visit.page.evaluate(SPOIL[what])
        return visit

    return spoil


def test_words_hardly_darker_than_their_ground(spoiled: Callable[[str], Visit]) -> None:
    assert any("color-contrast" in found for found in axe.findings(spoiled("colour").page))


def test_a_field_without_a_name(spoiled: Callable[[str], Visit]) -> None:
    assert any("label" in found for found in axe.findings(spoiled("name").page))


def test_something_wider_than_a_telephone(spoiled: Callable[[str], Visit]) -> None:
    assert any("<h1" in found for found in faults.cut_off(spoiled("width").page))


@pytest.mark.parametrize(("what", "tag"), [("box", "<h1"), ("height", "<form")])
def test_words_that_their_own_box_swallows(what: str, tag: str, spoiled: Callable[[str], Visit]) -> None:
    page = spoiled(what).page

    assert faults.cut_off(page) == []
    assert any(tag in found for found in faults.swallowed(page))


def test_words_that_reach_beyond_their_chart(as_owner: Callable[[Language], Visit]) -> None:
    visit = as_owner("fr")
    visit.wear(Look(NARROW))
    visit.open("/figures/audience")
    assert faults.swallowed(visit.page) == []

    visit.page.evaluate(WIDER_CHART_WORDS)

    assert any("beyond its chart" in found for found in faults.swallowed(visit.page))


def test_what_is_cut_with_an_ellipsis_or_hidden_on_purpose_is_no_fault(
    spoiled: Callable[[str], Visit],
) -> None:
    page = spoiled("box").page
    page.evaluate("document.querySelector('h1').style.textOverflow = 'ellipsis'")

    assert faults.swallowed(page) == []


def test_a_focus_that_does_not_show(spoiled: Callable[[str], Visit]) -> None:
    assert any(
        "nothing shows the focus: <select" in found for found in keyboard.faults(spoiled("focus").page)
    )


def test_a_place_that_the_keyboard_cannot_leave(spoiled: Callable[[str], Visit]) -> None:
    assert any("not reached" in found for found in keyboard.faults(spoiled("trap").page))


def test_what_goes_wrong_behind_a_page_is_noticed(as_owner: Callable[[Language], Visit]) -> None:
    visit = as_owner("fr")
    visit.open("/settings/")
    visit.page.evaluate("console.error('lost')")
    with visit.page.expect_event("pageerror"):
        visit.page.evaluate("setTimeout(() => { throw new Error('thrown') })")
    with visit.page.expect_response("**/nothing-here"):
        visit.page.evaluate("fetch('/nothing-here')")

    told = " ".join(visit.troubles)
    visit.troubles.clear()
    assert all(word in told for word in ("lost", "thrown", "404"))
