"""Signing in with the company's account, in French, at a real OpenID Connect provider: set up, invited, known again."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit
from tests.browser.house import House, data_folder, living
from tests.browser.journey import answer, begin, open_proven
from tests.browser.visit import Visit
from tests.real.servers.oidc import CLIENT_ID, OidcProvider, running_oidc

CALLBACK = "/account/oidc/company/login/callback/"
REFUSED = 403


@dataclass(frozen=True, slots=True)
class Company:
    house: House
    provider: OidcProvider


@pytest.fixture(scope="module")
def company() -> Iterator[Company]:
    nearby = {"TESSELLE_ALLOW_PRIVATE": "127.0.0.1,127.0.0.0/8"}
    with (
        data_folder() as data,
        living("up", data, nearby) as house,
        running_oidc(f"{house.address}{CALLBACK}") as provider,
    ):
        yield Company(house, provider)


def test_who_is_invited_comes_in_with_the_account_of_the_company(company: Company, visit: OpenVisit) -> None:
    alice = visit(company.house.address, "fr")
    begin(alice, company.house)
    set_up(alice, company.provider)
    link = invite(alice, "noa@example.org")

    noa = person(visit, company)
    noa.open(link)
    noa.step("invitée")
    through_the_company(noa, "noa")
    noa.is_at(re.escape(link))
    noa.send()
    noa.is_at("/$")
    noa.step("arrivée")
    noa.open("/account/logout/")
    noa.send()

    noa.open("/account/login/")
    noa.step("connexion")
    noa.page.get_by_role("button", name="Carreaux").click()
    noa.is_at("/$")

    eve = person(visit, company)
    eve.statuses = {REFUSED}
    eve.open("/account/login/")
    through_the_company(eve, "eve")
    expect(eve.page.get_by_text("eve@example.org")).to_be_visible()
    eve.step("inconnue")
    eve.open("/")
    eve.is_at("/account/login/")


def set_up(alice: Visit, provider: OidcProvider) -> None:
    open_proven(alice, "/installation/sign-in/")
    words = {"name": "Carreaux", "issuer": provider.issuer, "client_id": CLIENT_ID}
    answer(alice, "compte d’entreprise", **words, client_secret=provider.client_secret)
    alice.is_at("/installation/sign-in/$")
    alice.step("compte d’entreprise enregistré")


def invite(alice: Visit, email: str) -> str:
    open_proven(alice, "/members/invite/")
    answer(alice, "inviter", email=email)
    return alice.page.locator("#link").input_value().removeprefix(alice.address)


def person(visit: OpenVisit, company: Company) -> Visit:
    """The provider's own pages ask for letters from far away."""
    somebody = visit(company.house.address, "fr")
    somebody.page.route(
        re.compile(r"^https://"), lambda route: route.fulfill(body="", content_type="text/css")
    )
    return somebody


def through_the_company(somebody: Visit, name: str) -> None:
    """Its two pages: who it is, and that we may know."""
    page = somebody.page
    page.get_by_role("button", name="Carreaux").click()
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("any")
    page.locator("[type=submit]").first.click()
    expect(page.locator("input[name=prompt][value=consent]")).to_have_count(1)
    page.locator("[type=submit]").first.click()
