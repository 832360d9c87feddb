import io
import tarfile

import pytest

from tesselle.ops.backups.archive import unpack_tree
from tesselle.ops.errors import BackupError


def archive_with(path, *names):
    with tarfile.open(path, "w:") as tar:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = 3
            tar.addfile(entry, io.BytesIO(b"abc"))
    return path


def test_what_lies_below_the_name_is_unpacked_with_its_folders(tmp_path):
    path = archive_with(tmp_path / "backup", "media/assets/ab/abc.jpg", "rows.dump")

    assert unpack_tree(path, "media", tmp_path / "out") == 1
    assert (tmp_path / "out" / "assets" / "ab" / "abc.jpg").read_bytes() == b"abc"


@pytest.mark.parametrize("name", ["media/../../outside", "media//etc/outside"])
def test_a_name_that_leads_outside_is_refused_and_nothing_is_written_there(tmp_path, name):
    path = archive_with(tmp_path / "backup", name)

    with pytest.raises(BackupError):
        unpack_tree(path, "media", tmp_path / "in" / "out")

    assert not (tmp_path / "outside").exists() and not (tmp_path / "in" / "outside").exists()
