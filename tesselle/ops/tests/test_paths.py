import os
import shutil
import stat
from pathlib import Path

import pytest

from tesselle.ops.data_folder import DataFolder, chosen_path
from tesselle.ops.errors import DatabaseError, DataFolderError
from tesselle.ops.postgres import server as server_module
from tesselle.ops.postgres.programs import Programs, installed_programs
from tesselle.ops.postgres.socket_folder import LONGEST_SOCKET_PATH_BYTES, SOCKET_NAME
from tesselle.ops.tests.people import EVERYBODY, IS_ROOT
from tesselle.ops.tests.sessions import answer, embedded, socket_folder


def works_in(path: Path) -> None:
    server = embedded(path)
    dsn = server.start()
    assert answer(dsn, "SELECT 1") == 1
    socket = socket_folder(dsn)
    assert len(os.fsencode(socket / SOCKET_NAME)) <= LONGEST_SOCKET_PATH_BYTES
    server.stop()


@pytest.mark.parametrize("name", ['mes données d\'été, "100%" é%C3%A9', "x" * 200 + "/" + "é" * 100])
def test_any_path_will_do(person, place, name):
    person.do(lambda: works_in(place / name / "data"))


def test_a_long_temporary_folder_does_not_hinder_the_socket(person, place, data):
    def act():
        long = place / ("t" * 120)
        long.mkdir()
        os.environ["TMPDIR"] = os.environ["XDG_RUNTIME_DIR"] = str(long)
        works_in(data)

    person.do(act)


def test_the_runtime_folder_of_an_ordinary_user_holds_the_socket(place, person, data):
    def act():
        runtime = place / "run, time"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        server = embedded(data)
        dsn = server.start()
        expected = runtime if person.name == "ordinary user" else Path("/run")
        assert socket_folder(dsn).parent == expected
        server.stop()

    person.do(act)


@pytest.mark.parametrize("harm", ["gone", "a link elsewhere", "open to others"])
def test_a_socket_folder_that_is_no_longer_ours_alone_is_replaced(person, place, harm, data):
    def act():
        server = embedded(data)
        known = socket_folder(server.start())
        server.stop()
        record = data / "postgres" / "socket"
        record.write_text(str(known))
        if harm == "a link elsewhere":
            known.symlink_to(place)
        if harm == "open to others":
            known.mkdir()
            known.chmod(0o777)
        try:
            works_in(data)
            assert harm == "gone" or known.lstat().st_mode & 0o077
        finally:
            known.unlink() if known.is_symlink() else shutil.rmtree(known, ignore_errors=True)

    person.do(act)


def test_the_rights_of_folders_that_we_did_not_make_stay_as_they_are(person, place):
    def act():
        parent, given = place / "parent", place / "parent" / "given"
        for path in (parent, given):
            path.mkdir()
            path.chmod(0o751)
        before = [(path.stat().st_mode, path.stat().st_gid) for path in (place, parent, given)]
        works_in(given)
        works_in(parent / "made")
        assert [(path.stat().st_mode, path.stat().st_gid) for path in (place, parent, given)] == before
        assert stat.S_IMODE((parent / "made").stat().st_mode) & 0o007 == 0

    person.do(act)


def test_a_folder_that_others_may_write_in_is_refused(person, place):
    def act():
        (place / "shared").mkdir()
        (place / "shared").chmod(0o777)
        with pytest.raises(DataFolderError, match="chmod go-w"):
            DataFolder.open(place / "shared")

    person.do(act)


def test_without_a_wish_data_go_where_the_system_keeps_them(monkeypatch):
    monkeypatch.setenv("HOME", "/home/alice")

    assert str(chosen_path({}, is_root=True)) == "/var/lib/tesselle"
    assert str(chosen_path({}, is_root=False)) == "/home/alice/.local/share/tesselle"
    assert str(chosen_path({"XDG_DATA_HOME": "/srv/alice"}, is_root=False)) == "/srv/alice/tesselle"
    assert str(chosen_path({"XDG_DATA_HOME": "relative"}, is_root=False)).startswith("/home/alice")
    assert str(chosen_path({"TESSELLE_DATA": "/srv/data"}, is_root=True)) == "/srv/data"


@pytest.mark.skipif(not IS_ROOT, reason="only root changes user for the server")
class TestAsRoot:
    person = EVERYBODY[0]

    def test_a_folder_below_one_that_is_closed_to_the_servers_user_is_refused_and_left_alone(self):
        with self.person.place() as place:
            closed = place / "closed"
            closed.mkdir(mode=0o700)

            with pytest.raises(DatabaseError, match=f"may not enter {closed}"):
                embedded(closed / "data").start()

            assert stat.S_IMODE(closed.stat().st_mode) == 0o700
            assert closed.stat().st_gid == os.getegid()

    def test_a_folder_of_another_user_is_refused(self):
        with self.person.place() as place:
            (place / "theirs").mkdir()
            os.chown(place / "theirs", EVERYBODY[1].user_id, -1)

            with pytest.raises(DataFolderError, match="belongs to another user"):
                DataFolder.open(place / "theirs")

    def test_programs_below_a_closed_home_are_copied_once(self, monkeypatch):
        with self.person.place() as place:
            home = place / "home"
            home.mkdir(mode=0o700)
            hidden = installed_programs().copy_to(home)
            monkeypatch.setattr(server_module, "installed_programs", lambda: Programs(hidden.root))

            works_in(place / "data")
            shelf = place / "data" / "postgres" / "programs"
            made = {path: path.stat().st_ctime_ns for path in shelf.rglob("*")}
            works_in(place / "data")

            assert [path.parent.name for path in shelf.rglob("postgres") if path.is_file()] == ["bin"]
            assert {path: path.stat().st_ctime_ns for path in shelf.rglob("*")} == made
            assert stat.S_IMODE(home.stat().st_mode) == 0o700
