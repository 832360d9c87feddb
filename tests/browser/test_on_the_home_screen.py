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
    owner.page.context.grant_permissions(["notifications"], origin=owner.address)
    tools = owner.page.context.new_cdp_session(owner.page)
    words = {
        "title": "Carreaux",
        "body": "Une approbation vous est demandée : « Été »",
        "url": "/notifications/7",
    }

    hand_over(tools, owner, words)

    wait_until(lambda: bool(owner.page.evaluate(SHOWN)), "the notification")
    assert owner.page.evaluate(SHOWN) == [[words["title"], words["body"], words["url"]]]


def hand_over(tools: CDPSession, owner: Visit, words: dict[str, str]) -> None:
    """As Chromium does with what its push service brought and it has decrypted."""
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
    message = {"origin": owner.address, "registrationId": active[0], "data": json.dumps(words)}
    tools.send("ServiceWorker.deliverPushMessage", message)
