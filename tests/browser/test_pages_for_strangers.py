"""The pages before and outside of signing in, and those that say that something went wrong."""

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from tests.browser import faults, keyboard
from tests.browser.conftest import OpenVisit, sign_in
from tests.browser.demo import Demo
from tests.browser.house import House, data_folder, living
from tests.browser.looks import LANGUAGES, Language
from tests.browser.visit import Visit

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def new_house() -> Iterator[House]:
    """Started for the first time: nobody has an account."""
    with data_folder() as data, living("up", data) as house:
        yield house


def check(visit: Visit, language: Language) -> None:
    assert visit.page.locator("html").get_attribute("lang") == language
    assert keyboard.faults(visit.page) == []
    assert faults.in_looks_of_its_language(visit) == []


@every_language
def test_the_first_run(new_house: House, visit: OpenVisit, language: Language) -> None:
    stranger = visit(new_house.address, language)
    stranger.open(new_house.found(r"(http://\S+\?token=\S+)"))

    assert stranger.page.locator("input[name=workspace_name]").is_visible()
    check(stranger, language)


@every_language
def test_the_first_run_with_another_token(new_house: House, visit: OpenVisit, language: Language) -> None:
    stranger = visit(new_house.address, language)
    stranger.statuses = {403}
    stranger.open("/first-run/?token=guessed")

    assert stranger.page.locator("main input").count() == 0
    check(stranger, language)


@every_language
def test_the_sign_in_and_a_wrong_password(demo: Demo, visit: OpenVisit, language: Language) -> None:
    stranger = visit(demo.address, language)
    stranger.open("/")
    stranger.is_at(r"/account/login/\?next=/")
    check(stranger, language)

    stranger.statuses = {422}
    sign_in(stranger, f"somebody-{language}@browser.example", "wrong")
    assert stranger.page.get_by_role("alert").first.is_visible()
    check(stranger, language)


@every_language
def test_an_address_that_leads_nowhere(demo: Demo, visit: OpenVisit, language: Language) -> None:
    stranger = visit(demo.address, language)
    stranger.statuses = {404}
    stranger.open("/nothing-here")

    check(stranger, language)


@every_language
def test_registering_is_closed(demo: Demo, visit: OpenVisit, language: Language) -> None:
    stranger = visit(demo.address, language)
    stranger.open("/account/signup/")

    check(stranger, language)


@every_language
@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "500.html", "507.html"])
def test_the_pages_of_what_went_wrong(
    template: str, demo: Demo, visit: OpenVisit, language: Language
) -> None:
    """Drawn from their own templates: nothing can be made to go wrong from outside."""
    with translation.override(language):
        page = render_to_string(template)
    stranger = visit(demo.address, language)
    stranger.page.route("**/wrong", lambda route: route.fulfill(body=page, content_type="text/html"))
    stranger.open("/wrong")

    check(stranger, language)


def test_somebody_without_a_workspace(demo: Demo, visit: OpenVisit) -> None:
    newcomer = visit(demo.address, "fr")
    sign_in(newcomer, *demo.newcomer)

    newcomer.is_at("/nowhere/")
    check(newcomer, "fr")
