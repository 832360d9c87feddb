"""No mouse: a post is written, tailored for one channel, checked, mended and planned with the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Locator, expect

from tests.browser.journey import variant
from tests.browser.looks import Language
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
TEXT = "Le sol de la rue du Lac est fini, sans toucher la souris."
TAILORED = "Rue du Lac, le sol est fini. Tout au clavier."
TOO_LONG = "carreau " * 40  # Bluesky takes 300 letters
MOST_STEPS = 200
CHANNELS = ("Bluesky", "Mastodon")


def test_a_post_is_written_tailored_checked_and_planned_by_keyboard(as_owner: AsOwner) -> None:
    writer = as_owner("fr")
    page, keys = writer.page, writer.page.keyboard
    writer.open("/")
    go_to(page.locator("a[href='/posts/new']").first)
    keys.press("Enter")
    writer.is_at("/posts/new")
    choose_channels(writer)

    go_to(page.locator("#shared-text-0"))
    keys.type(TEXT)
    bluesky, mastodon = (variant(writer, name) for name in CHANNELS)
    expect(mastodon.locator(".preview")).to_contain_text(TEXT)
    go_to(bluesky.locator("button[value^='tailor:']"))
    keys.press("Enter")
    own_words = bluesky.locator("textarea[name$=-text]")
    expect(own_words).to_be_focused()

    write_anew(writer, TOO_LONG)
    trouble = bluesky.locator("a.tag--danger")
    expect(trouble).to_be_visible()
    writer.step("à corriger")
    go_to(trouble, "Shift+Tab")
    keys.press("Enter")
    expect(own_words).to_be_focused()
    write_anew(writer, TAILORED)
    for one, words in ((bluesky, TAILORED), (mastodon, TEXT)):
        expect(one.locator(".tag--good")).to_be_visible()
        expect(one.locator(".preview")).to_contain_text(words)

    go_to(page.locator("input[name=when]:checked"), "Shift+Tab")
    while not page.locator("input[name=when][value=at]").is_checked():
        keys.press("ArrowRight")
    day, at = in_a_year_an_hour_later(writer)
    expect(page.locator("#plan-outcome strong").filter(has_text=at)).to_have_count(len(CHANNELS))
    go_to(page.locator("button[name=do][value=plan]"))
    keys.press("Enter")

    writer.is_at(r"/posts/\d+$")
    planned = page.locator(".standing a")
    expect(planned).to_have_count(len(CHANNELS))
    writer.step("planifié")
    go_to(planned.filter(has_text="Bluesky"))
    keys.press("Enter")
    expect(page.locator("[data-delivery-state=planned]")).to_be_visible()
    expect(page.locator("main")).to_contain_text(TAILORED)
    writer.open(f"/calendar?view=day&date={day}")
    card = page.locator("[data-calendar] [data-state=planned]").filter(has_text="clavier")
    expect(card.locator(".outing-goings a")).to_have_count(len(CHANNELS))


def choose_channels(writer: Visit) -> None:
    """A new post begins with the channels of the last one."""
    for chip in writer.page.locator("label.composing-chip").all():
        box, wanted = chip.locator("input"), chip.locator("img").get_attribute("alt") in CHANNELS
        if box.is_checked() == wanted:
            continue
        go_to(box)
        with writer.page.expect_response("**/posts/new*"):
            writer.page.keyboard.press("Space")
        expect(writer.page.locator(".htmx-request")).to_have_count(0)
    expect(writer.page.locator("article.variant")).to_have_count(len(CHANNELS))


def in_a_year_an_hour_later(writer: Visit) -> tuple[str, str]:
    """With the arrows, since the browser's own language says whether the day or the month is typed first; the
    year is the last of three."""
    date, time = writer.page.locator("#plan-date"), writer.page.locator("#plan-time")
    offered = date.input_value(), time.input_value()
    go_to(date)
    for key in ("Tab", "Tab", "ArrowUp"):
        writer.page.keyboard.press(key)
    while not date.input_value():  # there is no 29 February
        writer.page.keyboard.press("ArrowUp")
    go_to(time)
    writer.page.keyboard.press("ArrowUp")
    told = date.input_value(), time.input_value()
    assert told[0] > offered[0]
    assert told[1] != offered[1]
    return told


def write_anew(writer: Visit, words: str) -> None:
    writer.page.keyboard.press("Control+A")
    writer.page.keyboard.type(words)


def go_to(wanted: Locator, key: str = "Tab") -> None:
    """As often as it takes; a field of several parts, such as a date, takes one for each."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_STEPS):
        if wanted.evaluate("(one) => one === document.activeElement"):
            return
        wanted.page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {wanted}")
