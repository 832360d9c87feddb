"""One browser and one demo for the whole run; a fresh tab for each test, and a picture when it fails."""

from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright

from tests.browser.demo import Demo, running_demo
from tests.browser.looks import HEIGHT, WIDE, Language
from tests.browser.visit import PATIENCE_MS, Visit, new_visit

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
expect.set_options(timeout=PATIENCE_MS)
FAILED = pytest.StashKey[bool]()
LONG, PARTS = ("test_pages_for_everybody.py", "test_pages_in_english.py"), 6

OpenVisit = Callable[..., Visit]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A file stays with one worker, since its tests share what they set up. The long ones share nothing but
    the demo, which every worker has: in parts they keep no worker busy when the others are done."""
    ours = [item for item in items if item.path.is_relative_to(HERE)]
    for place, item in enumerate(ours):
        part = f"-{place % PARTS}" if item.path.name in LONG else ""
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem}{part}"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    with running_demo() as demo:
        yield demo


@pytest.fixture
def visit(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[OpenVisit]:
    """`visit(address, language)`: a tab. It fails the test afterwards if anything went wrong in it."""
    visits: list[Visit] = []
    with ExitStack() as contexts:

        def opened(address: str, language: Language = "fr", state: object = None) -> Visit:
            context = new_context(chromium, language, state)
            contexts.callback(context.close)
            visits.append(new_visit(context, address, request.node.name, language=language))
            return visits[-1]

        yield opened
        if request.node.stash.get(FAILED, False):
            for number, one in enumerate(visits, start=1):
                one.picture(f"failed-{number}")
    troubles = [trouble for one in visits for trouble in one.troubles]
    assert not troubles, "\n".join(troubles)


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, demo: Demo) -> Callable[[Language], object]:
    """The cookies of the demo's owner, by language; signed in once."""
    states: dict[Language, object] = {}

    def state(language: Language) -> object:
        if language not in states:
            context = new_context(chromium, language)
            sign_in(new_visit(context, demo.address, "sign-in"), *demo.owner(language))
            states[language] = context.storage_state()
            context.close()
        return states[language]

    return state


@pytest.fixture
def as_owner(
    visit: OpenVisit, demo: Demo, signed_in: Callable[[Language], object]
) -> Callable[[Language], Visit]:
    """A tab of the demo's owner, who reads that language."""

    def opened(language: Language = "fr") -> Visit:
        return visit(demo.address, language, signed_in(language))

    return opened


def new_context(browser: Browser, language: Language, state: object = None) -> BrowserContext:
    return browser.new_context(
        locale="fr-CH" if language == "fr" else "en-GB",
        timezone_id="Europe/Zurich",
        viewport={"width": WIDE, "height": HEIGHT},
        reduced_motion="reduce",
        # It takes a page over some moments after its first load, and what goes through it cannot be held back by
        # a test (`page.route`). The home screen's journey has a browser of its own, with one.
        service_workers="block",
        storage_state=state,  # type: ignore[arg-type]
    )


def sign_in(visit: Visit, email: str, password: str) -> None:
    visit.open("/account/login/")
    visit.page.locator("input[name=login]").fill(email)
    visit.page.locator("input[name=password]").fill(password)
    visit.send()
