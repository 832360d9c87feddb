"""A tab dies in the middle of a sentence, the network with it: the words are there again."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, Route, expect

from tesselle.library.tests.pictures import picture
from tests.browser import axe
from tests.browser.demo import Demo
from tests.browser.looks import Language
from tests.browser.visit import Visit
from tests.browser.waiting import wait_until_held, wait_until_let_go, wait_until_stored

AsOwner = Callable[[Language], Visit]
TEXT = "#shared-text-0"
_DRAWN_OR_PLANNED = re.compile(r"/posts/new(/plan)?(\?|$)")


# A request that may outlive its page minds no network that is only said to be gone (`set_offline`), and is sent
# even by a page that closes: here nothing leaves the page any more.
_NOTHING_LEAVES = """() => { window.fetch = () => Promise.reject(new TypeError("Failed to fetch")); }"""


def dies_while_writing(camille: Visit, path: str, text: str) -> None:
    """No network, and then no tab."""
    camille.open(path)
    camille.page.evaluate(_NOTHING_LEAVES)
    camille.page.context.set_offline(True)
    camille.page.locator(TEXT).fill(text)
    expect(camille.page.locator("[data-kept-line]")).to_have_attribute("data-state", "waiting")
    camille.troubles.clear()  # what could not be sent was meant to fail
    camille.page.close(run_before_unload=False)


def again(camille: Visit, path: str, later: timedelta = timedelta()) -> Page:
    page = camille.page.context.new_page()
    if later:
        page.clock.set_fixed_time(datetime.now(UTC) + later)
    camille.page.context.set_offline(False)
    page.goto(f"{camille.address}{path}")
    return page


def test_what_was_typed_into_a_saved_post_stands_there_again(demo: Demo, as_owner: AsOwner) -> None:
    camille, path = as_owner("fr"), f"/posts/{demo.draft}"
    camille.open(path)
    before = camille.page.locator(TEXT).input_value()
    dies_while_writing(camille, path, "Une phrase au milieu de laquelle")

    page = again(camille, path)

    expect(page.locator(TEXT)).to_have_value("Une phrase au milieu de laquelle")
    expect(
        page.get_by_role("status").filter(has_text="Nous avons retrouvé un texte non enregistré")
    ).to_have_count(1)
    expect(page.locator("[data-kept-line]")).to_have_attribute("data-state", "kept")

    page.locator("#composer-undo").click()
    expect(page.locator(TEXT)).to_have_value(before)
    expect(page.locator("[data-kept-line]")).to_have_attribute("data-state", "kept")


def test_a_new_post_of_a_dead_tab_is_found_by_the_next_one(demo: Demo, as_owner: AsOwner) -> None:
    camille = as_owner("fr")
    dies_while_writing(camille, "/posts/new", "Une idée neuve")

    page = again(camille, "/posts/new", later=timedelta(minutes=1))

    expect(page.locator(TEXT)).to_have_value("Une idée neuve")


def test_posts_from_pictures_of_a_dead_tab_are_found_until_they_are_made(
    as_owner: AsOwner, tmp_path: Path
) -> None:
    camille, rows = as_owner("fr"), ".picture-row"
    camille.open("/calendar/pictures")
    files = [tmp_path / f"sol{number}.jpg" for number in range(2)]
    for number, file in enumerate(files):
        file.write_bytes(picture(70 + 20 * number, 50, shade=40 + 90 * number))
    camille.page.locator("#files").set_input_files(files)
    expect(camille.page.locator(rows)).to_have_count(2)
    camille.page.evaluate(_NOTHING_LEAVES)
    camille.page.locator("textarea[name^=alt-]").last.fill("Sol carrelé")
    camille.page.locator("textarea[name^=text-]").last.fill("Le sol de la rue du Lac est fini.")
    wait_until_stored(camille.page, "Le sol de la rue du Lac est fini.")
    camille.page.locator("textarea[name^=alt-]").last.fill("Sol carrelé")
    camille.page.close(run_before_unload=False)

    page = again(camille, "/calendar/pictures", later=timedelta(minutes=1))
    expect(page.locator("[data-found-words]")).to_have_text("Le sol de la rue du Lac est fini.")
    page.locator("[data-put-back]").click()
    expect(page.locator(rows)).to_have_count(2)
    expect(page.locator("textarea[name^=text-]").last).to_have_value("Le sol de la rue du Lac est fini.")
    expect(page.locator("textarea[name^=alt-]").last).to_have_value("Sol carrelé")

    page.reload()
    expect(page.locator("textarea[name^=text-]").last).to_have_value("Le sol de la rue du Lac est fini.")
    page.evaluate(_NOTHING_LEAVES)
    page.locator("input[name=channels]").first.check()
    page.locator("textarea[name^=alt-]").last.fill("Sol carrelé, fini")
    wait_until_stored(page, "Sol carrelé, fini")
    with page.expect_navigation(url=re.compile(r"/calendar(\?|/pictures/\d+)")):
        page.locator("button[name=do][value=plan]").click()
    with page.expect_response("**/calendar/pictures/made*"):
        page.goto(f"{camille.address}/calendar/pictures")
    expect(page.locator("[data-found]")).to_be_hidden()
    expect(page.locator(rows)).to_have_count(0)


def test_posts_from_pictures_are_written_on_from_another_device(as_owner: AsOwner, tmp_path: Path) -> None:
    camille, line = as_owner("fr"), "[data-kept-line]"
    (tmp_path / "mur.jpg").write_bytes(picture(80, 60, shade=70))
    camille.open("/calendar/pictures")
    camille.page.locator("#files").set_input_files(tmp_path / "mur.jpg")
    camille.page.locator("textarea[name^=text-]").fill("Un mur à Lutry")
    expect(camille.page.locator(line)).to_have_attribute("data-state", "kept")
    camille.page.locator("textarea[name^=text-]").fill("Un mur à Lutry, en chevrons")
    wait_until_let_go(camille.page, ":pictures:")

    telephone = as_owner("fr")
    telephone.page.set_viewport_size({"width": 360, "height": 800})
    telephone.open("/calendar/pictures")
    telephone.page.get_by_role("link", name="Un mur à Lutry, en chevrons").click()
    expect(telephone.page.locator("textarea[name^=text-]")).to_have_value("Un mur à Lutry, en chevrons")
    expect(telephone.page.locator("[data-found]")).to_be_hidden()
    assert axe.findings(telephone.page) == []
    telephone.step("écrit plus loin")
    with telephone.page.expect_navigation():
        telephone.page.locator("button[value^='leave:']").click()
    telephone.open("/calendar/pictures")
    with telephone.page.expect_navigation():
        telephone.page.get_by_role("button", name="Mettre de côté · Un mur").click()
    expect(telephone.page.get_by_role("link", name="Un mur à Lutry")).to_have_count(0)


def test_what_was_written_later_elsewhere_is_not_pushed_aside(demo: Demo, as_owner: AsOwner) -> None:
    camille, path = as_owner("fr"), f"/posts/{demo.planned_post}"
    dies_while_writing(camille, path, "L’ancienne, sur l’ordinateur")
    elsewhere = as_owner("fr")
    elsewhere.open(path)
    elsewhere.page.locator(TEXT).fill("La nouvelle, sur le téléphone")
    expect(elsewhere.page.locator("[data-kept-line]")).to_have_attribute("data-state", "kept")

    page = again(camille, path)

    expect(page.locator(TEXT)).to_have_value("La nouvelle, sur le téléphone")
    expect(page.locator("[data-found-words]")).to_have_text("L’ancienne, sur l’ordinateur")
    page.locator("[data-put-back]").click()
    expect(page.locator(TEXT)).to_have_value("L’ancienne, sur l’ordinateur")
    expect(page.locator("#composer-undo")).to_be_visible()


def test_what_is_typed_while_an_answer_is_on_its_way_outlives_it(demo: Demo, as_owner: AsOwner) -> None:
    camille, waiting = as_owner("fr"), list[Route]()
    camille.open("/posts/new")
    page = camille.page
    page.route("**/posts/new*", lambda route: waiting.append(route))
    chip, shown = page.locator("label.composing-chip input").first, page.locator("article.variant").count()
    was_chosen = chip.is_checked()
    with page.expect_request("**/posts/new*"):
        chip.set_checked(not was_chosen)

    page.locator(TEXT).fill("Écrit entre la demande et la réponse")
    page.locator("#shared-title").fill("Un titre aussi")
    wait_until_held(page, waiting)
    with page.expect_response("**/posts/new*"):
        waiting.pop().continue_()

    expect(page.locator("article.variant")).to_have_count(shown - 1 if was_chosen else shown + 1)
    expect(page.locator(TEXT)).to_have_value("Écrit entre la demande et la réponse")
    expect(page.locator("#shared-title")).to_have_value("Un titre aussi")
    expect(page.locator("[data-kept-line]")).to_have_attribute("data-state", "kept")


def test_a_double_click_plans_one_post(demo: Demo, as_owner: AsOwner) -> None:
    camille, sent = as_owner("fr"), list[str]()
    camille.open("/posts/new")
    page = camille.page
    page.locator(TEXT).fill("Le dernier carreau est posé, une seule fois.")
    page.locator("#plan-date").fill(f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}")
    page.locator("#plan-time").fill("09:30")
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    with page.expect_navigation():
        page.locator("button[name=do][value=plan]").dblclick()

    camille.is_at(r"/posts/\d+$")
    assert [url.rsplit("/", 1)[1] for url in sent].count("plan") == 1
    expect(page.locator(".standing li")).not_to_have_count(0)


def test_a_refusal_is_told_though_a_channel_was_chosen_right_before(demo: Demo, as_owner: AsOwner) -> None:
    camille, waiting = as_owner("fr"), list[Route]()
    camille.statuses = {422}
    camille.open("/posts/new")
    page = camille.page
    page.locator(TEXT).fill("Hier, nous avons posé le dernier carreau.")
    page.locator("#plan-date").fill("2020-01-01")
    page.route(_DRAWN_OR_PLANNED, lambda route: waiting.append(route))
    chip = page.locator("label.composing-chip input").first
    is_chosen = not chip.is_checked()
    with page.expect_request("**/posts/new*"):
        chip.set_checked(is_chosen)
    with page.expect_request("**/posts/new/plan"):
        page.locator("button[name=do][value=plan]").click()

    wait_until_held(page, waiting, 2)
    drawing, refused = waiting
    drawing.continue_()
    expect(page.locator(".composing-chips.htmx-request")).to_have_count(0)
    refused.continue_()

    expect(page.locator("#composer-error")).to_be_visible()
    expect(chip).to_be_checked(checked=is_chosen)
    expect(page.locator("#progress")).to_be_hidden()


def test_channels_chosen_in_one_go_are_all_shown(demo: Demo, as_owner: AsOwner) -> None:
    camille, waiting = as_owner("fr"), list[Route]()
    camille.open("/posts/new")
    page = camille.page
    page.route("**/posts/new*", lambda route: waiting.append(route) if not waiting else route.continue_())
    chips = page.locator("label.composing-chip input")
    ticked = chips.nth(0).is_checked(), chips.nth(1).is_checked(), chips.nth(2).is_checked()
    with page.expect_request("**/posts/new*"):
        chips.nth(0).set_checked(not ticked[0])
    chips.nth(1).set_checked(not ticked[1])
    chips.nth(2).set_checked(not ticked[2])

    waiting[0].continue_()

    for place, was_ticked in enumerate(ticked):
        expect(chips.nth(place)).to_be_checked(checked=not was_ticked)
    chosen = page.locator("label.composing-chip input:checked").count()
    expect(page.locator("article.variant")).to_have_count(chosen)
