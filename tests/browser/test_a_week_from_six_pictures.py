"""One week for four channels from six photos, as somebody does it who knows the pages: what it takes is counted.

Clicks as before: each press, each field that is gone into, each choosing of files. It took 66, then 26 with
one turn of the composer for each photo.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, expect

from tesselle.library.tests.pictures import picture
from tests.browser.looks import Language
from tests.browser.visit import Visit

AsOwner = Callable[[Language], Visit]
CLICKS = 16
CHANNELS = 4
WORDS = (
    ("Une salle de bain refaite à Lutry, du sol au plafond.", "Salle de bain claire"),
    ("Trois joints, trois couleurs : lequel choisiriez-vous ?", "Trois échantillons de joints"),
    ("Le zellige se pose sans croisillons. Voici pourquoi.", "Main qui pose un zellige"),
    ("Avant, après : la cuisine de la rue du Lac.", "Cuisine carrelée"),
    ("Notre équipe cherche une apprentie carreleuse.", "Équipe sur un chantier"),
    ("Un plan de travail en grès, taillé sur mesure.", "Plan de travail en grès"),
)


@dataclass
class Counted:
    """Presses and fields, by whoever sits in front of the page."""

    clicks: int = 0
    signs: int = 0

    def press(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def write(self, into: Locator, words: str) -> None:
        self.clicks += 1
        self.signs += len(words)
        into.fill(words)


def photos(folder: Path) -> list[Path]:
    """Six that do not look alike."""
    files = [folder / f"photo{number}.jpg" for number in range(1, 7)]
    for number, file in enumerate(files):
        file.write_bytes(picture(60 + 11 * number, 40 + 7 * number, shade=30 + 35 * number))
    return files


def on_four_channels(owner: Visit) -> None:
    """Most weeks are for the same channels: the last post was, and they are ticked already."""
    owner.open("/posts/new")
    chips = owner.page.locator("label.composing-chip input")
    for place, chip in enumerate(chips.all()):
        chip.set_checked(place < CHANNELS)
    expect(owner.page.locator("article.variant")).to_have_count(CHANNELS)
    owner.page.locator("#shared-text-0").fill("La semaine dernière")
    with owner.page.expect_navigation():
        owner.page.locator("button[name=do][value=save]:not([aria-hidden])").first.click()


def test_a_week_is_planned_from_the_library_and_taken_back(as_owner: AsOwner, tmp_path: Path) -> None:
    owner, counted = as_owner("fr"), Counted()
    on_four_channels(owner)
    owner.open("/")

    counted.press(owner.page.locator("nav a[href='/media']").first)
    counted.clicks += 1
    owner.page.locator("#upload-files").set_input_files(photos(tmp_path))
    expect(owner.page.locator(".media-choose :checked")).to_have_count(len(WORDS))
    counted.press(owner.page.get_by_role("button", name="Une publication pour chacune"))
    rows = owner.page.locator(".picture-row")
    expect(rows).to_have_count(len(WORDS))
    owner.step("rangées")
    for row, (text, alt) in zip(rows.all(), WORDS, strict=True):
        counted.write(row.locator("textarea[name^=text-]"), text)
        counted.write(row.locator("textarea[name^=alt-]"), alt)
    counted.press(owner.page.get_by_role("button", name="Planifier 6 publications"))

    owner.is_at("/calendar")
    expect(owner.page.locator(".toast").first).to_contain_text("6 publications sont planifiées")
    owner.step("planifié")
    assert counted.clicks == CLICKS, counted

    with owner.page.expect_navigation():
        owner.page.locator(".toast form[data-undo] button").last.click()
    expect(owner.page.locator(".picture-row textarea[name^=text-]").first).to_have_value(WORDS[0][0])


def test_on_a_telephone_by_keyboard_what_cannot_go_out_says_why(as_owner: AsOwner, tmp_path: Path) -> None:
    owner = as_owner("en")
    owner.page.set_viewport_size({"width": 360, "height": 800})
    owner.open("/calendar/pictures")
    owner.page.locator("#files").set_input_files(photos(tmp_path)[:2])
    rows = owner.page.locator(".picture-row")
    expect(rows).to_have_count(2)
    channel = owner.page.locator(".composing-chip input[name=channels]:visible").first
    channel.check()
    owner.page.locator("textarea[name^=text-]").first.focus()
    owner.page.keyboard.type("A floor in Lutry")
    owner.page.locator("textarea[name^=text-]").last.fill("long " * 4_000)
    owner.page.locator("textarea[name^=text-]").first.press("Control+Enter")

    owner.is_at(r"/calendar/pictures/\d+")
    expect(owner.page.locator(".picture-done .tag--good")).to_have_count(1)
    expect(owner.page.locator(".picture-done .tag--attention")).to_have_count(1)
    owner.step("kept as a draft")
    with owner.page.expect_navigation():
        owner.page.get_by_role("button", name="Undo all of it").click()
    expect(owner.page.locator("textarea[name^=text-]").first).to_have_value("A floor in Lutry")
    owner.step("typed again")
