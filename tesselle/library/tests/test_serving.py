"""Pictures are for the members of their workspace."""

import pytest
from django.test import Client

from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.workspaces.models import User, Workspace


@pytest.fixture
def asset(workspace: Workspace) -> Asset:
    return add_upload(workspace=workspace, file=upload(picture(1000, 500)), by=None)


def test_a_viewer_sees_it_with_headers_that_keep_it_harmless(
    client: Client, chloe: User, asset: Asset
) -> None:
    client.force_login(chloe)
    response = client.get(f"/assets/{asset.pk}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"].startswith("private")
    response.close()


def test_the_thumbnail_is_smaller(client: Client, chloe: User, asset: Asset) -> None:
    client.force_login(chloe)
    whole, small = client.get(f"/assets/{asset.pk}"), client.get(f"/assets/{asset.pk}/small")
    assert 0 < len(small.getvalue()) < len(whole.getvalue())


@pytest.mark.parametrize("address", ["/assets/{}", "/assets/{}/small"])
def test_mallory_learns_nothing(client: Client, mallory: User, asset: Asset, address: str) -> None:
    client.force_login(mallory)
    assert client.get(address.format(asset.pk)).status_code == 404
