"""The whole way of one post, as a newcomer goes it in French: from the first start to the first figures.

Bluesky and WordPress are real servers, Mastodon is somebody else's, Telegram our sandbox over loopback.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect

from tesselle.library.tests.pictures import picture
from tests.browser.conftest import OpenVisit
from tests.browser.journey import PLACE, begin, plan, planned, seen_live, variant
from tests.browser.town import Town, running_town
from tests.browser.visit import Visit
from tests.browser.waiting import wait_until

ALT = "Une fresque de carreaux bleus, posée à la main au-dessus d’un évier"
TEXT = "La fresque de la rue du Lac est posée : 412 carreaux, un seul bleu."
TAILORED = "412 carreaux, un seul bleu. La fresque de la rue du Lac est posée ✨"
TITLE = "Une fresque au-dessus de l’évier"


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with running_town() as town:
        yield town


def test_one_post_goes_out_on_four_networks_and_its_figures_come_back(
    town: Town, visit: OpenVisit, tmp_path: Path
) -> None:
    alice = visit(town.house.address, "fr")
    begin(alice, town.house)
    town.connect_everything(alice)

    due = write_and_plan(alice, tmp_path)
    deliveries = planned(alice)
    assert set(deliveries) == {"Bluesky", "Mastodon", "Telegram", "WordPress"}

    addresses = {name: seen_live(alice, name, path) for name, path in deliveries.items()}
    assert datetime.now(PLACE) >= due
    everyone_sees_it_once(alice, town, addresses)
    figures_come_back(alice, town, deliveries["Mastodon"])


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
    page.locator("#upload-files").set_input_files(folder / "fresque.jpg")
    page.locator("textarea[id^=alt-]").fill(ALT)
    variant(alice, "Bluesky").locator("button[value^='tailor:']").click()
    tailored = variant(alice, "Bluesky").locator("textarea[name$=-text]")
    tailored.fill(TAILORED)
    expect(variant(alice, "Bluesky").locator("[data-counted]")).to_have_text(str(len(TAILORED)))
    expect(variant(alice, "Mastodon")).to_contain_text(TEXT)
    alice.step("écrire")

    return plan(alice)


def everyone_sees_it_once(alice: Visit, town: Town, addresses: dict[str, str]) -> None:
    (record,) = town.bluesky_records()
    assert record["text"] == TAILORED
    assert [image["alt"] for image in record["embed"]["images"]] == [ALT]
    assert addresses["Bluesky"].startswith("https://bsky.app/profile/")

    (article,) = town.wordpress_posts()
    assert article["title"]["rendered"] == TITLE
    media = town.ask_wordpress(f"media/{article['featured_media']}")
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

    def told() -> dict[str, str]:
        alice.open(path)
        names = figures.locator(".stat > dt").all_inner_texts()
        return dict(zip(names, figures.locator(".figure > span:first-child").all_inner_texts(), strict=True))

    wait_until(lambda: told().get("Réactions", "–") != "–", "the first figures", seconds=240)
    values = told()
    assert values["Réactions"] == "1"
    assert values["Commentaires"] == values["Partages"] == "0"
    assert values["Impressions"] == "–"
    alice.step("chiffres")
