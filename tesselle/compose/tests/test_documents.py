"""A PDF in a post: paged through where documents are taken, its pages as pictures elsewhere."""

import pytest
from django.test import Client

from tesselle.channels.models import Channel
from tesselle.compose.models import Revision
from tesselle.compose.tests.forms import channel_in, form
from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.documents import plain_pdf
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import Workspace


@pytest.fixture
def linkedin(workspace: Workspace) -> Channel:
    return channel_in(workspace, "linkedin")


@pytest.fixture
def bluesky(workspace: Workspace) -> Channel:
    return channel_in(workspace)


@pytest.fixture
def leaflet(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(plain_pdf(), "dépliant.pdf"), by=None)


def test_linkedin_shows_its_pages_and_is_sent_the_document(
    as_alice: Client, linkedin: Channel, leaflet: Asset
) -> None:
    data = form(linkedin, **{"shared-media": leaflet.pk})
    page = as_alice.post("/posts/new", data | {"do": "refresh"}).content.decode()
    assert "note--danger" not in page
    for number in (1, 2, 3):
        assert f'src="/assets/{leaflet.pk}/pages/{number}"' in page

    as_alice.post("/posts/new", data)
    (media,) = Revision.objects.get().variants.get().content.media
    assert (media.kind, media.pages, media.asset) == ("document", 3, leaflet.path)


def test_elsewhere_it_is_said_before_planning_and_its_pages_go_out_as_pictures(
    as_alice: Client, bluesky: Channel, linkedin: Channel, leaflet: Asset
) -> None:
    data = form(bluesky, linkedin, **{"shared-media": leaflet.pk})
    act = f"repair:{bluesky.pk}:pages_as_pictures:media"
    page = as_alice.post("/posts/new", data | {"do": "refresh"}).content.decode()
    assert act in page and 'data-finding="document_not_allowed"' in page

    mended = as_alice.post("/posts/new", data | {"do": act}).content.decode()
    pages = Asset.objects.filter(kind="image").order_by("pk")
    assert [one.original_name for one in pages] == [f"dépliant {number}.jpg" for number in (1, 2, 3)]
    for one in pages:
        assert f'name="c{bluesky.pk}-media" value="{one.pk}"' in mended
    assert act not in mended
    assert f'name="c{linkedin.pk}-tailored"' not in mended  # follows the shared words, with the document


def test_pictures_become_a_document_for_linkedin_alone(
    as_alice: Client, bluesky: Channel, linkedin: Channel, workspace: Workspace
) -> None:
    two = [
        add_upload(workspace=workspace, file=upload(picture(shade=shade), f"{shade}.jpg"), by=None).pk
        for shade in (20, 220)
    ]
    data = form(bluesky, linkedin, text="Un chantier\nfini", **{"shared-media": two})
    page = as_alice.post("/posts/new", data | {"do": "refresh"}).content.decode()
    assert f"bind:{linkedin.pk}" in page and f"bind:{bluesky.pk}" not in page

    bound = as_alice.post("/posts/new", data | {"do": f"bind:{linkedin.pk}"}).content.decode()
    made = Asset.objects.get(kind="document")
    assert (made.pages, made.original_name) == (2, "Un chantier.pdf")
    assert f'name="c{linkedin.pk}-media" value="{made.pk}"' in bound
    assert f'name="c{bluesky.pk}-tailored"' not in bound
