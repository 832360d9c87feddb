"""Somebody without an account looks at a post on a telephone and says yes, or what is to be changed."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser import faults, keyboard
from tests.browser.conftest import OpenVisit
from tests.browser.demo import Demo
from tests.browser.journey import on_one_channel
from tests.browser.looks import HEIGHT, Language
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
TELEPHONE_PX = 360


def a_new_draft(owner: Visit) -> int:
    """For which no channel's rule asks."""
    owner.open("/posts/new")
    on_one_channel(owner, "Mastodon")
    owner.page.locator("#shared-text-0").fill("La salle de bain de Mme Rochat, à 85 francs le mètre carré.")
    with owner.page.expect_navigation():
        owner.page.locator("button[name=do][value=save]:not([aria-hidden])").first.click()
    owner.is_at(r"/posts/\d+$")
    return int(owner.page.url.rsplit("/", 1)[1])


def link_for(owner: Visit, post: int) -> str:
    owner.open(f"/posts/{post}/approval")
    owner.page.locator("#id_name").fill("Mme Rochat")
    owner.send("form[action$='/ask'] button")
    expect(owner.page.locator("#link")).to_be_visible()
    return owner.page.locator("#link").input_value().removeprefix(owner.address)


def test_the_owner_of_the_house_says_what_to_change_then_yes(
    demo: Demo, as_owner: AsOwner, visit: OpenVisit
) -> None:
    owner = as_owner("fr")
    post = a_new_draft(owner)
    link = link_for(owner, post)
    assert faults.in_every_look(owner) == []

    rochat = visit(demo.address, "fr")
    rochat.page.set_viewport_size({"width": TELEPHONE_PX, "height": HEIGHT})
    rochat.open(link)
    paper = rochat.page.locator("article.paper")
    expect(paper).to_have_count(1)
    rochat.step("au téléphone")
    assert faults.in_every_look(rochat) == []
    assert keyboard.faults(rochat.page) == []
    owner.open(f"/posts/{post}/approval")
    expect(owner.page.locator("h1 + p [data-state=in_review]")).to_be_visible()

    rochat.page.set_viewport_size({"width": TELEPHONE_PX, "height": HEIGHT})
    paper.locator(".paper-answer > details > summary").click()
    paper.locator("textarea[name=comment]").fill("Sans le prix, merci.")
    with rochat.page.expect_navigation():
        paper.locator("button[value=change]").click()
    expect(paper.locator("[data-state=changes_asked]")).to_be_visible()
    owner.open("/")
    expect(owner.page.locator("main")).to_contain_text("Sans le prix, merci.")

    with rochat.page.expect_navigation():
        paper.locator("button[value=yes]").click()
    expect(paper.locator("[data-state=approved]")).to_be_visible()
    rochat.step("approuvé")
    owner.open(f"/posts/{post}")
    expect(owner.page.locator("#approval-title + [data-state=approved]")).to_be_visible()


def test_a_touch_on_the_picture_and_chosen_words_say_what_is_to_be_changed(
    demo: Demo, as_owner: AsOwner, visit: OpenVisit
) -> None:
    owner = as_owner("fr")
    owner.open("/approvals")
    with_picture = owner.page.locator("main a[href$='/approval']", has_text="Avant, après")
    post = int((with_picture.first.get_attribute("href") or "").split("/")[2])
    rochat = visit(demo.address, "fr")
    rochat.page.set_viewport_size({"width": TELEPHONE_PX, "height": HEIGHT})
    rochat.open(link_for(owner, post))

    rochat.page.locator(".papers-previews img.can-be-pinned").first.click(position={"x": 20, "y": 20})
    words = rochat.page.locator("textarea[name=comment]")
    expect(words).to_be_focused()
    expect(rochat.page.locator(".paper-change [data-pin-mark]")).to_be_visible()
    rochat.step("touché")
    assert faults.in_every_look(rochat) == []
    words.fill("Trop sombre ici")
    with rochat.page.expect_navigation():
        rochat.page.locator("button[value=change]").click()
    expect(rochat.page.locator(".remark .pinned")).to_be_visible()

    rochat.page.locator(".papers-previews .np-text").first.select_text()
    expect(rochat.page.locator(".paper-change [data-pin-passage]")).to_have_value(re.compile("Avant, après"))


def test_a_link_that_was_withdrawn_shows_nothing(demo: Demo, as_owner: AsOwner, visit: OpenVisit) -> None:
    owner = as_owner("en")
    link = link_for(owner, demo.draft)
    owner.open("/approvals")
    owner.send("form[action$='/withdraw'] button")

    rochat = visit(demo.address, "en")
    rochat.statuses = {404}
    rochat.open(link)

    expect(rochat.page.locator("article.paper")).to_have_count(0)
    assert faults.in_every_look(rochat) == []
