"""Pages that have no address of their own: somebody has to do something first to see them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import faults, keyboard
from tests.browser.conftest import OpenVisit, sign_in
from tests.browser.demo import Demo
from tests.browser.journey import fill, open_proven
from tests.browser.looks import LANGUAGES, Language
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
every_language = pytest.mark.parametrize("language", LANGUAGES)
TOO_LONG = "Une rangée de plus, et encore une. " * 40


def check(visit: Visit) -> None:
    assert faults.in_every_look(visit) == []
    assert keyboard.faults(visit.page) == []


@every_language
def test_signing_in_on_the_page_of_a_network(as_owner: AsOwner, language: Language) -> None:
    """Played here, for practice: sent off, who answered, and who says no."""
    owner = as_owner(language)
    leave_for_mastodon(owner)
    check(owner)

    with owner.page.expect_navigation():
        owner.page.locator("main button[name=account]").first.click()
    owner.is_at("/channels/connect/confirm/")
    check(owner)

    leave_for_mastodon(owner)
    with owner.page.expect_navigation():
        owner.page.locator("main button[name=deny]").click()
    expect(owner.page.locator(".toast").first).to_be_visible()
    check(owner)


def leave_for_mastodon(owner: Visit) -> None:
    owner.open("/channels/connect/mastodon/")
    form = owner.page.locator("main form[action*='/sign-in/']").first
    for server in form.locator("input[type=url], input[type=text]").all():
        server.fill("https://mastodon.example")
    with owner.page.expect_navigation():
        form.locator("button.button--main").click()
    expect(owner.page.locator("main button[name=deny]")).to_be_visible()


def test_what_the_self_test_of_a_channel_found(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open(f"/channels/{demo.channel}/")
    owner.send("form[action$='/test/'] button")
    expect(owner.page.locator(".self-test-line").first).to_be_visible()

    check(owner)


def test_a_composer_with_everything_to_mend(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open("/posts/new")
    for chip in owner.page.locator("input[name=channels]").all():
        chip.check()
    chosen = owner.page.locator("input[name=channels]:checked").count()
    expect(owner.page.locator("article.variant")).to_have_count(chosen)
    owner.page.locator("#shared-text-0").fill(TOO_LONG)
    expect(owner.page.locator(".note--danger button[value^='repair:']").first).to_be_visible()
    owner.page.locator("button[value^='tailor:']").first.click()
    expect(owner.page.locator(".variant--tailored")).to_have_count(1)

    check(owner)


@every_language
def test_the_link_of_an_invitation(demo: Demo, visit: OpenVisit, language: Language) -> None:
    stranger = visit(demo.address, language)
    stranger.open(f"/invitations/{demo.invitation}/")
    assert stranger.page.locator("input[name=password]").is_visible()
    check(stranger)

    stranger.statuses = {404}
    stranger.open("/invitations/used-up/")
    check(stranger)


def test_the_link_that_an_owner_hands_over(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    open_proven(owner, "/members/invite/", demo.owner("fr")[1])
    fill(owner, email="somebody-new@browser.example")
    owner.send()
    expect(owner.page.locator("#link")).to_be_visible()

    check(owner)


def test_a_second_step_and_the_codes_for_when_the_telephone_is_lost(demo: Demo, visit: OpenVisit) -> None:
    cautious = visit(demo.address, "en")
    sign_in(cautious, *demo.cautious)
    cautious.is_at("/account/second-factor/sign-in/")
    check(cautious)

    fill(cautious, code=demo.recovery_codes[0])
    cautious.send()
    cautious.is_at("/$")
    for page in ("", "codes/", "codes/new/", "app/off/"):
        open_proven(cautious, f"/account/second-factor/{page}", demo.cautious[1])
        check(cautious)
