"""Taking pictures and films in."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tesselle.journal.services import record
from tesselle.library import names, refusals, storage
from tesselle.library.alike import join_those_alike
from tesselle.library.bench import workbench
from tesselle.library.decode.sniffing import FILMS, HEAD_BYTES, sniff
from tesselle.library.decode.transcoding import MOST_FPS, master_size
from tesselle.library.decoding import Decoded, UndecodableError, keep
from tesselle.library.models import Album, Asset, Rendition
from tesselle.workspaces.models import User, Workspace

_MEGABYTE = 1_000_000


def add_upload(
    *,
    workspace: Workspace,
    file: UploadedFile[bytes],
    by: User | None,
    alt: str = "",
    album: Album | None = None,
) -> Asset:
    """Keep an uploaded picture, film or document; the same file again gives the asset that is there.

    A film is there at once with its measures, and *preparing* until a worker has made the form of
    it that is shown and sent.

    Raises:
        RuleError: a sentence that says what is wrong with the file; nothing is kept.
    """
    name = _plain_name(file.name or "")
    with workbench() as bench:
        source = Path(bench) / "upload"
        try:
            _written(file, source, name)
            decoded = keep(source, Path(bench))
        except UndecodableError as error:
            raise refusals.refusal(error.code, name) from error
        except OSError as error:
            raise refusals.refusal("no_room", name) from error
        source.unlink()
        return take_in(workspace, decoded, name=name, by=by, alt=alt, album=album)


def take_in(workspace: Workspace, decoded: Decoded, *, name: str, by: User | None, **said: Any) -> Asset:
    """Keep what the child left on its bench; the same content again gives the asset that is there."""
    return keep_row(_kept(workspace, decoded, name=name, uploaded_by=by, **said), by)


def _plain_name(given: str) -> str:
    """What it was called on the other machine, without folders and without control signs."""
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:200] or "?"


def _written(file: UploadedFile[bytes], source: Path, name: str) -> None:
    """Judged by its first bytes before it is copied: a large file that is no film is not read on."""
    chunks = iter(file.chunks())
    first = next(chunks, b"")
    most = _most_megabytes(sniff(first[:HEAD_BYTES]))
    if (file.size or 0) > most * _MEGABYTE:
        raise refusals.too_big(name, file.size or 0, most)
    with source.open("wb") as target:
        target.write(first)
        for chunk in chunks:
            target.write(chunk)


def _most_megabytes(kind: str) -> int:
    if kind in FILMS:
        return refusals.FILM_MEGABYTES
    return refusals.DOCUMENT_MEGABYTES if kind == "pdf" else refusals.PICTURE_MEGABYTES


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _kept(workspace: Workspace, decoded: Decoded, *, name: str, **said: Any) -> Asset:
    """Its files, then its row: a file without a row harms nobody, and has the same name next time."""
    asset = Asset(
        workspace=workspace,
        original_name=name,
        sha256=digest_of(decoded.path),
        seconds=decoded.seconds,
        look=decoded.look,
        **said,
    )
    _KEEPERS[decoded.kind](asset, decoded)
    return asset


@transaction.atomic
def keep_row(asset: Asset, by: User | None) -> Asset:
    """Two uploads of one file wait for each other at the workspace."""
    Workspace.objects.select_for_update().get(pk=asset.workspace_id)
    known = Asset.objects.filter(workspace_id=asset.workspace_id, sha256=asset.sha256).first()
    if known is not None:
        return _back(known, asset.album)
    asset.save()
    join_those_alike(asset)
    if asset.kind == Asset.Kind.VIDEO:
        Rendition.objects.create(asset=asset, key="")
    note(asset, "asset.added", by)
    return asset


def _back(known: Asset, album: Album | None) -> Asset:
    """Uploaded again: taken out of the bin, and tried again if it failed. It moves to the album at hand."""
    if album is not None and known.album_id != album.pk:
        known.album = album
        known.save(update_fields=["album"])
    if known.deleted_at is not None:
        known.deleted_at = None
        known.save(update_fields=["deleted_at"])
    if known.state == Asset.State.FAILED:
        ask_again(known)
    return known


def ask_again(film: Asset) -> None:
    """A worker tries once more, from the beginning."""
    film.state, film.progress, film.trouble = Asset.State.PREPARING, 0, ""
    film.save(update_fields=["state", "progress", "trouble"])
    film.renditions.filter(key="").update(state=Rendition.State.WAITING, tries=0, trouble="")


def _as_picture(asset: Asset, decoded: Decoded) -> None:
    asset.kind, asset.mime = Asset.Kind.IMAGE, decoded.mime
    asset.width_px, asset.height_px = decoded.width_px, decoded.height_px
    asset.size_bytes = decoded.path.stat().st_size
    asset.file = names.kept(asset.sha256, decoded.path.suffix)
    assert decoded.thumb is not None
    store = storage.current()
    store.put(names.thumb_of(asset.path), decoded.thumb)
    store.put(asset.path, decoded.path)


def _as_film(asset: Asset, decoded: Decoded) -> None:
    """What the prepared film will measure is known; its weight is not."""
    asset.kind, asset.mime, asset.codec = Asset.Kind.VIDEO, "video/mp4", "h264"
    asset.width_px, asset.height_px = master_size(decoded.width_px, decoded.height_px)
    asset.fps, asset.size_bytes = min(decoded.fps, MOST_FPS), 0
    asset.state = Asset.State.PREPARING
    asset.original = names.original_of(asset.sha256, decoded.path.suffix)
    asset.file = names.kept(asset.sha256, ".mp4")
    storage.current().put(asset.original, decoded.path)


def _as_document(asset: Asset, decoded: Decoded) -> None:
    """Its page pictures lie beside it."""
    _as_picture(asset, decoded)
    asset.kind, asset.pages = Asset.Kind.DOCUMENT, len(decoded.pages)
    for number, page in enumerate(decoded.pages, start=1):
        storage.current().put(names.page_of(asset.path, number), page)


_KEEPERS: dict[str, Callable[[Asset, Decoded], None]] = {
    Asset.Kind.IMAGE: _as_picture,
    Asset.Kind.VIDEO: _as_film,
    Asset.Kind.DOCUMENT: _as_document,
}


def note(asset: Asset, verb: str, by: User | None, **params: object) -> None:
    """One line of the journal about an asset."""
    record(
        verb,
        workspace_id=asset.workspace_id,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="asset",
        subject_id=asset.pk,
        **params,
    )
