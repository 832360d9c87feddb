"""Reading assets, always within a workspace."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from tesselle.library import names
from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace


def assets(workspace: Workspace) -> QuerySet[Asset]:
    """Those that were not thrown away, the newest first."""
    return Asset.objects.filter(workspace=workspace, deleted_at=None).order_by("-uploaded_at", "-id")


def assets_by_id(workspace: Workspace, ids: Iterable[int]) -> dict[int, Asset]:
    """Those of the ids that belong to the workspace."""
    wanted = set(ids)
    return Asset.objects.filter(workspace=workspace).in_bulk(wanted) if wanted else {}


def assets_by_file(workspace: Workspace, files: Iterable[str]) -> dict[str, Asset]:
    """By their path, which is how a content names them."""
    wanted = set(files)
    if not wanted:
        return {}
    return {asset.path: asset for asset in Asset.objects.filter(workspace=workspace, file__in=wanted)}


def files_of(workspace: Workspace) -> Iterator[str]:
    """The names of all that is kept for a workspace; renditions are made anew where they are missing."""
    for asset in Asset.objects.filter(workspace=workspace).iterator():
        yield from names_of(asset)


def names_of(asset: Asset) -> Iterator[str]:
    if asset.state == Asset.State.READY:
        yield asset.path
        yield names.thumb_of(asset.path)
        if asset.kind == Asset.Kind.VIDEO:
            yield names.poster_of(asset.path)
    if asset.original:
        yield asset.original
