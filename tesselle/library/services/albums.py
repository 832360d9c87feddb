"""Albums: one for each job site, or for whatever belongs together."""

from collections.abc import Sequence

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.library.models import Album, Asset
from tesselle.workspaces.models import User, Workspace

MOST_TAGS = 20


@transaction.atomic
def open_album(workspace: Workspace, name: str, *, by: User) -> Album:
    """Raises RuleError: there is one of that name."""
    _be_alone(workspace, name)
    album = Album.objects.create(workspace=workspace, name=name)
    _note(album, "album.opened", by)
    return album


@transaction.atomic
def rename_album(album: Album, name: str, *, by: User) -> None:
    """Raises RuleError: there is another of that name."""
    if name == album.name:
        return
    _be_alone(album.workspace, name)
    before, album.name = album.name, name
    album.save(update_fields=["name"])
    _note(album, "album.renamed", by, before=before)


@transaction.atomic
def close_album(album: Album, *, by: User) -> None:
    """The pictures stay, in no album."""
    _note(album, "album.closed", by)
    album.delete()


@transaction.atomic
def put_into(album: Album | None, assets: Sequence[Asset], *, by: User) -> None:
    """None: out of their albums. All of one workspace."""
    Asset.objects.filter(pk__in=[asset.pk for asset in assets]).update(album=album)
    if album is not None:
        _note(album, "album.filled", by, count=len(assets))
    elif assets:
        _tell(assets[0].workspace_id, "album.emptied", by, count=len(assets))


@transaction.atomic
def add_tags(tags: Sequence[str], assets: Sequence[Asset], *, by: User) -> None:
    for asset in assets:
        asset.tags = [*asset.tags, *(tag for tag in tags if tag not in asset.tags)][:MOST_TAGS]
    Asset.objects.bulk_update(assets, ["tags"])
    if assets:
        _tell(assets[0].workspace_id, "asset.tagged", by, count=len(assets), tags=", ".join(tags))


def _be_alone(workspace: Workspace, name: str) -> None:
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if Album.objects.filter(workspace=workspace, name=name).exists():
        raise RuleError(Message(_TAKEN, {"name": name}))


def _note(album: Album, verb: str, by: User, **params: object) -> None:
    _tell(album.workspace_id, verb, by, subject_kind="album", subject_id=album.pk, name=album.name, **params)


def _tell(workspace_id: int, verb: str, by: User, **more: object) -> None:
    record(verb, workspace_id=workspace_id, actor_id=by.pk, actor_name=str(by), **more)  # type: ignore[arg-type]


_TAKEN = N_("There is an album “%(name)s” already. Choose another name, or use that one.")
