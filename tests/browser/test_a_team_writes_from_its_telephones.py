"""A team, in French: an owner invites an editor and a viewer by link, the editor writes with what the telephones hold.

Two photos (HEIC, upright, with the place they were taken at) and a film on its side go to four networks;
what is too long or does not mix is mended by one click each. Bluesky and WordPress are real servers.
"""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.sync_api import expect

from tesselle.library.tests.films import PLACE as PLACE_OF_FILM
from tesselle.library.tests.films import phone_film
from tesselle.library.tests.pictures import heic
from tests.browser.conftest import OpenVisit
from tests.browser.journey import PLACE, answer, begin, fill, open_proven, plan, planned, seen_live, variant
from tests.browser.town import Town, running_town
from tests.browser.visit import PATIENCE_MS, Visit

FORBIDDEN = 403
PREPARED_MS = 3 * PATIENCE_MS
GPS, MODEL = 0x8825, 0x0110
TITLE = "La fresque de la rue du Lac"
TEXT = " ".join(
    f"Jour {day} : nous avons posé la rangée du bas, puis celle du milieu, un carreau après l’autre."
    for day in range(1, 8)
)
ALTS = (
    "La fresque bleue au-dessus de l’évier",
    "Deux mains qui posent le dernier carreau",
    "Un tour de l’atelier, de la porte au four",
)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    with running_town() as town:
        yield town


def test_a_team_brings_photos_and_a_film_from_its_telephones_out(
    town: Town, visit: OpenVisit, tmp_path: Path
) -> None:
    alice = visit(town.house.address, "fr")
    begin(alice, town.house)
    town.connect_everything(alice)
    edith = invited(alice, visit, "edith", "editor", "Édith")
    victor = invited(alice, visit, "victor", "viewer", "Victor")

    write(edith, telephone(tmp_path))
    mend(edith)
    due = plan(edith)
    deliveries = planned(edith)
    only_looks_on(victor, edith, deliveries["WordPress"])
    for network, path in deliveries.items():
        seen_live(edith, network, path)

    assert datetime.now(PLACE) >= due
    is_out_on_bluesky(town)
    is_out_on_wordpress(town, edith)
    victor.open(deliveries["WordPress"])
    expect(victor.page.locator("[data-delivery-state=live]")).to_be_visible()
    expect(victor.page.locator("[data-act]")).to_have_count(0)
    expect(victor.page.locator(".delivery-pictures img")).to_have_count(3)
    victor.step("la lectrice voit")


def invited(alice: Visit, visit: OpenVisit, login: str, role: str, name: str) -> Visit:
    """By a link that is handed over; whoever opens it, in a browser of their own, comes in."""
    open_proven(alice, "/members/invite/")
    alice.page.locator("[name=role]").select_option(role)
    answer(alice, f"inviter {name}", email=f"{login}@carreaux.example")
    link = alice.page.locator("#link").input_value()
    alice.step(f"lien pour {name}")

    person = visit(alice.address, "fr")
    person.open(link.removeprefix(alice.address))
    fill(person, name=name, password=f"correct horse of {login}")
    person.step(f"{name} est invitée")
    person.send()
    person.is_at("/$")
    person.step(f"{name} arrive")
    return person


def telephone(folder: Path) -> list[Path]:
    """What is on it, as it is there."""
    files = {
        "IMG_0412.HEIC": heic(1600, 1200, orientation=6),
        "IMG_0413.HEIC": heic(1200, 900, orientation=8),
        "IMG_0414.MOV": phone_film(3),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def write(edith: Visit, files: list[Path]) -> None:
    page = edith.page
    edith.open("/posts/new")
    for chip in page.locator("input[name=channels]").all():
        chip.check()
    expect(page.locator("article.variant")).to_have_count(4)
    page.locator("#shared-title").fill(TITLE)
    for number, file in enumerate(files, start=1):
        page.locator("#upload-files").set_input_files(file)
        expect(page.locator(".composing-picture")).to_have_count(number)
        expect(page.locator("#shared-title")).to_have_value(TITLE)
    for field, alt in zip(page.locator(".composing-picture textarea").all(), ALTS, strict=True):
        field.fill(alt)
    page.locator("#shared-text-0").fill(TEXT)
    edith.step("trop long")
    expect(page.locator(".media-state progress")).to_have_count(0, timeout=PREPARED_MS)
    edith.step("le film est prêt")


def mend(edith: Visit) -> None:
    """One click for each thing that is wrong; what each is, the page says."""
    repair(edith, "Bluesky", "remove_media")
    repair(edith, "Mastodon", "remove_media")
    repair(edith, "Bluesky", "split_thread")
    repair(edith, "Mastodon", "shorten")

    expect(edith.page.locator(".variant .tag--danger")).to_have_count(0)
    expect(variant(edith, "Bluesky").locator("textarea[id*=-text-]")).to_have_count(3)
    edith.step("tout va")


def repair(edith: Visit, network: str, name: str) -> None:
    channel = (variant(edith, network).get_attribute("id") or "").removeprefix("variant-")
    button = edith.page.locator(f"button[value^='repair:{channel}:{name}:']")
    button.click()
    expect(button).to_have_count(0)
    edith.step(f"{network} réparé {name}")


def only_looks_on(victor: Visit, edith: Visit, delivery: str) -> None:
    """Nothing to press, and a refusal for whoever asks all the same; the post stays as it is."""
    page = victor.page
    victor.open("/calendar")
    expect(page.locator("a[href='/posts/new'], a[href='/members/invite/']")).to_have_count(0)
    victor.step("le calendrier de la lectrice")
    victor.open(delivery)
    expect(page.locator("[data-delivery-state=planned]")).to_be_visible()
    expect(page.locator("main form, [data-act]")).to_have_count(0)
    victor.step("la livraison de la lectrice")

    token: dict[str, str | float | bool] = {"csrfmiddlewaretoken": cookie(victor, "csrftoken")}
    asked = page.context.request
    for path in ("/posts/new", "/members/invite/", "/channels/connect/", "/journal/"):
        assert asked.get(f"{victor.address}{path}").status == FORBIDDEN, path
    for path in (
        f"{delivery}/cancel",
        f"{delivery}/send-now",
        "/media/upload",
        "/posts/new/plan",
        "/workspace/save/",
    ):
        sent = asked.post(f"{victor.address}{path}", form=token, headers={"Referer": victor.address})
        assert sent.status == FORBIDDEN, path

    victor.statuses = {FORBIDDEN}
    victor.open("/posts/new")
    victor.step("refusé")
    victor.statuses = set()
    edith.open(delivery)
    expect(edith.page.locator("[data-delivery-state=planned]")).to_be_visible()


def cookie(person: Visit, name: str) -> str:
    return next((one["value"] for one in person.page.context.cookies() if one["name"] == name), "")


def is_out_on_bluesky(town: Town) -> None:
    """A thread whose first part has both photos, upright, saying nothing of where or with what they were taken."""
    records = town.bluesky_records()
    first = next(one for one in records if "reply" not in one)
    assert len(records) == 3
    assert " ".join(one["text"] for one in reversed(records)).count("Jour") == TEXT.count("Jour")
    images: list[dict[str, Any]] = first["embed"]["images"]
    assert [image["alt"] for image in images] == list(ALTS[:2])
    for image in images:
        says_nothing_of_its_place(town.bluesky_file(image["image"]))


def is_out_on_wordpress(town: Town, edith: Visit) -> None:
    """One article with both photos and the film; every size that the site made of them is fetched too."""
    (article,) = town.wordpress_posts()
    assert article["title"]["rendered"] == TITLE
    media = town.ask_wordpress("media")
    photos = [one for one in media if one["media_type"] == "image"]
    (film,) = [one for one in media if one["media_type"] == "file"]
    assert sorted(one["alt_text"] for one in photos) == sorted(ALTS[:2])
    assert all(f'alt="{alt}"' in article["content"]["rendered"] for alt in ALTS[:2])
    for photo in photos:
        sizes = photo["media_details"]["sizes"].values()
        for url in {photo["source_url"], *(size["source_url"] for size in sizes)}:
            says_nothing_of_its_place(fetched(url), upright="-150x150" not in url)
    kept = fetched(film["source_url"])
    assert kept[4:8] == b"ftyp"
    assert PLACE_OF_FILM not in kept
    assert b"Camera of somebody" not in kept
    edith.open(article["link"])
    edith.step("WordPress chez lui")


def fetched(url: str) -> bytes:
    return httpx.get(url, trust_env=False, timeout=60).raise_for_status().content


def says_nothing_of_its_place(data: bytes, *, upright: bool = True) -> None:
    with Image.open(BytesIO(data)) as picture:
        exif = picture.getexif()
        assert GPS not in exif
        assert MODEL not in exif
        assert not dict(exif.get_ifd(GPS))
        if upright:
            assert picture.height > picture.width
    assert b"Camera of somebody" not in data
