"""A film's captions: kept with it, and burnt into a new film where a network shows none."""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import astuple
from pathlib import Path, PurePosixPath

from django.db import transaction

from tesselle.domain.errors import RuleError
from tesselle.domain.messages import N_, Message
from tesselle.library import names, refusals, storage
from tesselle.library.bench import workbench
from tesselle.library.captions import Cue, as_srt
from tesselle.library.models import Asset, Rendition
from tesselle.library.services.deriving import remember_sources
from tesselle.library.services.uploading import keep_row, note
from tesselle.workspaces.models import User


def captions_of(film: Asset) -> tuple[Cue, ...]:
    return tuple(Cue(float(start), float(end), str(text)) for start, end, text in film.captions)


@transaction.atomic
def keep_captions(film: Asset, cues: Sequence[Cue], *, by: User) -> None:
    film.captions = [astuple(cue) for cue in cues]
    film.save(update_fields=["captions"])
    note(film, "asset.captioned", by, count=len(cues))


def burn(film: Asset, *, by: User) -> Asset:
    """A new film with its captions in the picture, which a worker makes; this one stays as it is.

    Raises RuleError: there are none, or the film is not ready.
    """
    if not film.captions or not film.is_ready or film.kind != Asset.Kind.VIDEO:
        raise RuleError(Message(_NOT_YET))
    told = as_srt(captions_of(film))
    digest = hashlib.sha256(f"{film.sha256}\n{told}".encode()).hexdigest()
    original = names.original_of(digest, ".mp4")
    with workbench() as bench:
        copy = Path(bench) / "film.mp4"
        try:
            shutil.copyfile(storage.current().local(film.path), copy)
        except FileNotFoundError as error:
            raise refusals.refusal("broken", film.original_name) from error
        storage.current().put(original, copy)
    return _asked_for(film, digest, original, told, by)


@transaction.atomic
def _asked_for(film: Asset, digest: str, original: str, told: str, by: User) -> Asset:
    made = keep_row(
        Asset(
            workspace=film.workspace,
            kind=film.kind,
            mime=film.mime,
            codec=film.codec,
            file=names.kept(digest, ".mp4"),
            original=original,
            original_name=f"{PurePosixPath(film.original_name).stem[:160]} + captions.mp4",
            size_bytes=0,
            width_px=film.width_px,
            height_px=film.height_px,
            seconds=film.seconds,
            fps=film.fps,
            sha256=digest,
            alt=film.alt,
            album=film.album,
            credit=film.credit,
            licence=film.licence,
            state=Asset.State.PREPARING,
            uploaded_by=by,
            recognisable=film.recognisable,
        ),
        by,
    )
    Rendition.objects.filter(asset=made, key="").update(recipe={"captions": told})
    remember_sources(made, [film], by)
    return made


_NOT_YET = N_("Write the captions and save them first; the film has to be ready, too.")
