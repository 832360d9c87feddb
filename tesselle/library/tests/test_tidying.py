"""What is gone for good leaves no file behind, and takes none that somebody else still owns."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tesselle.library.models import Asset
from tesselle.library.services import add_upload
from tesselle.library.tests.pictures import picture, upload
from tesselle.library.tidying import IN_THE_BIN, tidy
from tesselle.workspaces import deletion
from tesselle.workspaces.models import Workspace

pytestmark = pytest.mark.django_db(transaction=True)


def photo(workspace: Workspace, side: int = 8) -> Asset:
    asset: Asset = add_upload(workspace=workspace, file=upload(picture(side, side)), by=None)
    return asset


def files(media_folder: Path) -> set[str]:
    return {path.name for path in media_folder.rglob("*") if path.is_file()}


def purge(workspace: Workspace) -> None:
    Workspace.objects.filter(pk=workspace.pk).update(deleted_at=timezone.now() - 2 * deletion.KEPT)
    assert deletion.purge(timezone.now()) == [workspace.name]


def test_a_purged_workspace_leaves_no_picture(workspace: Workspace, media_folder: Path):
    photo(workspace)
    assert files(media_folder)

    purge(workspace)

    assert files(media_folder) == set()


def test_the_same_picture_of_another_workspace_stays(workspace: Workspace, media_folder: Path):
    other = Workspace.objects.create(name="Ailleurs")
    photo(workspace)
    kept = photo(other)
    before = files(media_folder)

    purge(workspace)

    assert files(media_folder) == before
    assert (media_folder / kept.path).is_file()


def test_the_bin_is_emptied_after_a_week(workspace: Workspace, media_folder: Path):
    young, old = photo(workspace, 8), photo(workspace, 9)
    Asset.objects.filter(pk=young.pk).update(deleted_at=timezone.now() - IN_THE_BIN / 2)
    Asset.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - IN_THE_BIN - timedelta(hours=1))

    assert tidy() == 1

    assert list(Asset.objects.values_list("pk", flat=True)) == [young.pk]
    assert (media_folder / young.path).is_file() and not (media_folder / old.path).is_file()
