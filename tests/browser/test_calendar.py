"""The calendar in a real browser: dragging, the same by keyboard, and the way back."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Response, Route, expect

from tesselle.library.tests.pictures import picture
from tests.browser.looks import Language
from tests.browser.visit import Visit
from tests.browser.waiting import wait_until_held

AsOwner = Callable[[Language], Visit]
MOVABLE = "[data-calendar] [data-chip][data-movable]"
DROP_FILE = """([bytes, selector]) => {
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], "sol.jpg", {type: "image/jpeg"}));
  const target = document.querySelector(selector);
  for (const kind of ["dragover", "drop"])
    target.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
}"""


def a_planned_post(owner: Visit, view: str = "month") -> tuple[str, date]:
    """One after today, since it must not go out meanwhile, and before the last day of a page: which it is, and
    its day."""
    owner.open(f"/calendar?view={view}")
    found = movable(owner)
    if not found:
        owner.open(str(owner.page.locator("#calendar-next").get_attribute("href")))
        found = movable(owner)
    return found[0]


def movable(owner: Visit) -> list[tuple[str, date]]:
    chips = owner.page.locator(MOVABLE).evaluate_all(
        "all => all.map((one) => [one, one.closest('[data-day]')])"
        ".filter(([, day]) => !day.matches('[aria-current=date]') && day.nextElementSibling)"
        ".map(([one, day]) => [one.dataset.movable, day.dataset.day])"
    )
    return [(post, date.fromisoformat(day)) for post, day in chips]


def stands_on(owner: Visit, post: str, day: date) -> None:
    chip = owner.page.locator(f"[data-day='{day}'] [data-movable='{post}']")
    expect(chip).to_be_visible()


def take_back(owner: Visit) -> None:
    with owner.page.expect_navigation():
        owner.page.locator(".toast form[data-undo] button").last.click()


def another_day(owner: Visit, day: date) -> date:
    """One that is on the page, and ahead."""
    shown = [
        date.fromisoformat(str(one.get_attribute("data-day")))
        for one in owner.page.locator("[data-calendar] [data-day][data-open]").all()
    ]
    return next(one for one in reversed(shown) if one != day)


def test_a_post_is_dragged_to_another_day_and_taken_back(as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    post, day = a_planned_post(owner)
    there = another_day(owner, day)

    owner.page.locator(f"[data-movable='{post}']").drag_to(owner.page.locator(f"[data-day='{there}']"))

    stands_on(owner, post, there)
    owner.step("dragged")
    take_back(owner)
    stands_on(owner, post, day)


def test_a_post_walks_by_keyboard_and_keeps_the_focus(as_owner: AsOwner) -> None:
    owner = as_owner("en")
    post, day = a_planned_post(owner)
    chip = owner.page.locator(f"[data-movable='{post}']")

    chip.focus()
    owner.page.keyboard.press("Shift+ArrowRight")

    stands_on(owner, post, day + timedelta(days=1))
    expect(chip).to_be_focused()
    take_back(owner)
    stands_on(owner, post, day)


def test_arrows_go_from_day_to_day_and_letters_change_the_view(as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open("/calendar?view=month&date=2031-05-01")
    owner.page.locator("[data-day='2031-05-14'] [data-day-name]").focus()
    for key in ("ArrowRight", "ArrowDown"):
        owner.page.keyboard.press(key)
    expect(owner.page.locator("[data-day='2031-05-22'] [data-day-name]")).to_be_focused()

    owner.page.locator("[data-day='2031-06-01'] [data-day-name]").focus()
    owner.page.keyboard.press("ArrowRight")
    expect(owner.page.locator("[data-day='2031-06-02'] [data-day-name]")).to_be_focused()

    owner.page.keyboard.press("s")  # « semaine »
    expect(owner.page.locator(".calendar--week")).to_be_visible()
    owner.page.keyboard.press("?")
    expect(owner.page.locator("#shortcuts kbd").filter(has_text="S").first).to_be_visible()


def test_the_plain_form_moves_without_any_script_of_the_calendar(as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    post, day = a_planned_post(owner, "list")
    card = owner.page.locator(f"[data-movable='{post}']")
    card.locator("summary").click()
    there = day + timedelta(days=1)
    card.locator("input[name=when]").fill(f"{there}T18:45")
    card.locator("form button").click()

    stands_on(owner, post, there)
    take_back(owner)
    stands_on(owner, post, day)


def test_a_filter_stays_in_the_address(as_owner: AsOwner) -> None:
    owner = as_owner("en")
    owner.open("/calendar")
    owner.page.locator("#filter-colour").select_option("pillar")

    expect(owner.page.locator(".legend li").first).to_be_visible()
    owner.is_at(r"/calendar\?.*colour=pillar")
    owner.page.reload()
    expect(owner.page.locator("#filter-colour")).to_have_value("pillar")


def test_a_picture_dropped_on_a_day_begins_a_post(as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    a_planned_post(owner)
    day = owner.page.locator("[data-day][data-open]").last.get_attribute("data-day")
    with owner.page.expect_navigation():
        owner.page.evaluate(DROP_FILE, [list(picture(60, 40)), f"[data-day='{day}']"])

    owner.is_at("/posts/new")
    expect(owner.page.locator("#plan-date")).to_have_value(str(day))
    expect(owner.page.locator("input[name=shared-media]")).to_have_count(1)


def test_what_somebody_asks_for_goes_before_what_the_page_reads_itself(as_owner: AsOwner) -> None:
    owner, waiting = as_owner("fr"), list[Route]()
    owner.open("/calendar?view=month&date=2031-05-01")
    page = owner.page
    page.route("**/calendar?*", lambda route: waiting.append(route))
    for ask in (
        "htmx.trigger('#calendar', 'tesselle:live')",
        "document.querySelector('#calendar-next').click()",
    ):
        with page.expect_request("**/calendar?*"):
            page.evaluate(ask)

    wait_until_held(page, waiting, 2)
    read_itself, asked_for = waiting
    read_itself.continue_()
    expect(page.locator("#calendar.htmx-request")).to_have_count(0)
    asked_for.continue_()

    owner.is_at(r"/calendar\?.*date=2031-06-01")
    expect(page.locator("#calendar-title")).to_contain_text("juin 2031")


def test_the_page_needs_little_script(as_owner: AsOwner) -> None:
    """300 kB at most, as the files are, before they are packed for the way."""
    owner = as_owner("fr")
    scripts: list[Response] = []
    owner.page.on(
        "response", lambda one: scripts.append(one) if one.request.resource_type == "script" else None
    )

    owner.open("/calendar")
    owner.page.wait_for_load_state("networkidle")

    assert 0 < sum(len(one.body()) for one in scripts) <= 300_000
