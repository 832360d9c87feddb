"""Steps that several journeys take."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, expect

from tests.browser.house import House
from tests.browser.visit import Visit
from tests.browser.waiting import wait_until

PLACE = ZoneInfo("Europe/Zurich")
AHEAD = timedelta(seconds=120)
"""At least half of it is left when it is cut to the minute: what a test does before the hour takes its time."""
OUT_SECONDS = 300.0
PASSWORD = "correct horse battery staple"


def begin(alice: Visit, house: House) -> None:
    """The first run: Alice becomes the owner of a workspace, and the page is closed behind her."""
    alice.open(house.found(r"(http://\S+\?token=\S+)"))
    fill(alice, name="Alice", email="alice@carreaux.example", password=PASSWORD)
    fill(alice, workspace_name="Carreaux du Lac")
    alice.step("première ouverture")
    alice.send()
    alice.is_at("/$")
    alice.step("calendrier vide")

    stranger = alice.page.context.request.get(house.found(r"(http://\S+\?token=\S+)"))
    assert stranger.status == 404, "the page works once"


def open_proven(person: Visit, path: str, password: str = PASSWORD) -> None:
    """Where the page asks once more who it is, say so."""
    person.open(path)
    if "/reauthenticate/" in person.page.url and "/reauthenticate/" not in path:
        fill(person, password=password)
        person.send()


def fill(alice: Visit, **typed: str) -> Locator:
    """Type into the form that has all these fields; where it is folded away, open it first."""
    page = alice.page
    form = page.locator("main form")
    for name in typed:
        form = form.filter(has=page.locator(f"[name={name}]"))
    for summary in form.locator("xpath=ancestor::details[not(@open)]/summary").all():
        summary.click()
    for name, value in typed.items():
        form.locator(f"[name={name}]").fill(value)
    return form


def answer(alice: Visit, step: str, **typed: str) -> None:
    """Fill in a form and send it."""
    form = fill(alice, **typed)
    alice.step(step)
    with alice.page.expect_navigation():
        form.locator("button.button--main").click()


def try_to_connect(alice: Visit, network: str, **typed: str) -> None:
    alice.open(f"/channels/connect/{network}/")
    answer(alice, f"{network} réponses", **typed)


def connect(alice: Visit, network: str, **typed: str) -> str:
    """Type the answers, see who answered, confirm; gives the path of the channel's page."""
    try_to_connect(alice, network, **typed)
    alice.is_at("/channels/connect/confirm/")
    expect(alice.page.locator("main .note--good")).to_be_visible()
    alice.step(f"{network} le bon compte")
    alice.send()
    alice.is_at("/channels/connect/done/")
    alice.step(f"{network} connecté")
    return alice.page.locator(".wizard-new a").get_attribute("href") or ""


def on_one_channel(writer: Visit, network: str) -> None:
    """A new post begins with the channels of the last one."""
    for begun in writer.page.locator("label.composing-chip input").all():
        begun.set_checked(False)
    mark = writer.page.locator(f"img[alt='{network}']")
    writer.page.locator("label.composing-chip").filter(has=mark).locator("input").check()


def variant(alice: Visit, network: str) -> Locator:
    mark = alice.page.locator("h3", has_text=re.compile(rf"^{re.escape(network)}\b"))
    return alice.page.locator("article.variant").filter(has=mark)


def plan(writer: Visit) -> datetime:
    """At the next minute but not too soon."""
    page = writer.page
    due = (datetime.now(PLACE) + AHEAD).replace(second=0, microsecond=0)
    page.locator("#plan-date").fill(f"{due:%Y-%m-%d}")
    page.locator("#plan-time").fill(f"{due:%H:%M}")
    # What is on its way draws parts of the page anew, and a button pressed just then may be one that is gone.
    expect(page.locator(".htmx-request")).to_have_count(0)
    page.locator("button[name=do][value=plan]").click()
    writer.is_at(r"/posts/\d+$")
    writer.step("planifié")
    return due


def planned(writer: Visit) -> dict[str, str]:
    """The path of each delivery's page, by network, from the list."""
    writer.open("/list?state=planned")
    rows = writer.page.locator("tr[data-delivery]")
    expect(rows).to_have_count(4)
    writer.step("liste")
    found = {}
    for row in rows.all():
        path = row.locator("th a").get_attribute("href") or ""
        network = row.locator(".list-channel img, .list-channel [aria-label]").first
        name = network.get_attribute("alt") or network.get_attribute("aria-label") or ""
        found[name] = path
    return found


def seen_live(reader: Visit, network: str, path: str) -> str:
    """Waits on the delivery's page; gives the address of what it became."""

    def is_live() -> bool:
        reader.open(path)
        return reader.page.locator("[data-delivery-state=live]").count() == 1

    wait_until(is_live, f"the post on {network}", seconds=OUT_SECONDS)
    reader.step(f"{network} en ligne")
    return reader.page.locator("a[data-remote]").get_attribute("href") or ""
