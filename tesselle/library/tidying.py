"""What nobody needs any more: the bin after a week, and what killed processes left."""

from datetime import timedelta

from django.utils import timezone

from tesselle.library import names, storage
from tesselle.library.bench import sweep
from tesselle.library.models import Asset, Rendition
from tesselle.library.selectors import names_of
from tesselle.library.usage import uses_of

IN_THE_BIN = timedelta(days=7)


def tidy() -> int:
    """Empty the bin; returns how many assets went for good."""
    sweep()
    gone = 0
    for asset in Asset.objects.filter(deleted_at__lt=timezone.now() - IN_THE_BIN):
        if uses_of(asset):  # a form that was open meanwhile has put it into a post
            asset.deleted_at = None
            asset.save(update_fields=["deleted_at"])
            continue
        _throw_away(asset)
        gone += 1
    return gone


def _throw_away(asset: Asset) -> None:
    """The row first: a file without a row harms nobody. Another workspace may own the same bytes."""
    files = [*names_of(asset), asset.path, names.thumb_of(asset.path)]
    made = list(Rendition.objects.filter(asset=asset).exclude(file="").values_list("file", flat=True))
    asset.delete()
    if Asset.objects.filter(sha256=asset.sha256).exists():
        return
    store = storage.current()
    for name in {*files, *made}:
        store.delete(name)
