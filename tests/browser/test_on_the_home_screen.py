"""On the home screen of a telephone: Chromium calls it installable, hands it what is shared, and shows what is pushed.

A profile of its own, since a private window installs and pushes nothing. Chromium subscribes at its maker's service
alone, which is outside this machine: the message is handed over by its developer tools, at the place where that
service would (`tests/real/test_web_push.py` has a push service).
"""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, FilePayload, expect

from tesselle.library.tests.pictures import picture
from tests.browser.conftest import CHROMIUM
from tests.browser.demo import Demo
from tests.browser.looks import HEIGHT, NARROW, Language
from tests.browser.visit import Visit, new_visit
from tests.browser.waiting import wait_until

PHOTO: FilePayload = {"name": "chantier.jpg", "mimeType": "image/jpeg", "buffer": picture(320, 240, shade=41)}
GALLERY = """<form method=post enctype=multipart/form-data action="{address}/share">
  <input type=file name=files><button>Partager</button></form>"""
STATE = "navigator.serviceWorker.ready.then((one) => one.active.state)"
SHOWN = """navigator.serviceWorker.ready.then((one) => one.getNotifications())
  .then((all) => all.map((one) => [one.title, one.body, one.data.url]))"""

SHOWN_SOON = """navigator.serviceWorker.ready.then(async (one) => {
  for (let turn = 0; turn < 50; turn += 1) {
    if ((await one.getNotifications()).length) return true;
    await new Promise((done) => setTimeout(done, 200));
  }
  return false;
})"""


@pytest.fixture
def telephone(
    chromium: Browser, demo: Demo, signed_in: Callable[[Language], Any], tmp_path: Path
) -> Iterator[BrowserContext]:
    context = chromium.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=CHROMIUM,
        locale="fr-CH",
        timezone_id="Europe/Zurich",
        viewport={"width": NARROW, "height": HEIGHT},
        reduced_motion="reduce",
    )
    context.add_cookies(signed_in("fr")["cookies"])
    yield context
    context.close()


@pytest.fixture
def owner(telephone: BrowserContext, demo: Demo, request: pytest.FixtureRequest) -> Iterator[Visit]:
    visit = new_visit(telephone, demo.address, request.node.name)
    visit.open("/")
    wait_until(lambda: visit.page.evaluate(STATE) == "activated", "the service worker")
    yield visit
    assert not visit.troubles, "\n".join(visit.troubles)


def test_the_browser_calls_it_installable(owner: Visit) -> None:
    owner.page.reload()  # from now on its service worker answers
    tools = owner.page.context.new_cdp_session(owner.page)

    manifest = tools.send("Page.getAppManifest")
    assert manifest["errors"] == [] and manifest["url"].endswith("/manifest.webmanifest")
    assert tools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_a_photo_shared_by_another_app_goes_into_a_new_album(owner: Visit) -> None:
    gallery = owner.page.context.new_page()
    gallery.set_content(GALLERY.format(address=owner.address))
    gallery.locator("input").set_input_files(PHOTO)
    with gallery.expect_navigation(url="**/share?from=phone"):
        gallery.locator("button").click()

    expect(gallery.locator(".file-drop")).to_contain_text("chantier.jpg")
    gallery.locator("#share-name").fill("Chantier d’Aubonne")
    with gallery.expect_navigation():
        gallery.locator("main button.button--main").click()

    expect(gallery.locator(".media-tile")).to_have_count(1)
    expect(gallery.locator("main")).to_contain_text("Chantier d’Aubonne")
    gallery.goto(f"{owner.address}/share?from=phone")  # handed over once
    assert gallery.locator("#share-files").evaluate("(field) => field.files.length") == 0


def test_what_is_pushed_is_shown_while_no_page_is_looked_at(owner: Visit) -> None:
    tools = owner.page.context.new_cdp_session(owner.page)
    registration = registration_of(tools, owner)
    words = {
        "title": "Carreaux",
        "body": "Une approbation vous est demandée : « Été »",
        "url": "/notifications/7",
    }

    # The tools do not tell whether a message arrived. A push service brings it again as well.
    wait_until(lambda: is_shown_after(tools, owner, registration, words), "the notification")

    assert {tuple(one) for one in owner.page.evaluate(SHOWN)} == {
        (words["title"], words["body"], words["url"])
    }


def registration_of(tools: CDPSession, owner: Visit) -> str:
    active: list[str] = []
    tools.on(
        "ServiceWorker.workerVersionUpdated",
        lambda told: active.extend(
            one["registrationId"] for one in told["versions"] if one["status"] == "activated"
        ),
    )
    tools.send("ServiceWorker.enable")
    # Asking the page lets what the browser has to tell arrive.
    wait_until(lambda: owner.page.evaluate("true") and bool(active), "the service worker")
    return active[-1]


def is_shown_after(tools: CDPSession, owner: Visit, registration: str, words: dict[str, str]) -> bool:
    """Handed over as Chromium does with what its push service brought and it has decrypted."""
    owner.page.context.grant_permissions(["notifications"], origin=owner.address)
    message = {"origin": owner.address, "registrationId": registration, "data": json.dumps(words)}
    tools.send("ServiceWorker.deliverPushMessage", message)
    return bool(owner.page.evaluate(SHOWN_SOON))
