"""Pictures that look nearly the same: the same scene twice, another size, a retouched copy."""

from django.db.models import Count, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace

MOST_BITS = 6
"""Of 64. Of the demo's 22 drawn pictures, copies (smaller, lighter, rougher, cropped a little) differ in 3 at
the median and four fifths of them in 6 at most; of the 231 pairs of different ones none in fewer than 9."""


def join_those_alike(asset: Asset) -> None:
    """Into the group of the picture that is nearest, if one is near enough. One question, however many there
    are; call it with the workspace locked, as uploading does."""
    if asset.look is None:
        return
    differing = RawSQL(
        "bit_count((library_asset.look # %s)::bit(64))", [asset.look], output_field=IntegerField()
    )
    others = Asset.objects.filter(workspace_id=asset.workspace_id, deleted_at=None, look__isnull=False)
    nearest = (
        others.exclude(pk=asset.pk)
        .annotate(differing=differing)
        .filter(differing__lte=MOST_BITS)
        .order_by("differing", "pk")
        .first()
    )
    if nearest is None:
        return
    group = nearest.alike or nearest.pk
    Asset.objects.filter(pk__in=[nearest.pk, asset.pk]).update(alike=group)
    asset.alike = group


def in_groups(workspace: Workspace, assets: QuerySet[Asset]) -> QuerySet[Asset]:
    """Those of which there are others that look alike, group by group."""
    shown = Asset.objects.filter(workspace=workspace, deleted_at=None, alike__isnull=False).order_by()
    groups = shown.values("alike").annotate(count=Count("pk")).filter(count__gt=1).values("alike")
    return assets.filter(alike__in=groups).order_by("alike", "-uploaded_at", "-pk")


def others_like(asset: Asset) -> list[Asset]:
    if asset.alike is None:
        return []
    found = Asset.objects.filter(workspace_id=asset.workspace_id, alike=asset.alike, deleted_at=None)
    return list(found.exclude(pk=asset.pk).order_by("-uploaded_at", "-pk")[:MOST_SHOWN])


MOST_SHOWN = 12
