"""One valid asset; its file is not there."""

from itertools import count
from typing import Any

from tesselle.library.models import Asset
from tesselle.workspaces.models import Workspace

_numbers = count(1)


def asset_of(workspace: Workspace, **more: Any) -> Asset:
    number = next(_numbers)
    facts = {
        "kind": "image",
        "mime": "image/jpeg",
        "file": f"assets/00/{number:064x}.jpg",
        "sha256": f"{number:064x}",
        "original_name": f"photo-{number}.jpg",
        "size_bytes": 1000,
        "width_px": 60,
        "height_px": 40,
    }
    return Asset.objects.create(workspace=workspace, **{**facts, **more})
