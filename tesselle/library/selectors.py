"""Reading assets, always within a workspace."""

from collections.abc import Iterable

from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace


def assets_by_id(workspace: Workspace, ids: Iterable[int]) -> dict[int, Asset]:
    """Those of the ids that belong to the workspace."""
    wanted = set(ids)
    return Asset.objects.filter(workspace=workspace).in_bulk(wanted) if wanted else {}


def assets_by_file(workspace: Workspace, names: Iterable[str]) -> dict[str, Asset]:
    """By their path, which is how a content names them."""
    wanted = set(names)
    if not wanted:
        return {}
    return {asset.path: asset for asset in Asset.objects.filter(workspace=workspace, file__in=wanted)}
