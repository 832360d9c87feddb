"""What nobody needs any more: the bin after a week, and what killed processes left."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tesselle.library import names, storage
from tesselle.library.bench import sweep
from tesselle.library.models import Asset, Rendition
from tesselle.library.selectors import names_of
from tesselle.library.usage import uses_of
from tesselle.workspaces.models import Workspace

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


def throw_away_with(workspace: Workspace, **_: object) -> None:
    """Listens to `purging`: a workspace that is gone for good leaves no picture behind."""
    files = {asset.sha256: _files_of(asset) for asset in Asset.objects.filter(workspace=workspace)}

    def delete_all() -> None:
        for digest, owned in files.items():
            _delete_unless_owned(digest, owned)

    transaction.on_commit(delete_all)


def _throw_away(asset: Asset) -> None:
    """The row first: a file without a row harms nobody."""
    files = _files_of(asset)
    asset.delete()
    _delete_unless_owned(asset.sha256, files)


def _files_of(asset: Asset) -> set[str]:
    made = Rendition.objects.filter(asset=asset).exclude(file="").values_list("file", flat=True)
    return {*names_of(asset), asset.path, names.thumb_of(asset.path), *made}


def _delete_unless_owned(digest: str, files: set[str]) -> None:
    """Another workspace may own the same bytes."""
    if Asset.objects.filter(sha256=digest).exists():
        return
    store = storage.current()
    for name in files:
        store.delete(name)
