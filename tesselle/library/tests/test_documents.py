"""A PDF becomes pages to look at, and a clean PDF of just these pages is what is kept and sent."""

from pathlib import Path

import pypdfium2
import pytest
import pyvips
from django.test import Client

from tesselle.domain.errors import RuleError
from tesselle.journal.models import Entry
from tesselle.library import names, storage
from tesselle.library.models import Asset, Consent, ConsentOnAsset
from tesselle.library.selectors import names_of
from tesselle.library.services import add_upload
from tesselle.library.services.documents import bind_pictures, pages_as_pictures
from tesselle.library.tests.documents import active_pdf, plain_pdf
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def leaflet(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(plain_pdf(), "dépliant.pdf"), by=None)


def kept(asset: Asset) -> Path:
    return storage.current().local(asset.path)


def blue_share(path: Path) -> float:
    image = pyvips.Image.jpegload(str(path))
    share: float = ((image[2] > 200) & (image[0] < 60)).avg() / 255
    return share


def test_its_pages_are_there_to_be_seen_in_their_order(leaflet: Asset) -> None:
    assert (leaflet.kind, leaflet.mime, leaflet.pages) == ("document", "application/pdf", 3)
    shares = [blue_share(storage.current().local(names.page_of(leaflet.path, n))) for n in (1, 2, 3)]
    assert shares == pytest.approx([1 / 30, 2 / 30, 3 / 30], abs=0.005)
    media = leaflet.as_media()
    assert (media.kind, media.pages, media.mime) == ("document", 3, "application/pdf")


def test_what_is_kept_shows_the_same_pages_at_the_same_size(leaflet: Asset) -> None:
    document = pypdfium2.PdfDocument(kept(leaflet))

    assert [document[number].get_size() for number in range(3)] == [(300, 400)] * 3
    drawn = document[2].render(scale=1).to_pil()
    assert drawn.getpixel((50, 395))[2] > 200 and drawn.getpixel((50, 395))[0] < 60
    assert min(drawn.getpixel((250, 395))) > 240


def test_nothing_active_survives(workspace: Workspace) -> None:
    asset = add_upload(workspace=workspace, file=upload(active_pdf(), "invoice.pdf"), by=None)

    data = kept(asset).read_bytes()
    for word in (b"JavaScript", b"OpenAction", b"Launch", b"SubmitForm", b"Embedded", b"Annot", b"AcroForm"):
        assert word in active_pdf() or word == b"Embedded"
        assert word not in data
    assert b"stolen" not in data and b"evil.example" not in data


def test_the_same_pdf_again_is_the_same_document(workspace: Workspace, leaflet: Asset) -> None:
    again = add_upload(workspace=workspace, file=upload(plain_pdf(), "copie.pdf"), by=None)

    assert again.pk == leaflet.pk


def test_the_page_says_what_is_kept_and_shows_every_page(as_alice: Client, leaflet: Asset) -> None:
    page = as_alice.get(f"/media/{leaflet.pk}", headers={"Accept-Language": "en"}).content.decode()

    for number in (1, 2, 3):
        assert f"/assets/{leaflet.pk}/pages/{number}" in page
    third = as_alice.get(f"/assets/{leaflet.pk}/pages/3")
    assert third.headers["Content-Type"] == "image/jpeg" and len(third.getvalue()) > 1000
    assert as_alice.get(f"/assets/{leaflet.pk}/pages/4").status_code == 404
    whole = as_alice.get(f"/assets/{leaflet.pk}")
    assert whole.headers["Content-Disposition"].startswith("attachment")
    assert whole.getvalue().startswith(b"%PDF")


def test_mallory_sees_no_page_and_binds_nothing(client: Client, mallory: User, leaflet: Asset) -> None:
    client.force_login(mallory)

    assert client.get(f"/assets/{leaflet.pk}/pages/1").status_code == 404
    assert client.get(f"/media/document?asset={leaflet.pk}").status_code == 404


def test_all_its_files_are_its_own(leaflet: Asset) -> None:
    assert all(storage.current().exists(name) for name in names_of(leaflet))
    assert len(list(names_of(leaflet))) == 5


@pytest.fixture
def two(workspace: Workspace) -> list[Asset]:
    files = [upload(picture(90, 60, shade=20), "avant.jpg"), upload(picture(60, 90, shade=220), "après.jpg")]
    return [add_upload(workspace=workspace, file=file, by=None) for file in files]


def test_pictures_are_bound_in_the_order_that_is_said(as_alice: Client, two: list[Asset]) -> None:
    ticked = as_alice.post("/media/chosen", {"asset": [one.pk for one in two], "make": "document"})
    form = {"title": "Chantier", "shape": "square", f"page-{two[0].pk}": "2", f"page-{two[1].pk}": "1"}
    answer = as_alice.post(ticked.headers["Location"], form)

    made = Asset.objects.get(kind="document")
    assert answer.headers["Location"] == f"/media/{made.pk}"
    assert (made.original_name, made.pages) == ("Chantier.pdf", 2)
    assert set(made.made_of.all()) == set(two)
    document = pypdfium2.PdfDocument(kept(made))
    reds = [document[number].render(scale=0.1).to_pil().getpixel((20, 20))[0] for number in (0, 1)]
    assert reds == pytest.approx([220, 20], abs=6)
    assert Entry.objects.filter(verb="asset.made", subject_id=made.pk).exists()


def test_what_is_bound_asks_for_the_consent_of_everybody_on_it(
    workspace: Workspace, two: list[Asset], alice: User
) -> None:
    luc = Consent.objects.create(
        workspace=workspace, who="Luc", concerns="person", agreed="x", given_on="2026-01-01"
    )
    Asset.objects.filter(pk=two[1].pk).update(recognisable=True)
    ConsentOnAsset.objects.create(consent=luc, asset=two[1])
    two[1].refresh_from_db()

    made = bind_pictures(two, shape="portrait", title="", by=alice)

    assert made.recognisable
    assert [link.consent for link in made.consents.all()] == [luc]


def test_one_picture_is_no_document(two: list[Asset], alice: User) -> None:
    with pytest.raises(RuleError, match="two pictures"):
        bind_pictures(two[:1], shape="portrait", title="", by=alice)


def test_its_pages_become_pictures_once(leaflet: Asset, alice: User) -> None:
    first = pages_as_pictures(leaflet, most=2, by=alice)
    again = pages_as_pictures(leaflet, most=2, by=alice)

    assert [one.pk for one in again] == [one.pk for one in first]
    assert [(one.kind, one.original_name) for one in first] == [
        ("image", "dépliant 1.jpg"),
        ("image", "dépliant 2.jpg"),
    ]
