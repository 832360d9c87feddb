"""The whole way of one post, as a newcomer goes it in French: from the first start to the first figures.

Bluesky and WordPress are real servers, Mastodon is somebody else's, Telegram our sandbox over loopback.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import expect

from tesselle.library.tests.pictures import picture
from tests.browser.conftest import OpenVisit
from tests.browser.house import House, data_folder, living
from tests.browser.journey import begin, connect, variant
from tests.browser.servers import TelegramChannel, running_telegram
from tests.browser.visit import Visit
from tests.browser.waiting import wait_until
from tests.real.servers.mastodon import MastodonMock, running_mastodon_mock
from tests.real.servers.pds import Pds, PdsAccount, running_pds
from tests.real.servers.wordpress import WordPress, running_wordpress

ALT = "Une fresque de carreaux bleus, posée à la main au-dessus d’un évier"
TEXT = "La fresque de la rue du Lac est posée : 412 carreaux, un seul bleu."
TAILORED = "412 carreaux, un seul bleu. La fresque de la rue du Lac est posée ✨"
TITLE = "Une fresque au-dessus de l’évier"
PLACE = ZoneInfo("Europe/Zurich")


@dataclass(frozen=True, slots=True)
class Town:
    """Everything that the journey meets."""

    house: House
    pds: Pds
    person: PdsAccount
    wordpress: WordPress
    mastodon: MastodonMock
    telegram: TelegramChannel


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with ExitStack() as running:
        pds = running.enter_context(running_pds())
        wordpress = running.enter_context(running_wordpress())
        mastodon = running.enter_context(running_mastodon_mock())
        telegram = running.enter_context(running_telegram("carreaux", "Carreaux du Lac"))
        data = running.enter_context(data_folder())
        nearby = {"TESSELLE_ALLOW_PRIVATE": "127.0.0.1,localhost,127.0.0.0/8,::1"}
        house = running.enter_context(living("up", data, nearby))
        yield Town(house, pds, pds.create_account("carreaux"), wordpress, mastodon, telegram)


def test_one_post_goes_out_on_four_networks_and_its_figures_come_back(
    town: Town, visit: OpenVisit, tmp_path: Path
) -> None:
    alice = visit(town.house.address, "fr")
    begin(alice, town.house)
    connect_everything(alice, town)

    due = write_and_plan(alice, tmp_path)
    deliveries = planned(alice)
    assert set(deliveries) == {"Bluesky", "Mastodon", "Telegram", "WordPress"}

    addresses = {name: seen_live(alice, name, path) for name, path in deliveries.items()}
    assert datetime.now(PLACE) >= due
    everyone_sees_it_once(alice, town, addresses)
    figures_come_back(alice, town, deliveries["Mastodon"])


def connect_everything(alice: Visit, town: Town) -> None:
    person, editor = town.person, town.wordpress.editor
    connect(
        alice,
        "bluesky",
        server=town.pds.base_url,
        handle=person.handle,
        app_password=person.app_password,
    )
    connect(
        alice,
        "wordpress",
        server=town.wordpress.base_url,
        username=editor.login,
        password=editor.app_password,
    )
    connect(alice, "mastodon", server=town.mastodon.base_url, access_token=town.mastodon.alice.access_token)
    connect(alice, "telegram", **town.telegram.answers)


def write_and_plan(alice: Visit, folder: Path) -> datetime:
    """One post with a picture for all four, other words for Bluesky, at the next minute but not too soon."""
    (folder / "fresque.jpg").write_bytes(picture(1200, 800, shade=40))
    page = alice.page
    alice.open("/posts/new")
    for chip in page.locator("input[name=channels]").all():
        chip.check()
    expect(page.locator("article.variant")).to_have_count(4)
    page.locator("#shared-text-0").fill(TEXT)
    page.locator("#shared-title").fill(TITLE)
    page.locator("#files").set_input_files(folder / "fresque.jpg")
    page.locator("textarea[id^=alt-]").fill(ALT)
    variant(alice, "Bluesky").locator("button[value^='tailor:']").click()
    tailored = variant(alice, "Bluesky").locator("textarea[name$=-text]")
    tailored.fill(TAILORED)
    expect(variant(alice, "Bluesky").locator("[data-counted]")).to_have_text(str(len(TAILORED)))
    expect(variant(alice, "Mastodon")).to_contain_text(TEXT)
    alice.step("écrire")

    due = (datetime.now(PLACE) + timedelta(seconds=75)).replace(second=0, microsecond=0)
    page.locator("#plan-date").fill(f"{due:%Y-%m-%d}")
    page.locator("#plan-time").fill(f"{due:%H:%M}")
    with page.expect_navigation():
        page.locator("button[name=do][value=plan]").click()
    alice.is_at(r"/posts/\d+$")
    alice.step("planifié")
    return due


def planned(alice: Visit) -> dict[str, str]:
    """The path of each delivery's page, by network, from the list."""
    alice.open("/list?state=planned")
    rows = alice.page.locator("tr[data-delivery]")
    expect(rows).to_have_count(4)
    alice.step("liste")
    found = {}
    for row in rows.all():
        path = row.locator("th a").get_attribute("href") or ""
        network = row.locator(".list-channel img, .list-channel [aria-label]").first
        name = network.get_attribute("alt") or network.get_attribute("aria-label") or ""
        found[name] = path
    return found


def seen_live(alice: Visit, network: str, path: str) -> str:
    """Waits on the delivery's page; gives the address of what it became."""

    def is_live() -> bool:
        alice.open(path)
        return alice.page.locator("[data-delivery-state=live]").count() == 1

    wait_until(is_live, f"the post on {network}", seconds=240)
    alice.step(f"{network} en ligne")
    return alice.page.locator("a[data-remote]").get_attribute("href") or ""


def everyone_sees_it_once(alice: Visit, town: Town, addresses: dict[str, str]) -> None:
    (record,) = bluesky_records(town)
    assert record["text"] == TAILORED
    assert [image["alt"] for image in record["embed"]["images"]] == [ALT]
    assert addresses["Bluesky"].startswith("https://bsky.app/profile/")

    (article,) = wordpress_posts(town)
    assert article["title"]["rendered"] == TITLE
    media = wordpress(town, f"media/{article['featured_media']}")
    assert media["alt_text"] == ALT

    status = mastodon_status(town)
    assert TEXT in re.sub(r"<[^>]+>", "", status["content"])
    assert [one["description"] for one in status["media_attachments"]] == [ALT]
    assert addresses["Mastodon"] == status["url"]

    (message,) = town.telegram.posts()
    assert TEXT in message["text"]

    # The only one of the four with a page for readers on this machine.
    assert addresses["WordPress"] == article["link"]
    alice.open(addresses["WordPress"])
    expect(alice.page.locator("body")).to_contain_text("La fresque de la rue du Lac")
    alice.step("WordPress chez lui")


def bluesky_records(town: Town) -> list[dict[str, Any]]:
    wanted = {"repo": town.person.did, "collection": "app.bsky.feed.post"}
    url = f"{town.pds.base_url}/xrpc/com.atproto.repo.listRecords"
    records = httpx.get(url, params=wanted, trust_env=False).raise_for_status().json()["records"]
    return [one["value"] for one in records]


def wordpress(town: Town, path: str) -> Any:
    url = f"{town.wordpress.base_url}/wp-json/wp/v2/{path}"
    return httpx.get(url, timeout=60, trust_env=False).raise_for_status().json()


def wordpress_posts(town: Town) -> list[dict[str, Any]]:
    every = wordpress(town, "posts")
    # A fresh site greets the world.
    return [one for one in every if one["slug"] != "hello-world"]


def mastodon_status(town: Town) -> dict[str, Any]:
    """The one status there is on the server."""
    (status,) = mastodon(town, "GET", "timelines/public")
    return dict(status)


def mastodon(town: Town, method: str, path: str) -> Any:
    """Asked as Bob, who has another account there."""
    headers = {"Authorization": f"Bearer {town.mastodon.bob.access_token}"}
    url = f"{town.mastodon.base_url}/api/v1/{path}"
    return httpx.request(method, url, headers=headers, trust_env=False).raise_for_status().json()


def figures_come_back(alice: Visit, town: Town, path: str) -> None:
    """Bob likes it there; it is told here, and what the network never tells is no zero."""
    mastodon(town, "POST", f"statuses/{mastodon_status(town)['id']}/favourite")
    figures = alice.page.locator("[data-figures]")

    def are_told() -> bool:
        alice.open(path)
        return figures.locator(".stat-value:not(.stat-value--missing)").count() == 3

    wait_until(are_told, "the first figures", seconds=240)
    values = dict(
        zip(
            figures.locator("dt").all_inner_texts(),
            figures.locator(".stat-value").all_inner_texts(),
            strict=True,
        )
    )
    assert values["Réactions"] == "1"
    assert values["Commentaires"] == values["Partages"] == "0"
    assert values["Impressions"] == "–"
    alice.step("chiffres")
