"""The film of before and after: a row that waits for a worker, who makes it of the two pictures."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from tesselle.library import names
from tesselle.library.decode.wiping import FPS, SECONDS
from tesselle.library.models import Asset, Rendition
from tesselle.library.services.deriving import inherited, remember_sources
from tesselle.library.services.uploading import keep_row
from tesselle.library.shapes import Shape
from tesselle.workspaces.models import User


@transaction.atomic
def ask_for_wipe(
    before: Asset,
    after: Asset,
    cells: Sequence[Mapping[str, Any]],
    *,
    shape: Shape,
    name: str,
    by: User | None,
) -> Asset:
    """*Preparing* until it is made. The same two, cut the same way, give the film that is there; one that
    failed is tried again.

    `cells`: how each picture is cut, as `decode.pairing.cell` reads it.
    """
    pair = {"before": before.path, "after": after.path, "cells": list(cells)}
    told = json.dumps([before.sha256, after.sha256, pair["cells"]], sort_keys=True)
    digest = hashlib.sha256(f"wipe\n{told}".encode()).hexdigest()
    film = keep_row(
        Asset(
            workspace=before.workspace,
            kind=Asset.Kind.VIDEO,
            mime="video/mp4",
            codec="h264",
            file=names.kept(digest, ".mp4"),
            original_name=name,
            size_bytes=0,
            width_px=shape.width_px,
            height_px=shape.height_px,
            seconds=SECONDS,
            fps=FPS,
            sha256=digest,
            state=Asset.State.PREPARING,
            uploaded_by=by,
            **inherited((before, after)),
        ),
        by,
    )
    Rendition.objects.filter(asset=film, key="").update(recipe={"pair": pair})
    remember_sources(film, (before, after), by)
    return film
