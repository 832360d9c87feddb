import subprocess
from pathlib import Path

import pytest

from tesselle.ops.data_folder import DataFolder
from tesselle.ops.errors import DatabaseError, DataFolderError
from tesselle.ops.tests.people import EVERYBODY, IS_ROOT
from tesselle.ops.tests.sessions import embedded


def test_a_folder_that_cannot_be_made_says_which_and_what_to_do(person, place):
    def act():
        (place / "file").touch()
        with pytest.raises(DataFolderError, match=r"cannot be used .* TESSELLE_DATA"):
            DataFolder.open(place / "file" / "data")
        with pytest.raises(DataFolderError, match=r"cannot be used .* TESSELLE_DATA"):
            DataFolder.open(place / "file")

    person.do(act)


def test_an_ordinary_user_gets_a_sentence_for_a_folder_of_root():
    def act():
        with pytest.raises(DataFolderError, match="Permission denied"):
            DataFolder.open(Path("/root-only/data") if not IS_ROOT else Path("/root/data"))

    EVERYBODY[-1].do(act)


def test_a_server_that_cannot_read_its_files_says_what_postgresql_said(person, data):
    def act():
        server = embedded(data)
        server.start()
        server.stop()
        (data / "postgres" / "cluster" / "global" / "pg_control").unlink()
        with pytest.raises(DatabaseError, match=r"does not start. It said: .*pg_control"):
            embedded(data).start()

    person.do(act)


@pytest.mark.skipif(not IS_ROOT, reason="only root may mount a small disk")
@pytest.mark.parametrize("size", ["2m", "30m"], ids=["for initdb", "for the start"])
def test_a_full_disk_is_told_as_such(person, place, size):
    disk = place / "disk"
    disk.mkdir()
    options = f"size={size},mode=0755,uid={person.user_id},gid={person.group_id}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(disk)], check=True)

    def act():
        with pytest.raises(DatabaseError, match=r"is full.*Free some space"):
            embedded(disk / "data").start()

    try:
        person.do(act)
    finally:
        subprocess.run(["umount", str(disk)], check=True)
