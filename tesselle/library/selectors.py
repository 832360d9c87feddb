"""Reading assets, always within a workspace."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Func
from django.db.models.fields import CharField

from tesselle.library import names
from tesselle.library.models import Album, Asset
from tesselle.workspaces.models import Workspace


def assets(workspace: Workspace) -> QuerySet[Asset]:
    """Those that were not thrown away, the newest first."""
    return Asset.objects.filter(workspace=workspace, deleted_at=None).order_by("-uploaded_at", "-id")


def albums(workspace: Workspace) -> QuerySet[Album]:
    return Album.objects.filter(workspace=workspace).order_by("name")


@dataclass(frozen=True, slots=True)
class AlbumRow:
    """`cover`: the id of its newest picture that can be shown."""

    id: int
    name: str
    count: int
    cover: int | None


def album_rows(workspace: Workspace) -> list[AlbumRow]:
    inside = Asset.objects.filter(album=OuterRef("pk"), deleted_at=None, state=Asset.State.READY)
    rows = (
        albums(workspace)
        .annotate(
            filled=Count("assets", filter=Q(assets__deleted_at=None)),
            cover=Subquery(inside.order_by("-uploaded_at", "-id").values("pk")[:1]),
        )
        .values_list("pk", "name", "filled", "cover")
    )
    return [AlbumRow(*row) for row in rows]


def tags(workspace: Workspace) -> list[str]:
    """Every tag that is in use, by name."""
    each = Func("tags", function="unnest", output_field=CharField())
    said = Asset.objects.filter(workspace=workspace, deleted_at=None).annotate(tag=each).order_by()
    return sorted(said.values_list("tag", flat=True).distinct(), key=str.casefold)


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
        for number in range(1, asset.pages + 1):
            yield names.page_of(asset.path, number)
    if asset.original:
        yield asset.original
