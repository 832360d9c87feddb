"""Where files are worked on: folders beside the kept ones, gone when the work ends."""

import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings

PREFIX = ".upload-"
LEFT_BEHIND_SECONDS = 24 * 3600
"""A folder so old belongs to a process that was killed."""


def workbench() -> tempfile.TemporaryDirectory[str]:
    """Finished files move from here into the store by a rename."""
    return tempfile.TemporaryDirectory(prefix=PREFIX, dir=_root())


def sweep(older_than_seconds: float = LEFT_BEHIND_SECONDS) -> int:
    """Throw away what killed processes left; returns how many folders."""
    swept = 0
    for folder in _root().glob(f"{PREFIX}*"):
        if time.time() - folder.stat().st_mtime > older_than_seconds:
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def _root() -> Path:
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root
