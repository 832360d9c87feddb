"""What a killed process left is swept away; what is being worked on stays."""

import os
import time
from pathlib import Path

from tesselle.library.bench import sweep, workbench


def test_only_old_workbenches_are_swept(media_folder: Path) -> None:
    media_folder.mkdir()
    left = media_folder / ".upload-left"
    left.mkdir()
    (left / "upload").write_bytes(b"x")
    os.utime(left, (time.time() - 2 * 24 * 3600,) * 2)

    with workbench() as bench:
        assert sweep() == 1
        assert Path(bench).is_dir()
    assert not left.exists()
