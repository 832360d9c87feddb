"""Passkeys in Chromium with its virtual authenticator: made, used as a first factor, used as a second."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit, sign_in
from tests.browser.demo import Demo
from tests.browser.journey import fill
from tests.browser.stage import PASSWORD, key_holder
from tests.browser.visit import Visit

HolderOfKeys = Callable[[str], Visit]
AUTHENTICATOR: dict[str, Any] = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def holder(demo: Demo, visit: OpenVisit) -> HolderOfKeys:
    """Somebody signed in, with an authenticator that answers for its owner."""

    def opened(name: str) -> Visit:
        # A key belongs to a name, never to a number.
        person = visit(demo.address.replace("127.0.0.1", "localhost"), "en")
        devtools = person.page.context.new_cdp_session(person.page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        sign_in(person, key_holder(name), PASSWORD)
        person.is_at("/$")
        return person

    return opened


def sign_out(person: Visit) -> None:
    person.open("/account/logout/")
    person.send()


def make_passkey(person: Visit, *, alone: bool) -> None:
    person.open("/account/passkeys/add/")
    fill(person, password=PASSWORD)
    person.send()
    person.page.get_by_label("Name of the key").fill("Phone")
    person.page.get_by_label("Sign in with it alone").set_checked(alone)
    person.step("new passkey")
    person.page.get_by_role("button", name="Make the passkey").click()
    expect(person.page.locator("#recovery-codes li")).to_have_count(10)
    person.step("recovery codes")


def use_passkey(person: Visit) -> None:
    person.page.locator("main").get_by_role("button", name="Use a passkey").click()


def test_a_passkey_opens_the_account_by_itself(holder: HolderOfKeys) -> None:
    person = holder("key-alone")
    make_passkey(person, alone=True)
    sign_out(person)

    person.open("/account/login/")
    person.step("sign-in")
    use_passkey(person)

    person.is_at("/$")
    person.open("/account/passkeys/")
    expect(person.page.get_by_text("Phone")).to_be_visible()
    expect(person.page.get_by_text("last used")).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(holder: HolderOfKeys) -> None:
    person = holder("key-second")
    make_passkey(person, alone=False)
    sign_out(person)

    sign_in(person, key_holder("key-second"), PASSWORD)
    expect(person.page.get_by_role("heading", name="Second step")).to_be_visible()
    person.step("second step")
    use_passkey(person)

    person.is_at("/$")
    person.open("/settings/")
    expect(person.page.get_by_text("1 passkey")).to_be_visible()


def test_a_passkey_answers_the_question_whether_it_is_really_you(holder: HolderOfKeys) -> None:
    person = holder("key-again")
    make_passkey(person, alone=True)
    sign_out(person)
    person.open("/account/login/")
    use_passkey(person)
    person.is_at("/$")

    person.open("/members/invite/")
    person.step("is it you")
    person.page.get_by_role("link", name="Use a passkey").click()
    use_passkey(person)

    expect(person.page.get_by_role("heading", name="Invite somebody")).to_be_visible()


def test_a_removed_passkey_opens_nothing(holder: HolderOfKeys) -> None:
    person = holder("key-removed")
    make_passkey(person, alone=True)
    person.open("/account/passkeys/")
    person.page.get_by_role("link", name="Remove").click()
    person.page.get_by_role("button", name="Remove").click()
    person.is_at("/account/passkeys/|/account/second-factor/")
    sign_out(person)

    person.statuses = {403, 422}
    person.open("/account/login/")
    use_passkey(person)

    expect(person.page.get_by_role("status").get_by_text("does not open the account")).to_be_visible()
    person.open("/settings/")
    person.is_at("/account/login/")
