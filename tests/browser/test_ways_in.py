"""Passkeys in Chromium with its virtual authenticator: made, used as a first factor, used as a second.

Needs nothing but pytest-django's `live_server`.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tesselle.workspaces.models import User
from tesselle.workspaces.tests.people import PASSWORD, give_password

CHROMIUM = "/usr/bin/chromium"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def alice_with_password(alice: User) -> User:
    alice.language = "en"
    alice.save()
    return give_password(alice)


@pytest.fixture
def page(
    live_server: Any, alice_with_password: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> Iterator[Page]:
    """A tab with an authenticator that answers for its owner; it fails the test if a script was refused."""
    # Playwright runs a loop in this thread; the test's own look-ups in the database are fine all the same.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    refused: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        context = browser.new_context(base_url=live_server.url, locale="en-GB")
        tab = context.new_page()
        tab.on("console", lambda told: refused.append(told.text) if "Content Security" in told.text else None)
        tab.on("pageerror", lambda error: refused.append(str(error)))
        devtools = context.new_cdp_session(tab)
        devtools.send("WebAuthn.enable")
        devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        yield tab
        browser.close()
    assert refused == []


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("E-mail address").fill("alice@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).not_to_have_url(re.compile("/account/login/"))


def arrived(page: Page) -> None:
    """On the first page, signed in."""
    expect(page).to_have_url(re.compile(r":\d+/$"))


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()


def make_passkey(page: Page, *, alone: bool) -> None:
    page.goto("/account/passkeys/add/")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Name of the key").fill("Phone")
    page.get_by_label("Sign in with it alone").set_checked(alone)
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_a_passkey_opens_the_account_by_itself(page: Page):
    sign_in(page)
    make_passkey(page, alone=True)
    expect(page.locator("#recovery-codes li")).to_have_count(10)
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()

    arrived(page)
    page.goto("/account/passkeys/")
    expect(page.get_by_text("Phone")).to_be_visible()
    expect(page.get_by_text("last used")).to_be_visible()


def test_a_passkey_is_the_second_step_after_the_password(page: Page):
    sign_in(page)
    make_passkey(page, alone=False)
    sign_out(page)

    sign_in(page)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()

    arrived(page)
    page.goto("/settings/")
    expect(page.get_by_text("1 passkey")).to_be_visible()


def test_a_passkey_answers_the_question_whether_it_is_really_you(page: Page):
    sign_in(page)
    make_passkey(page, alone=True)
    sign_out(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()
    arrived(page)

    page.goto("/members/invite/")
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Invite somebody")).to_be_visible()


def test_a_removed_passkey_opens_nothing(page: Page):
    sign_in(page)
    make_passkey(page, alone=True)
    page.goto("/account/passkeys/")
    page.get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    sign_out(page)

    page.goto("/account/login/")
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("status").get_by_text("does not open the account")).to_be_visible()
    page.goto("/settings/")
    expect(page).to_have_url(re.compile("/account/login/"))
