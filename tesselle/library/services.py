"""Taking pictures in, and making smaller ones of them."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.limits import MediaLimit
from tesselle.domain.messages import N_, Message
from tesselle.journal.services import record
from tesselle.library.decoding import Decoded, decode
from tesselle.library.models import Asset
from tesselle.workspaces.models import User, Workspace

MAX_BYTES = 25 * 1024 * 1024


def add_upload(*, workspace: Workspace, file: UploadedFile[bytes], by: User | None, alt: str = "") -> Asset:
    """Keep an uploaded picture; the same picture again gives the asset that is there.

    Raises:
        RuleError: a sentence that says what is wrong with the file; nothing is kept.
    """
    name = (file.name or "").replace("\\", "/").rsplit("/", 1)[-1][:200]
    if (file.size or 0) > MAX_BYTES:
        megabytes = f"{(file.size or 0) / 1_000_000:.0f}"
        raise RuleError(Message(_TOO_BIG, {"name": name, "size": megabytes, "limit": 25}))
    with _workbench() as bench:
        source = Path(bench) / "upload"
        with source.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
        decoded = decode(source, Path(bench), name=name)
        return _keep(workspace, decoded, name=name, by=by, alt=alt)


def convert(asset: Asset, limit: MediaLimit, *, by: User | None) -> Asset:
    """A JPEG of the same picture that stays within a network's limit.

    Raises:
        RuleError: it cannot be made small enough.
    """
    with _workbench() as bench:
        source = Path(settings.MEDIA_ROOT) / asset.path
        decoded = decode(source, Path(bench), name=asset.original_name, fit=limit)
        return _keep(asset.workspace, decoded, name=asset.original_name, by=by, alt=asset.alt)


def _workbench() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the kept files, so that what is finished moves in by a rename."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=".upload-", dir=root)


@transaction.atomic
def _keep(workspace: Workspace, decoded: Decoded, *, name: str, by: User | None, alt: str) -> Asset:
    """The row and the two files. Two uploads of one picture wait for each other at the workspace."""
    digest = hashlib.sha256(decoded.path.read_bytes()).hexdigest()
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    known = Asset.objects.filter(workspace=workspace, sha256=digest).first()
    if known is not None:
        return known
    size = decoded.path.stat().st_size
    kept = f"assets/{digest[:2]}/{digest}{decoded.path.suffix}"
    _move(decoded.path, kept)
    _move(decoded.thumb, thumb_of(kept))
    asset = Asset.objects.create(
        workspace=workspace,
        kind=Asset.Kind.IMAGE,
        mime=decoded.mime,
        file=kept,
        original_name=name,
        size_bytes=size,
        width_px=decoded.width_px,
        height_px=decoded.height_px,
        sha256=digest,
        alt=alt,
        uploaded_by=by,
    )
    record(
        "asset.added",
        workspace_id=workspace.pk,
        actor_id=by.pk if by else None,
        actor_name=str(by) if by else "",
        subject_kind="asset",
        subject_id=asset.pk,
    )
    return asset


def _move(source: Path, name: str) -> None:
    target = Path(settings.MEDIA_ROOT) / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    source.chmod(0o600)
    os.replace(source, target)


def thumb_of(name: str) -> str:
    """Where the small picture of a kept one lies: beside it."""
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.thumb.{suffix}"


_TOO_BIG = N_("“%(name)s” has %(size)s MB; %(limit)s MB are allowed. Export it smaller and add it again.")
