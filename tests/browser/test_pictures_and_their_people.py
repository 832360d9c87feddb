"""Pictures are found by words; one that needs somebody's consent cannot be planned without it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from playwright.sync_api import FilePayload, expect

from tesselle.library.tests.pictures import picture
from tests.browser import faults, keyboard
from tests.browser.demo import Demo
from tests.browser.journey import PLACE, on_one_channel
from tests.browser.looks import Language
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
BATHROOM: FilePayload = {"name": "bain.jpg", "mimeType": "image/jpeg", "buffer": picture(400, 300, shade=77)}


def test_a_picture_is_found_as_one_types_without_accents(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open(f"/media/{demo.photo}")
    owner.page.locator("#id_alt").fill("Une douche à l’italienne, carrelée de zellige")
    owner.send("form:has(#id_alt) button.button--main")

    owner.open("/media")
    owner.page.locator("#narrow_q").press_sequentially("douches carrelees")
    expect(owner.page.locator(".media-tile")).to_have_count(1)
    expect(owner.page.locator(f"[data-asset='{demo.photo}']")).to_be_visible()
    owner.is_at(r"/media\?q=douches(\+|%20)carrelees")
    owner.step("trouvée")

    owner.page.reload()
    expect(owner.page.locator(".media-tile")).to_have_count(1)


def test_what_is_ticked_goes_into_an_album(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open("/albums")
    owner.page.locator("#id_name").fill("Chalet aux Diablerets")
    owner.send()
    owner.is_at(r"/media\?album=\d+")
    album = owner.page.url

    owner.open("/media")
    ticked = owner.page.locator(f"[data-asset='{demo.photo}'] input")
    ticked.check()
    owner.page.locator("#narrow_q").fill("rien de tel")
    owner.is_at(r"/media\?q=rien")
    expect(owner.page.locator(".media-tile")).to_have_count(1)
    expect(ticked).to_be_checked()
    chosen = owner.page.locator("#media-chosen")
    expect(chosen).to_be_visible()
    chosen.locator("summary").click()
    assert faults.in_every_look(owner) == []
    chosen.locator("select[name=album]").select_option(label="Chalet aux Diablerets")
    with owner.page.expect_navigation():
        chosen.get_by_role("button", name="Appliquer").click()

    owner.open(album)
    expect(owner.page.locator(f"[data-asset='{demo.photo}']")).to_be_visible()


def test_a_home_without_consent_is_refused_until_it_is_noted(demo: Demo, as_owner: AsOwner) -> None:
    owner = as_owner("fr")
    owner.open("/media")
    owner.page.locator("#upload-files").set_input_files(BATHROOM)
    tile = owner.page.locator(".media-tile:has(img[alt='bain.jpg'])")
    expect(tile).to_be_visible()
    asset = f"/media/{tile.get_attribute('data-asset')}"
    owner.open(asset)
    owner.page.locator("#id_people-recognisable").check()
    owner.send("form[action$='/people'] button")

    write(owner, "Le bain est posé")
    expect(owner.page.locator(".note--danger").first).to_contain_text("aucun accord n’est noté")
    owner.step("refusé")
    assert faults.in_every_look(owner) == []
    owner.statuses = {422}
    plan(owner)
    expect(owner.page.locator("[role=alert]").first).to_contain_text("aucun accord n’est noté")

    owner.statuses = set()
    owner.open(asset)
    owner.page.locator("a[href*='/consents/new']").click()
    owner.page.locator("#id_who").fill("Famille Rochat")
    owner.page.locator("#id_concerns").select_option("home")
    owner.page.locator("#id_agreed").fill("La salle de bains, sans nom ni adresse")
    owner.send()
    expect(owner.page.locator(".note--good").first).to_be_visible()
    assert faults.in_every_look(owner) == []
    assert keyboard.faults(owner.page) == []

    write(owner, "Le bain est posé, avec accord")
    expect(owner.page.locator(".note--danger")).to_have_count(0)
    plan(owner)
    owner.is_at(r"/posts/\d+$")
    owner.step("planifié")


def write(owner: Visit, text: str) -> None:
    owner.open("/posts/new")
    on_one_channel(owner, "Bluesky")
    expect(owner.page.locator("article.variant")).to_have_count(1)
    owner.page.locator("#shared-text-0").fill(text)
    owner.page.locator("#upload-files").set_input_files(BATHROOM)
    expect(owner.page.locator("input[name=shared-media]")).to_have_count(1)


def plan(owner: Visit) -> None:
    at = datetime.now(PLACE) + timedelta(days=2)
    owner.page.locator("#plan-date").fill(f"{at:%Y-%m-%d}")
    owner.page.locator("#plan-time").fill("09:00")
    owner.page.locator("button[name=do][value=plan]").click()
